#ifndef VS_CPCRE2_SHIM_H
#define VS_CPCRE2_SHIM_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// PCRE2_UNSET is a cast expression, which Swift does not import.
static inline size_t vs_pcre2_unset(void) { return PCRE2_UNSET; }
#endif
