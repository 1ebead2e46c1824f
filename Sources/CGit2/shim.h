#ifndef VS_CGIT2_SHIM_H
#define VS_CGIT2_SHIM_H
#include <git2.h>
#include <git2/sys/odb_backend.h>
// git_error_set_str moved there in 1.8.
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif
#endif
