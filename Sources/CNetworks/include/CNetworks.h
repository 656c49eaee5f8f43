// The arithmetic of networks of dense layers: losses, gradients, curvature. Samples stand in the lanes of vectors.
//
// Every processor gives the same bits: the operations and their order are those of the source, nothing is contracted,
// and the elementary functions are polynomials of this target. The caller hands in all memory.
#ifndef DESCENT_CNETWORKS_H
#define DESCENT_CNETWORKS_H

enum { CNETWORKS_RELU, CNETWORKS_TANH, CNETWORKS_SIGMOID, CNETWORKS_IDENTITY };
enum { CNETWORKS_CROSS_ENTROPY, CNETWORKS_SQUARED };
enum { CNETWORKS_BASE, CNETWORKS_AVX2, CNETWORKS_AVX512 };
enum { CNETWORKS_GRADIENT, CNETWORKS_PRODUCT, CNETWORKS_MATRIX };

typedef struct {
  long width;
  int activation;
  int bias;
} cnetworks_layer;

// Parameters lie as W1 (a row a unit), b1, W2, b2, …
typedef struct {
  long inputs;
  long layers;
  const cnetworks_layer *layer;
  int loss;
} cnetworks_network;

// Columns of `total` numbers each; of these samples `count` members: `rows` says which, or all in order.
typedef struct {
  long total;
  const double *features;
  // One of the two, by the loss.
  const int *labels;
  const double *targets;
  long count;
  const int *rows;
  // A weight for each member, and one for each of the `total` samples; null where all are 1. A member counts both.
  const double *weights, *sample_weights;
} cnetworks_samples;

// The kernels of one instruction set. `scratch` is aligned to 64 bytes and as long as `cnetworks_scratch` says.
typedef struct {
  // The sum of the weighted losses of members `begin` to `end`, and where it is wanted of their gradients.
  double (*sums)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, long begin, long end,
    double *gradient, void *scratch);
  // Sums of parts, one after the other, added in order and divided.
  void (*merge)(double *mean, const double *sums, long parts, long count, double divisor);
  // The Hessian, or the Gauss-Newton matrix, times a vector.
  void (*product)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, const double *direction,
    int gauss_newton, double *product, void *scratch);
  // The Gauss-Newton matrix, or the mean of the gradients' squares g gᵀ.
  void (*matrix)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, int empirical, double *matrix,
    void *scratch);
  // For each layer E[ā āᵀ], then E[δ δᵀ] over the classes that the network itself predicts.
  void (*factors)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, double *factors, void *scratch);
  // For each layer the mean squares of its activations and of the losses' derivatives by what enters them.
  void (*sizes)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, double *activations,
    double *deltas, void *scratch);
  // The outputs, or their softmax, as columns of `count` numbers. No labels, targets or weights are needed.
  void (*outputs)(
    const cnetworks_network *, const cnetworks_samples *, const double *parameters, int softmax, double *outputs,
    void *scratch);
  // exp, tanh, the sigmoid and log of eight numbers each.
  void (*elementary)(const double *x, double *exp, double *tanh, double *sigmoid, double *log);
} cnetworks_kernels;

// The kernels of an instruction set, or null where this processor has it not.
const cnetworks_kernels *cnetworks_kernels_of(int instruction_set);

// How many bytes a function of a kind needs: a product, matrices and factors, or (CNETWORKS_GRADIENT) any other.
long cnetworks_scratch(const cnetworks_network *, int kind);

// Threads that wait for work. There may be none.
typedef struct cnetworks_team cnetworks_team;

// A team of helpers beside the caller; as many as the system gives, null where that is none.
cnetworks_team *cnetworks_team_create(long helpers);
void cnetworks_team_destroy(cnetworks_team *);

// The team of the whole program, a thread for each processor, made when it is first asked for and never destroyed.
cnetworks_team *cnetworks_team_shared(void);

// The mean loss, and its gradient where it is not null. What is large enough is summed in parts, by helpers too. The
// parts depend on the network and the number of members alone, so the bits do not depend on the team.
double cnetworks_mean(
  const cnetworks_kernels *, cnetworks_team *, const cnetworks_network *, const cnetworks_samples *,
  const double *parameters, double *gradient, void *scratch);

// Whether a mean over so many members is summed in parts, so that helpers are of use.
int cnetworks_has_parts(const cnetworks_network *, long count);

// How many bytes of scratch that takes, for up to `count` members.
long cnetworks_mean_scratch(const cnetworks_network *, long count);

#endif
