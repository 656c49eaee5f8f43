// What every processor of its kind has: SSE2 on x86-64, NEON on AArch64.
#pragma STDC FP_CONTRACT OFF
#define KERNELS cnetworks_base
#include "Kernels.h"
