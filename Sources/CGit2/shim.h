#ifndef VS_CGIT2_SHIM_H
#define VS_CGIT2_SHIM_H
#include <git2.h>
#endif
