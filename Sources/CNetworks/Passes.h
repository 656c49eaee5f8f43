// One block through the network: forward, into the loss, and back.
#ifndef DESCENT_NETWORKS_PASSES_H
#define DESCENT_NETWORKS_PASSES_H

#include "Memory.h"
#include "Products.h"

#define EVERY_VECTOR(row, rows, v, b) \
  for (long row = 0; row < (rows); row++) for (long v = row * (b)->stride; v < row * (b)->stride + (b)->count; v++)

static void activate(lanes *rows, long count, int activation, const block *b) {
  switch (activation) {
  // Not a maximum: a NaN stays one.
  case CNETWORKS_RELU: EVERY_VECTOR(r, count, v, b) rows[v] = choose(rows[v] <= 0, every(0), rows[v]); break;
  case CNETWORKS_TANH: EVERY_VECTOR(r, count, v, b) rows[v] = hyperbolic_tangent(rows[v]); break;
  case CNETWORKS_SIGMOID: EVERY_VECTOR(r, count, v, b) rows[v] = logistic(rows[v]); break;
  }
}

// Multiplies rows by the activation's derivative, which the activations tell.
static void scale_by_slopes(lanes *rows, const lanes *activations, long count, int activation, const block *b) {
  switch (activation) {
  case CNETWORKS_RELU:
    EVERY_VECTOR(r, count, v, b) rows[v] = choose(activations[v] <= 0, every(0), rows[v]);
    break;
  case CNETWORKS_TANH:
    EVERY_VECTOR(r, count, v, b) rows[v] *= (1 - activations[v]) * (1 + activations[v]);
    break;
  case CNETWORKS_SIGMOID:
    EVERY_VECTOR(r, count, v, b) rows[v] *= activations[v] * (1 - activations[v]);
    break;
  }
}

// A layer's parameters, for `parameters` or a direction alike.
typedef struct {
  const double *weights, *bias;
  long inputs, units;
  int activation;
} dense;

static dense layer_of(const cnetworks_network *network, const double *parameters, long layer) {
  const double *weights = parameters + offset_of(network, layer);
  cnetworks_layer shape = network->layer[layer];
  long inputs = fan_in(network, layer);
  return (dense){weights, shape.bias ? weights + shape.width * inputs : 0, inputs, shape.width, shape.activation};
}

// What enters the units: W x + b.
static void enter(lanes *out, dense layer, const lanes *in, const block *b, int add) {
  combine(
    out, layer.units, in, b->stride, b->count, (coefficients){layer.weights, layer.inputs, 1}, layer.inputs, layer.bias,
    add);
}

// Wᵀ times what comes back to the units.
static void leave(lanes *out, dense layer, const lanes *deltas, const block *b, int add) {
  combine(
    out, layer.inputs, deltas, b->stride, b->count, (coefficients){layer.weights, 1, layer.inputs}, layer.units, 0, add);
}

// Units `first` to `first + PART` of the hidden layer alone.
static dense part_of(dense layer, long first) {
  layer.weights += first * layer.inputs;
  if (layer.bias) layer.bias += first;
  layer.units = layer.units - first < PART ? layer.units - first : PART;
  return layer;
}

static void forward(const block *b, const cnetworks_network *network, const double *parameters, int kind) {
  if (!is_parted(network, kind)) {
    for (long l = 0; l < network->layers; l++) {
      dense layer = layer_of(network, parameters, l);
      enter(b->activations[l + 1], layer, b->activations[l], b, 0);
      activate(b->activations[l + 1], layer.units, layer.activation, b);
    }
    return;
  }
  dense hidden = layer_of(network, parameters, 0), last = layer_of(network, parameters, 1);
  for (long first = 0; first < hidden.units; first += PART) {
    dense part = part_of(hidden, first);
    enter(b->activations[1], part, b->activations[0], b, 0);
    activate(b->activations[1], part.units, part.activation, b);
    combine(
      b->activations[2], last.units, b->activations[1], b->stride, b->count,
      (coefficients){last.weights + first, last.inputs, 1}, part.units, last.bias, first > 0);
  }
  activate(b->activations[2], last.units, last.activation, b);
}

// The softmax of rows, and the logarithm of the sum of their exponentials where `log_sums` is not null.
static void softmax(lanes *out, const lanes *in, long rows, lanes *log_sums, const block *b) {
  for (long v = 0; v < b->count; v++) {
    lanes largest = in[v];
    for (long k = 1; k < rows; k++) {
      lanes x = in[k * b->stride + v];
      largest = choose(largest < x, x, largest);
    }
    lanes sum = every(0);
    for (long k = 0; k < rows; k++) {
      lanes power = exponential(in[k * b->stride + v] - largest);
      out[k * b->stride + v] = power;
      sum += power;
    }
    lanes factor = 1 / sum;
    for (long k = 0; k < rows; k++) out[k * b->stride + v] *= factor;
    if (log_sums) log_sums[v] = logarithm(sum) + largest;
  }
}

// The members' weighted losses added to `loss`. `deltas` become the derivatives by the outputs, weighted.
static void measure(lanes *deltas, lanes *loss, const block *b, const cnetworks_network *network) {
  long outputs = outputs_of(network);
  const lanes *out = b->activations[network->layers];
  if (network->loss == CNETWORKS_SQUARED) {
    for (long v = 0; v < b->count; v++) {
      lanes squares = every(0);
      for (long k = v; k < outputs * b->stride; k += b->stride) {
        lanes residual = out[k] - b->targets[k];
        squares += residual * residual;
        deltas[k] = residual * b->weights[v];
      }
      *loss += 0.5 * squares * b->weights[v];
    }
    return;
  }
  lanes log_sums[LARGEST_STRIDE];
  softmax(deltas, out, outputs, log_sums, b);
  for (long v = 0; v < b->count; v++) {
    lanes own = every(0);
    for (long k = 0; k < outputs; k++) {
      long at = k * b->stride + v;
      masks is_label = b->labels[v] == (double)k;
      own = choose(is_label, out[at], own);
      deltas[at] = (deltas[at] - choose(is_label, every(1), every(0))) * b->weights[v];
    }
    *loss += (log_sums[v] - own) * b->weights[v];
  }
}

// Adds what a layer's parameters take from deltas and what entered the layer.
static void add_gradient(
  double *gradient, const cnetworks_network *network, long layer, const lanes *deltas, const lanes *in, int with_bias,
  const block *b
) {
  long inputs = fan_in(network, layer), units = network->layer[layer].width;
  double *target = gradient + offset_of(network, layer);
  correlate(target, inputs, deltas, units, in, inputs, b->stride, b->count);
  if (with_bias && network->layer[layer].bias) add_sums(target + units * inputs, 1, deltas, units, b->stride, b->count);
}

// The deltas of the outputs stand in `deltas[0]`; the block's gradient is added.
static void backward(block *b, const cnetworks_network *network, const double *parameters, double *gradient) {
  for (long l = network->layers - 1; l >= 0; l--) {
    dense layer = layer_of(network, parameters, l);
    lanes *deltas = b->deltas[0], *below = b->deltas[1];
    scale_by_slopes(deltas, b->activations[l + 1], layer.units, layer.activation, b);
    add_gradient(gradient, network, l, deltas, b->activations[l], 1, b);
    if (l > 0) leave(below, layer, deltas, b, 0);
    b->deltas[0] = below;
    b->deltas[1] = deltas;
  }
}

// The same for a hidden layer in parts: what a part needs is computed again rather than fetched from afar.
static void backward_in_parts(
  block *b, const cnetworks_network *network, const double *parameters, double *gradient
) {
  dense hidden = layer_of(network, parameters, 0), last = layer_of(network, parameters, 1);
  lanes *deltas = b->deltas[0], *below = b->deltas[1], *units = b->activations[1];
  double *hidden_gradient = gradient, *last_gradient = gradient + offset_of(network, 1);
  scale_by_slopes(deltas, b->activations[2], last.units, last.activation, b);
  if (last.bias) add_sums(last_gradient + last.units * last.inputs, 1, deltas, last.units, b->stride, b->count);
  for (long first = 0; first < hidden.units; first += PART) {
    dense part = part_of(hidden, first);
    enter(units, part, b->activations[0], b, 0);
    activate(units, part.units, part.activation, b);
    correlate(last_gradient + first, last.inputs, deltas, last.units, units, part.units, b->stride, b->count);
    combine(
      below, part.units, deltas, b->stride, b->count, (coefficients){last.weights + first, 1, last.inputs}, last.units,
      0, 0);
    scale_by_slopes(below, units, part.units, part.activation, b);
    correlate(
      hidden_gradient + first * part.inputs, part.inputs, below, part.units, b->activations[0], part.inputs, b->stride,
      b->count);
    if (part.bias) {
      add_sums(hidden_gradient + hidden.units * hidden.inputs + first, 1, below, part.units, b->stride, b->count);
    }
  }
}

#endif
