#ifndef VS_CZLIB_SHIM_H
#define VS_CZLIB_SHIM_H
#include <zlib.h>
#endif
