#include "Memory.h"
#include "Team.h"
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

enum {
  LARGEST_PARTS = 8,
  // Multiplications of a part that are worth waking a thread.
  WORTH_A_PART = 8 << 20,
  // The same for each parameter, whose sums are added and stored once more.
  WORTH_A_SUM = 256
};
// Numbers that the sums of all parts may take.
static const double largest_sums = 1 << 25;

static double min_of(double a, double b) { return a < b ? a : b; }

static long samples_in_block(const cnetworks_network *network) { return vectors_of(network, CNETWORKS_GRADIENT) * WIDTH; }

static long blocks_of(const cnetworks_network *network, long count) {
  return (count + samples_in_block(network) - 1) / samples_in_block(network);
}

// In how many parts the members are summed.
static long parts_of(const cnetworks_network *network, long count) {
  double p = parameters_of(network), work = 3 * p * count;
  double parts = min_of(min_of(LARGEST_PARTS, blocks_of(network, count)), min_of(work / WORTH_A_PART, largest_sums / p));
  return max_of(1, min_of(parts, work / (p * WORTH_A_SUM)));
}

// What the parts of one mean share. Every part has scratch of its own, and sums of its own behind those.
typedef struct {
  const cnetworks_kernels *kernels;
  const cnetworks_network *network;
  const cnetworks_samples *samples;
  const double *parameters;
  double *sums;
  char *scratch;
  long parts, scratch_bytes, p;
  double losses[LARGEST_PARTS];
} mean_job;

static void sum_part(void *context, long part) {
  mean_job *job = context;
  long blocks = blocks_of(job->network, job->samples->count), length = samples_in_block(job->network);
  long begin = part * blocks / job->parts * length, end = (part + 1) * blocks / job->parts * length;
  if (end > job->samples->count) end = job->samples->count;
  job->losses[part] = job->kernels->sums(
    job->network, job->samples, job->parameters, begin, end, job->sums ? job->sums + part * job->p : 0,
    job->scratch + part * job->scratch_bytes);
}

double cnetworks_mean(
  const cnetworks_kernels *kernels, cnetworks_team *team, const cnetworks_network *network,
  const cnetworks_samples *samples, const double *parameters, double *gradient, void *scratch
) {
  mean_job job = {kernels, network, samples, parameters, gradient, scratch, parts_of(network, samples->count),
    cnetworks_scratch(network, CNETWORKS_GRADIENT), parameters_of(network), {0}};
  if (gradient && job.parts > 1) job.sums = (double *)(job.scratch + job.parts * job.scratch_bytes);
  cnetworks_team_run(job.parts > 1 ? team : 0, sum_part, &job, job.parts);
  if (gradient) kernels->merge(gradient, job.sums, job.parts, job.p, samples->count);
  double loss = job.losses[0];
  for (long part = 1; part < job.parts; part++) loss += job.losses[part];
  return loss / samples->count;
}

int cnetworks_has_parts(const cnetworks_network *network, long count) { return parts_of(network, count) > 1; }

long cnetworks_mean_scratch(const cnetworks_network *network, long count) {
  long parts = parts_of(network, count);
  long sums = parts > 1 ? parts * parameters_of(network) * (long)sizeof(double) : 0;
  return parts * cnetworks_scratch(network, CNETWORKS_GRADIENT) + sums;
}
