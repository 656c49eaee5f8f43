#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF
#define KERNELS cnetworks_avx2
#define TILE_ROWS 2
#define TILE_COLUMNS 2
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "Kernels.h"
#pragma clang attribute pop
#endif
