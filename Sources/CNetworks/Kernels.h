// The kernels for one instruction set: compiled once for each, under the name `KERNELS`.
#include "Matrices.h"
#include "Versions.h"

static void clear(double *numbers, long count) {
  for (long i = 0; i < count; i++) numbers[i] = 0;
}

static void divide(double *numbers, long count, double divisor) {
  for (long i = 0; i < count; i++) numbers[i] /= divisor;
}

// The mean from the sums of parts, added in their order.
static void merge(double *mean, const double *sums, long parts, long count, double divisor) {
  for (long i = 0; i < count; i++) {
    double sum = sums[i];
    for (long part = 1; part < parts; part++) sum += sums[part * count + i];
    mean[i] = sum / divisor;
  }
}

// Forward to the losses.
static void evaluate(
  block *b, const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, lanes *loss
) {
  load_inputs(b, network, samples);
  load_answers(b, network, samples);
  load_weights(b, samples, 1);
  forward(b, network, parameters, CNETWORKS_GRADIENT);
  measure(b->deltas[0], loss, b, network);
}

#define EVERY_BLOCK(b, samples) \
  for (long first = 0; first < (samples)->count; first += (b).stride * WIDTH) if (turn_to(&(b), samples, first), 1)

static double sums(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, long begin, long end,
  double *gradient, void *scratch
) {
  block b;
  lanes loss = every(0);
  lay_out(&b, network, CNETWORKS_GRADIENT, scratch);
  if (gradient) clear(gradient, parameters_of(network));
  for (long first = begin; first < end; first += b.stride * WIDTH) {
    turn_to(&b, samples, first);
    evaluate(&b, network, samples, parameters, &loss);
    if (!gradient) continue;
    if (is_parted(network, CNETWORKS_GRADIENT)) {
      backward_in_parts(&b, network, parameters, gradient);
    } else {
      backward(&b, network, parameters, gradient);
    }
  }
  return sum_of(loss);
}

static void product(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters,
  const double *direction, int gauss_newton, double *product, void *scratch
) {
  block b;
  lay_out(&b, network, CNETWORKS_PRODUCT, scratch);
  clear(product, parameters_of(network));
  EVERY_BLOCK(b, samples) {
    load_inputs(&b, network, samples);
    load_answers(&b, network, samples);
    load_weights(&b, samples, 1);
    add_product(&b, network, parameters, direction, gauss_newton, product);
  }
  divide(product, parameters_of(network), samples->count);
}

static void matrix(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, int empirical,
  double *matrix, void *scratch
) {
  block b;
  long p = parameters_of(network);
  lay_out(&b, network, CNETWORKS_MATRIX, scratch);
  clear(matrix, p * p);
  EVERY_BLOCK(b, samples) {
    load_inputs(&b, network, samples);
    forward(&b, network, parameters, CNETWORKS_MATRIX);
    if (empirical) {
      differentiate_losses(&b, network, samples, parameters);
    } else {
      differentiate_outputs(&b, network, samples, parameters);
    }
    for (long l = 0; l < network->layers; l++) {
      for (long m = 0; m <= l; m++) add_matrix(&b, network, matrix, l, m, empirical ? 1 : outputs_of(network));
    }
  }
  for (long l = 0; l < network->layers; l++) {
    for (long m = 0; m <= l; m++) complete_matrix(network, matrix, l, m, samples->count);
  }
}

// A layer's factors among those of all, and where the next layer's begin.
typedef struct {
  double *inner, *outer, *next;
  long inputs, units;
} factor_pair;

static factor_pair factors_of(const cnetworks_network *network, long layer, double *begin) {
  long inputs = fan_in(network, layer) + (network->layer[layer].bias ? 1 : 0), units = network->layer[layer].width;
  double *outer = begin + inputs * inputs;
  return (factor_pair){begin, outer, outer + units * units, inputs, units};
}

static void factors(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, double *factors,
  void *scratch
) {
  block b;
  factor_pair pair = {.next = factors};
  lay_out(&b, network, CNETWORKS_MATRIX, scratch);
  for (long l = 0; l < network->layers; l++) pair = factors_of(network, l, pair.next);
  clear(factors, pair.next - factors);
  EVERY_BLOCK(b, samples) {
    load_inputs(&b, network, samples);
    forward(&b, network, parameters, CNETWORKS_MATRIX);
    differentiate_outputs(&b, network, samples, parameters);
    pair.next = factors;
    for (long l = 0; l < network->layers; l++) {
      pair = factors_of(network, l, pair.next);
      add_factors(&b, network, l, pair.inner, pair.outer);
    }
  }
  pair.next = factors;
  for (long l = 0; l < network->layers; l++) {
    pair = factors_of(network, l, pair.next);
    complete_factor(pair.inner, pair.inputs, samples->count);
    complete_factor(pair.outer, pair.units, samples->count);
  }
}

// The squares of rows, summed over units and samples.
static double squares_of(const lanes *rows, long count, const block *b) {
  lanes sum = every(0);
  EVERY_VECTOR(r, count, v, b) sum += rows[v] * rows[v] * b->weights[v - r * b->stride];
  return sum_of(sum);
}

static void sizes(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, double *activations,
  double *deltas, void *scratch
) {
  block b;
  lanes loss = every(0);
  lay_out(&b, network, CNETWORKS_PRODUCT, scratch);
  clear(activations, network->layers);
  clear(deltas, network->layers);
  EVERY_BLOCK(b, samples) {
    load_inputs(&b, network, samples);
    load_answers(&b, network, samples);
    load_weights(&b, samples, 0);
    forward(&b, network, parameters, CNETWORKS_PRODUCT);
    measure(b.deltas[0], &loss, &b, network);
    for (long l = network->layers - 1; l >= 0; l--) {
      dense layer = layer_of(network, parameters, l);
      lanes *here = b.deltas[0];
      scale_by_slopes(here, b.activations[l + 1], layer.units, layer.activation, &b);
      activations[l] += squares_of(b.activations[l + 1], layer.units, &b);
      deltas[l] += squares_of(here, layer.units, &b);
      if (l > 0) leave(b.deltas[1], layer, here, &b, 0);
      b.deltas[0] = b.deltas[1];
      b.deltas[1] = here;
    }
  }
  for (long l = 0; l < network->layers; l++) {
    double count = (double)samples->count * (double)network->layer[l].width;
    activations[l] /= count;
    deltas[l] /= count;
  }
}

static void outputs(
  const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters, int as_chances,
  double *outputs, void *scratch
) {
  block b;
  long columns = outputs_of(network);
  lay_out(&b, network, CNETWORKS_GRADIENT, scratch);
  EVERY_BLOCK(b, samples) {
    load_inputs(&b, network, samples);
    forward(&b, network, parameters, CNETWORKS_GRADIENT);
    lanes *rows = b.activations[network->layers];
    if (as_chances) softmax(rows, rows, columns, 0, &b);
    for (long k = 0; k < columns; k++) {
      double *column = outputs + k * samples->count + b.first;
      for (long i = 0; i < b.samples; i++) column[i] = rows[k * b.stride + i / WIDTH][i % WIDTH];
    }
  }
}

static void elementary(const double *x, double *exp, double *tanh, double *sigmoid, double *log) {
  lanes eight = *(const loose_lanes *)x;
  *(loose_lanes *)exp = exponential(eight);
  *(loose_lanes *)tanh = hyperbolic_tangent(eight);
  *(loose_lanes *)sigmoid = logistic(eight);
  *(loose_lanes *)log = logarithm(eight);
}

const cnetworks_kernels KERNELS = {sums, merge, product, matrix, factors, sizes, outputs, elementary};
