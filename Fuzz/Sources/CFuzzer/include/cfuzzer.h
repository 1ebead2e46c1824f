// libFuzzer as a library (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library), and the part of the address
// sanitizer's interface that Swift cannot import.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Runs `target` on one input after another until the arguments' limits are reached; does not come back after a crash.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*target)(const uint8_t *bytes, size_t count));

/// Lets the address sanitizer stop whoever touches the memory; nothing without the sanitizer.
void cfuzzer_forbid(void *start, size_t count);

/// Takes that back.
void cfuzzer_allow(void *start, size_t count);
