// Matrices that are means of products of derivatives: Gauss-Newton, Fisher, and their Kronecker factors.
//
// With δ what comes back to a layer's units for each output, H the loss's Hessian by the outputs and ā the activations
// below with a 1 for the bias, an entry for two weights is the mean of (δᵢᵀ H δᵢ') · (āⱼ āⱼ'): the sum over outputs is
// taken once for each pair of units, and both factors are symmetric within a layer.
#ifndef DESCENT_NETWORKS_MATRICES_H
#define DESCENT_NETWORKS_MATRICES_H

#include "Curvature.h"

// Derivatives of the outputs by what enters the layers below, from those of the last layer by its outputs.
static void pass_outward(const block *b, const cnetworks_network *network, const double *parameters, long rank) {
  for (long l = network->layers - 1; l >= 0; l--) {
    dense layer = layer_of(network, parameters, l);
    for (long k = 0; k < rank; k++) {
      lanes *rows = b->outward[l + 1] + k * layer.units * b->stride;
      scale_by_slopes(rows, b->activations[l + 1], layer.units, layer.activation, b);
      if (l > 0) leave(b->outward[l] + k * layer.inputs * b->stride, layer, rows, b, 0);
    }
  }
}

// The outputs' derivatives, and the same times the loss's Hessian: their product is the Gauss-Newton matrix's.
static void differentiate_outputs(
  const block *b, const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters
) {
  long outputs = outputs_of(network);
  lanes *last = b->outward[network->layers];
  load_weights(b, samples, 1);
  for (long k = 0; k < outputs; k++) {
    EVERY_VECTOR(r, outputs, v, b) last[k * outputs * b->stride + v] = every(r == k);
  }
  pass_outward(b, network, parameters, outputs);
  if (network->loss == CNETWORKS_CROSS_ENTROPY) softmax(b->chances, b->activations[network->layers], outputs, 0, b);
  for (long l = 0; l < network->layers; l++) {
    long units = network->layer[l].width;
    for (long i = 0; i < units * b->stride; i += b->stride) {
      apply_loss_curvature(b->curved[l + 1] + i, b->outward[l + 1] + i, units * b->stride, b, network);
    }
  }
}

// The losses' derivatives, and the same weighted: their product is the empirical Fisher matrix's.
static void differentiate_losses(
  const block *b, const cnetworks_network *network, const cnetworks_samples *samples, const double *parameters
) {
  lanes loss = every(0);
  load_answers(b, network, samples);
  load_weights(b, samples, 0);
  measure(b->outward[network->layers], &loss, b, network);
  pass_outward(b, network, parameters, 1);
  load_weights(b, samples, 1);
  for (long l = 0; l < network->layers; l++) {
    EVERY_VECTOR(r, network->layer[l].width, v, b) {
      b->curved[l + 1][v] = b->outward[l + 1][v] * b->weights[v - r * b->stride];
    }
  }
}

// Where the parameter of a unit and an input stands; behind the last input the bias.
static long place_of(const cnetworks_network *network, long layer, long unit, long input) {
  long inputs = fan_in(network, layer), offset = offset_of(network, layer);
  return input < inputs ? offset + unit * inputs + input : offset + network->layer[layer].width * inputs + unit;
}

// Adds the rows of one unit and one input of layer `l` (the bias behind the last), over the columns of layer `m`.
static void add_matrix_row(
  const block *b, const cnetworks_network *network, double *row, long l, long input, long m, long units
) {
  long inputs = fan_in(network, m), columns = l == m && input < inputs ? input + 1 : inputs;
  int is_bias = input == fan_in(network, l);
  const lanes *factor = b->activations[l] + input * b->stride, *right = b->activations[m];
  if (!is_bias) {
    EVERY_VECTOR(r, columns, v, b) b->pairs[1][v] = factor[v - r * b->stride] * right[v];
    right = b->pairs[1];
  }
  correlate(row + offset_of(network, m), inputs, b->pairs[0], units, right, columns, b->stride, b->count);
  if (!network->layer[m].bias || (l == m && !is_bias)) return;
  double *bias = row + place_of(network, m, 0, inputs);
  if (is_bias) {
    add_sums(bias, 1, b->pairs[0], units, b->stride, b->count);
  } else {
    correlate(bias, 1, b->pairs[0], units, factor, 1, b->stride, b->count);
  }
}

// Adds a block's part of the entries of layer `l` by layer `m`; within a layer of one of the four that are equal.
static void add_matrix(
  const block *b, const cnetworks_network *network, double *matrix, long l, long m, long rank
) {
  long units = network->layer[l].width, across = network->layer[m].width, p = parameters_of(network);
  for (long i = 0; i < units; i++) {
    long count = l == m ? i + 1 : across;
    EVERY_VECTOR(r, count, v, b) {
      lanes sum = every(0);
      for (long k = 0; k < rank; k++) {
        sum += b->outward[l + 1][(k * units + i) * b->stride + v - r * b->stride]
          * b->curved[m + 1][k * across * b->stride + v];
      }
      b->pairs[0][v] = sum;
    }
    for (long j = 0; j < fan_in(network, l) + (network->layer[l].bias ? 1 : 0); j++) {
      add_matrix_row(b, network, matrix + place_of(network, l, i, j) * p, l, j, m, count);
    }
  }
}

// Divides the entries that were summed, and writes those that are equal to them.
static void complete_matrix(const cnetworks_network *network, double *matrix, long l, long m, double count) {
  long p = parameters_of(network);
  long inputs = fan_in(network, l) + (network->layer[l].bias ? 1 : 0);
  long across = fan_in(network, m) + (network->layer[m].bias ? 1 : 0);
  for (long i = 0; i < network->layer[l].width; i++) {
    for (long j = 0; j < inputs; j++) {
      for (long r = 0; r < (l == m ? i + 1 : network->layer[m].width); r++) {
        for (long c = 0; c < (l == m ? j + 1 : across); c++) {
          // A layer without bias has no input behind its last.
          long first = place_of(network, l, i, j), second = place_of(network, m, r, c);
          double entry = matrix[first * p + second] / count;
          matrix[first * p + second] = matrix[second * p + first] = entry;
          if (l != m) continue;
          long third = place_of(network, l, i, c), fourth = place_of(network, l, r, j);
          matrix[third * p + fourth] = matrix[fourth * p + third] = entry;
        }
      }
    }
  }
}

// Adds a block's part of a layer's factors: E[ā āᵀ], then E[δ δᵀ].
static void add_factors(const block *b, const cnetworks_network *network, long l, double *inner, double *outer) {
  long inputs = fan_in(network, l), units = network->layer[l].width;
  long size = inputs + (network->layer[l].bias ? 1 : 0);
  lanes *weighted = b->pairs[0];
  EVERY_VECTOR(r, size, v, b) {
    lanes weight = b->weights[v - r * b->stride];
    weighted[v] = r < inputs ? b->activations[l][v] * weight : weight;
  }
  correlate(inner, size, weighted, size, b->activations[l], inputs, b->stride, b->count);
  if (size > inputs) add_sums(inner + inputs, size, weighted, size, b->stride, b->count);
  for (long k = 0; k < outputs_of(network); k++) {
    long first = k * units * b->stride;
    correlate(
      outer, units, b->outward[l + 1] + first, units, b->curved[l + 1] + first, units, b->stride, b->count);
  }
}

// The mean of a symmetric matrix of sums, symmetric to the bit.
static void complete_factor(double *matrix, long size, double count) {
  for (long r = 0; r < size; r++) {
    for (long c = 0; c <= r; c++) matrix[c * size + r] = matrix[r * size + c] /= count;
  }
}

#endif
