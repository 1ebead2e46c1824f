#define _GNU_SOURCE  // memmem
#include "cscan.h"

#include <string.h>

const uint8_t *vs_find(const uint8_t *text, size_t count, const char *needle, size_t length) {
  return memmem(text, count, needle, length);
}
