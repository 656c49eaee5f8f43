// A network of one hidden layer as scalar C: one sample after the other, the buffers kept. Sums are taken in another order
// than ours, so a run ends at nearly the same numbers.
#pragma once

/// Rectified hidden units and the softmax of the outputs against classes. Parameters lie as W1 (a row a unit), b1, W2, b2.
struct baseline_network {
  int inputs, units, classes, samples;
  /// A row a sample.
  const double *features;
  const int *labels;
};

/// So many steps of gradient descent from `x`, each over the next `size` samples in their order; the last batch of a pass
/// has what is left.
void baseline_train(const struct baseline_network *network, double *x, int steps, int size, double rate);

/// So many steps of the damped Gauss-Newton method from `x`, over all samples.
void baseline_gauss_newton(const struct baseline_network *network, double *x, int steps, double damping);
