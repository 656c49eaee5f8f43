// The kernels that this build has.
#ifndef DESCENT_NETWORKS_VERSIONS_H
#define DESCENT_NETWORKS_VERSIONS_H

#include "include/CNetworks.h"

extern const cnetworks_kernels cnetworks_base;
#if defined(__x86_64__)
extern const cnetworks_kernels cnetworks_avx2, cnetworks_avx512;
#endif

#endif
