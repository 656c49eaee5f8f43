#include "Networks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Where the parts of the parameters begin.
struct places {
  int b1, w2, b2, count;
};

static struct places places_of(const struct baseline_network *network) {
  int b1 = network->units * network->inputs, w2 = b1 + network->units, b2 = w2 + network->classes * network->units;
  return (struct places){b1, w2, b2, b2 + network->classes};
}

// Forward: activations of the hidden units, probabilities of the classes; returns the loss of the sample.
static double forward(const struct baseline_network *network, const double *x, int sample, double *hidden,
                      double *chances) {
  int n = network->inputs, units = network->units, classes = network->classes;
  struct places at = places_of(network);
  const double *in = network->features + (long)sample * n;
  for (int j = 0; j < units; j++) {
    double sum = x[at.b1 + j];
    for (int i = 0; i < n; i++) sum += x[j * n + i] * in[i];
    hidden[j] = sum <= 0 ? 0 : sum;
  }
  double largest = -INFINITY, total = 0;
  for (int c = 0; c < classes; c++) {
    const double *row = x + at.w2 + (long)c * units;
    double sum = x[at.b2 + c];
    for (int j = 0; j < units; j++) sum += row[j] * hidden[j];
    chances[c] = sum;
    if (sum > largest) largest = sum;
  }
  double own = chances[network->labels[sample]];
  for (int c = 0; c < classes; c++) {
    chances[c] = exp(chances[c] - largest);
    total += chances[c];
  }
  for (int c = 0; c < classes; c++) chances[c] /= total;
  return log(total) + largest - own;
}

// Adds the gradient of a sample's loss; returns the loss. `work` has room for two numbers a unit and one a class.
static double add_gradient(const struct baseline_network *network, const double *x, int sample, double *gradient,
                           double *work) {
  int n = network->inputs, units = network->units, classes = network->classes;
  struct places at = places_of(network);
  const double *in = network->features + (long)sample * n;
  double *hidden = work, *back = work + units, *deltas = work + 2 * (long)units;
  double loss = forward(network, x, sample, hidden, deltas);
  deltas[network->labels[sample]] -= 1;
  for (int j = 0; j < units; j++) back[j] = 0;
  for (int c = 0; c < classes; c++) {
    const double *row = x + at.w2 + (long)c * units;
    double *target = gradient + at.w2 + (long)c * units, delta = deltas[c];
    gradient[at.b2 + c] += delta;
    for (int j = 0; j < units; j++) {
      target[j] += delta * hidden[j];
      back[j] += delta * row[j];
    }
  }
  for (int j = 0; j < units; j++) {
    double delta = hidden[j] <= 0 ? 0 : back[j];
    gradient[at.b1 + j] += delta;
    for (int i = 0; i < n; i++) gradient[j * n + i] += delta * in[i];
  }
  return loss;
}

static double *room_for(long count) {
  double *memory = malloc((size_t)count * sizeof *memory);
  if (!memory) abort();
  return memory;
}

void baseline_train(const struct baseline_network *network, double *x, int steps, int size, double rate) {
  int p = places_of(network).count, batches = (network->samples + size - 1) / size;
  double *gradient = room_for(p), *work = room_for(2L * network->units + network->classes);
  for (int t = 0; t < steps; t++) {
    int first = t % batches * size, end = first + size < network->samples ? first + size : network->samples;
    memset(gradient, 0, (size_t)p * sizeof *gradient);
    for (int sample = first; sample < end; sample++) add_gradient(network, x, sample, gradient, work);
    for (int k = 0; k < p; k++) x[k] -= rate * (gradient[k] / (end - first));
  }
  free(gradient);
  free(work);
}

// The slopes of the outputs by the parameters, a row a class, most of them 0 but for the first layer's.
static void differentiate(const struct baseline_network *network, const double *x, int sample, const double *hidden,
                          double *jacobian) {
  int n = network->inputs, units = network->units, classes = network->classes;
  struct places at = places_of(network);
  const double *in = network->features + (long)sample * n;
  memset(jacobian, 0, (size_t)classes * (size_t)at.count * sizeof *jacobian);
  for (int c = 0; c < classes; c++) {
    double *row = jacobian + (long)c * at.count;
    for (int j = 0; j < units; j++) {
      double slope = hidden[j] <= 0 ? 0 : x[at.w2 + c * units + j];
      for (int i = 0; i < n; i++) row[j * n + i] = slope * in[i];
      row[at.b1 + j] = slope;
      row[at.w2 + c * units + j] = hidden[j];
    }
    row[at.b2 + c] = 1;
  }
}

// Solves A x = b in place by Cholesky's factor, from the lower triangle of A.
static void solve(double *a, double *b, int p) {
  for (int i = 0; i < p; i++) {
    for (int j = 0; j <= i; j++) {
      double sum = a[i * p + j];
      for (int k = 0; k < j; k++) sum -= a[i * p + k] * a[j * p + k];
      a[i * p + j] = i == j ? sqrt(sum) : sum / a[j * p + j];
    }
  }
  for (int i = 0; i < p; i++) {
    for (int k = 0; k < i; k++) b[i] -= a[i * p + k] * b[k];
    b[i] /= a[i * p + i];
  }
  for (int i = p - 1; i >= 0; i--) {
    b[i] /= a[i * p + i];
    for (int k = 0; k < i; k++) b[k] -= a[i * p + k] * b[i];
  }
}

void baseline_gauss_newton(const struct baseline_network *network, double *x, int steps, double damping) {
  int p = places_of(network).count, classes = network->classes, count = network->samples;
  double *gradient = room_for(p), *work = room_for(2L * network->units + classes), *matrix = room_for((long)p * p);
  double *jacobian = room_for((long)classes * p), *curved = room_for((long)classes * p);
  for (int t = 0; t < steps; t++) {
    memset(gradient, 0, (size_t)p * sizeof *gradient);
    memset(matrix, 0, (size_t)p * (size_t)p * sizeof *matrix);
    for (int sample = 0; sample < count; sample++) {
      add_gradient(network, x, sample, gradient, work);
      double *hidden = work, *chances = work + 2L * network->units;
      chances[network->labels[sample]] += 1;
      differentiate(network, x, sample, hidden, jacobian);
      for (int k = 0; k < p; k++) {
        double mean = 0;
        for (int c = 0; c < classes; c++) mean += chances[c] * jacobian[c * p + k];
        for (int c = 0; c < classes; c++) curved[c * p + k] = chances[c] * (jacobian[c * p + k] - mean);
      }
      for (int i = 0; i < p; i++) {
        for (int c = 0; c < classes; c++) {
          double factor = jacobian[c * p + i];
          if (factor == 0) continue;
          for (int j = 0; j <= i; j++) matrix[i * p + j] += factor * curved[c * p + j];
        }
      }
    }
    for (int k = 0; k < p * p; k++) matrix[k] /= count;
    for (int k = 0; k < p; k++) {
      gradient[k] /= count;
      matrix[k * p + k] += damping;
    }
    solve(matrix, gradient, p);
    for (int k = 0; k < p; k++) x[k] -= gradient[k];
  }
  free(gradient);
  free(work);
  free(matrix);
  free(jacobian);
  free(curved);
}
