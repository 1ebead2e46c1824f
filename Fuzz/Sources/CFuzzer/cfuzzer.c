#include "cfuzzer.h"

#include <sanitizer/asan_interface.h>

void cfuzzer_forbid(void *start, size_t count) { ASAN_POISON_MEMORY_REGION(start, count); }

void cfuzzer_allow(void *start, size_t count) { ASAN_UNPOISON_MEMORY_REGION(start, count); }
