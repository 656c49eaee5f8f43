#include "Memory.h"
#include "Versions.h"

const cnetworks_kernels *cnetworks_kernels_of(int instruction_set) {
  switch (instruction_set) {
  case CNETWORKS_BASE: return &cnetworks_base;
#if defined(__x86_64__)
  case CNETWORKS_AVX2: return __builtin_cpu_supports("avx2") ? &cnetworks_avx2 : 0;
  case CNETWORKS_AVX512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
      ? &cnetworks_avx512
      : 0;
#endif
  default: return 0;
  }
}

long cnetworks_scratch(const cnetworks_network *network, int kind) {
  block b;
  return lay_out(&b, network, kind, 0);
}
