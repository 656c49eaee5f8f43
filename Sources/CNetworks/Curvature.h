// Products with the Hessian and the Gauss-Newton matrix, by derivatives along a direction (Pearlmutter 1994,
// doi:10.1162/neco.1994.6.1.147; Schraudolph 2002, doi:10.1162/08997660260028683).
#ifndef DESCENT_NETWORKS_CURVATURE_H
#define DESCENT_NETWORKS_CURVATURE_H

#include "Passes.h"

static void forward_tangents(
  const block *b, const cnetworks_network *network, const double *parameters, const double *direction
) {
  for (long l = 0; l < network->layers; l++) {
    dense layer = layer_of(network, parameters, l), along = layer_of(network, direction, l);
    enter(b->tangents[l + 1], along, b->activations[l], b, 0);
    if (l > 0) enter(b->tangents[l + 1], layer, b->tangents[l], b, 1);
    scale_by_slopes(b->tangents[l + 1], b->activations[l + 1], layer.units, layer.activation, b);
  }
}

// The loss's Hessian by the outputs times a row an output, weighted. `step` is the way from row to row.
static void apply_loss_curvature(
  lanes *out, const lanes *in, long step, const block *b, const cnetworks_network *network
) {
  long outputs = outputs_of(network);
  int is_squared = network->loss == CNETWORKS_SQUARED;
  for (long v = 0; v < b->count; v++) {
    lanes mean = every(0);
    for (long k = 0; k < outputs && !is_squared; k++) mean += b->chances[k * b->stride + v] * in[k * step + v];
    for (long k = 0; k < outputs; k++) {
      lanes x = in[k * step + v];
      out[k * step + v] = (is_squared ? x : b->chances[k * b->stride + v] * (x - mean)) * b->weights[v];
    }
  }
}

// Adds deltas times the derivative of the slope along the direction: the second derivative over the first is a
// function of the activation, and the first is in the tangents already.
static void add_bends(
  lanes *out, const lanes *deltas, const lanes *activations, const lanes *tangents, dense layer, const block *b
) {
  if (layer.activation == CNETWORKS_TANH) {
    EVERY_VECTOR(r, layer.units, v, b) out[v] -= 2 * deltas[v] * activations[v] * tangents[v];
  } else if (layer.activation == CNETWORKS_SIGMOID) {
    EVERY_VECTOR(r, layer.units, v, b) out[v] += deltas[v] * (1 - 2 * activations[v]) * tangents[v];
  }
}

// The deltas by the outputs stand in `deltas[0]`, their derivatives in `delta_tangents[0]`.
static void backward_tangents(
  block *b, const cnetworks_network *network, const double *parameters, const double *direction, int gauss_newton,
  double *product
) {
  for (long l = network->layers - 1; l >= 0; l--) {
    dense layer = layer_of(network, parameters, l), along = layer_of(network, direction, l);
    lanes *deltas = b->deltas[0], *below = b->deltas[1];
    lanes *bent = b->delta_tangents[0], *bent_below = b->delta_tangents[1];
    scale_by_slopes(bent, b->activations[l + 1], layer.units, layer.activation, b);
    if (!gauss_newton) {
      add_bends(bent, deltas, b->activations[l + 1], b->tangents[l + 1], layer, b);
      scale_by_slopes(deltas, b->activations[l + 1], layer.units, layer.activation, b);
      if (l > 0) add_gradient(product, network, l, deltas, b->tangents[l], 0, b);
    }
    add_gradient(product, network, l, bent, b->activations[l], 1, b);
    if (l > 0) {
      leave(bent_below, layer, bent, b, 0);
      if (!gauss_newton) {
        leave(bent_below, along, deltas, b, 1);
        leave(below, layer, deltas, b, 0);
      }
    }
    b->deltas[0] = below;
    b->deltas[1] = deltas;
    b->delta_tangents[0] = bent_below;
    b->delta_tangents[1] = bent;
  }
}

static void add_product(
  block *b, const cnetworks_network *network, const double *parameters, const double *direction, int gauss_newton,
  double *product
) {
  lanes loss = every(0);
  const lanes *out = b->activations[network->layers];
  forward(b, network, parameters, CNETWORKS_PRODUCT);
  forward_tangents(b, network, parameters, direction);
  if (network->loss == CNETWORKS_CROSS_ENTROPY) softmax(b->chances, out, outputs_of(network), 0, b);
  apply_loss_curvature(b->delta_tangents[0], b->tangents[network->layers], b->stride, b, network);
  measure(b->deltas[0], &loss, b, network);
  backward_tangents(b, network, parameters, direction, gauss_newton, product);
}

#endif
