#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF
#define KERNELS cnetworks_avx512
#define TILE_ROWS 4
#define TILE_COLUMNS 4
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)
#include "Kernels.h"
#pragma clang attribute pop
#endif
