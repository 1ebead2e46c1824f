#ifndef VS_CDEFLATE_SHIM_H
#define VS_CDEFLATE_SHIM_H
#include <libdeflate.h>
#endif
