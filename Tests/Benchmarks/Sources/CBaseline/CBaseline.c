#include "CBaseline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void (*step_function)(struct baseline *, double *, baseline_gradient, const void *);

struct baseline {
  step_function step;
  int d;
  // Hyperparameters; each rule uses those it has.
  double rate, beta1, beta2, eps, decay, dampening, momentum, initial, l2;
  bool is_corrected, is_inside, is_centered, keeps_maximum, looks_ahead;
  // State; `memory` holds the five vectors.
  double power1, power2, t;
  bool is_first;
  double *memory, *g, *m, *v, *u, *a;
};

static double quotient(double g, double s, double eps, bool inside) {
  double root = inside ? sqrt(s + eps) : sqrt(s) + eps;
  return g == 0 ? 0 : g / root;
}

static void sgd(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, rate = o->rate, l2 = o->l2;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * x[i];
    x[i] -= rate * g[i];
  }
}

static void momentum(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *v = o->v, rate = o->rate, beta = o->beta1, l2 = o->l2;
  double gain = o->is_first ? 1 : 1 - o->dampening;
  o->is_first = false;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * x[i];
    v[i] = beta * v[i] + gain * g[i];
    x[i] -= rate * v[i];
  }
}

static void nesterov(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *v = o->v, *probe = o->a, rate = o->rate, beta = o->beta1, l2 = o->l2;
  bool looks_ahead = o->looks_ahead;
  for (int i = 0; i < o->d; i++) probe[i] = looks_ahead ? x[i] + beta * v[i] : x[i];
  gradient(probe, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * probe[i];
    if (looks_ahead) {
      v[i] = beta * v[i] - rate * g[i];
      x[i] += v[i];
    } else {
      v[i] = beta * v[i] + g[i];
      x[i] -= rate * (g[i] + beta * v[i]);
    }
  }
}

static void adagrad(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *s = o->v, eps = o->eps, l2 = o->l2;
  bool inside = o->is_inside;
  o->t += 1;
  double rate = o->rate / (1 + (o->t - 1) * o->decay);
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * x[i];
    s[i] += g[i] * g[i];
    x[i] -= rate * quotient(g[i], s[i], eps, inside);
  }
}

static void rmsprop(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *s = o->v, *a = o->a, *u = o->u;
  double rate = o->rate, rho = o->beta2, eps = o->eps, mu = o->momentum, l2 = o->l2;
  bool inside = o->is_inside, centered = o->is_centered;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * x[i];
    s[i] = rho * s[i] + (1 - rho) * g[i] * g[i];
    a[i] = rho * a[i] + (1 - rho) * g[i];
    double spread = centered ? fmax(0, s[i] - a[i] * a[i]) : s[i];
    u[i] = mu * u[i] + quotient(g[i], spread, eps, inside);
    x[i] -= rate * u[i];
  }
}

static void adam(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *m = o->m, *v = o->v;
  double beta1 = o->beta1, beta2 = o->beta2, eps = o->eps, l2 = o->l2;
  bool inside = o->is_inside;
  o->power1 *= beta1;
  o->power2 *= beta2;
  double rate = o->is_corrected ? o->rate / (1 - o->power1) : o->rate;
  double correction = o->is_corrected ? 1 / (1 - o->power2) : 1;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    g[i] += l2 * x[i];
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    x[i] -= rate * quotient(m[i], v[i] * correction, eps, inside);
  }
}

static void adamw(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *m = o->m, *v = o->v, *u = o->u;
  double beta1 = o->beta1, beta2 = o->beta2, eps = o->eps;
  bool inside = o->is_inside, keeps_maximum = o->keeps_maximum;
  o->power1 *= beta1;
  o->power2 *= beta2;
  double rate = o->is_corrected ? o->rate / (1 - o->power1) : o->rate;
  double correction = o->is_corrected ? 1 / (1 - o->power2) : 1;
  double kept = 1 - o->rate * o->decay;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    u[i] = v[i] < u[i] ? u[i] : v[i];
    double squares = keeps_maximum ? u[i] : v[i];
    x[i] = kept * x[i] - rate * quotient(m[i], squares * correction, eps, inside);
  }
}

static void lion(struct baseline *o, double *x, baseline_gradient gradient, const void *problem) {
  double *g = o->g, *c = o->a, *m = o->m;
  double rate = o->rate, beta1 = o->beta1, beta2 = o->beta2, decay = o->decay;
  gradient(x, g, problem);
  for (int i = 0; i < o->d; i++) {
    c[i] = beta1 * m[i] + (1 - beta1) * g[i];
    double sign = c[i] > 0 ? 1 : c[i] < 0 ? -1 : c[i];
    x[i] -= rate * (sign + decay * x[i]);
    m[i] = beta2 * m[i] + (1 - beta2) * g[i];
  }
}

// clang-format off
static const struct { const char *id; struct baseline settings; } rules[] = {
  {"sgd", {.step = sgd}},
  {"momentum", {.step = momentum, .beta1 = 0.9}},
  {"nesterov", {.step = nesterov, .beta1 = 0.9, .looks_ahead = true}},
  {"adagrad", {.step = adagrad, .eps = 1e-10}},
  {"rmsprop", {.step = rmsprop, .beta2 = 0.99, .eps = 1e-8}},
  {"adam", {.step = adam, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .is_corrected = true}},
  {"adamw", {.step = adamw, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .decay = 0.01, .is_corrected = true}},
  {"lion", {.step = lion, .beta1 = 0.9, .beta2 = 0.99}},
};
// clang-format on

struct baseline *baseline_make(const char *id, int dimension, double rate) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    if (strcmp(rules[i].id, id) != 0) continue;
    struct baseline *made = malloc(sizeof *made);
    size_t d = (size_t)dimension;
    double *memory = malloc(5 * d * sizeof *memory);
    if (!made || !memory) abort();
    *made = rules[i].settings;
    made->d = dimension;
    made->rate = rate;
    made->memory = memory;
    made->g = memory;
    made->m = memory + d;
    made->v = memory + 2 * d;
    made->u = memory + 3 * d;
    made->a = memory + 4 * d;
    baseline_reset(made);
    return made;
  }
  return NULL;
}

void baseline_free(struct baseline *optimizer) {
  free(optimizer->memory);
  free(optimizer);
}

void baseline_reset(struct baseline *optimizer) {
  int d = optimizer->d;
  for (int i = 0; i < 5 * d; i++) optimizer->memory[i] = 0;
  for (int i = 0; i < d && optimizer->step == adagrad; i++) optimizer->v[i] = optimizer->initial;
  optimizer->power1 = optimizer->power2 = 1;
  optimizer->t = 0;
  optimizer->is_first = true;
}

void baseline_run(struct baseline *optimizer, double *x, int steps, baseline_gradient gradient,
                  const void *problem) {
  for (int t = 0; t < steps; t++) optimizer->step(optimizer, x, gradient, problem);
}

double baseline_rosenbrock(const double *x, double *gradient, const void *problem) {
  (void)problem;
  double a = 1 - x[0], b = x[1] - x[0] * x[0];
  gradient[0] = -2 * a - 400 * x[0] * b;
  gradient[1] = 200 * b;
  return a * a + 100 * (b * b);
}

void baseline_field(double *values, int columns, int rows, double x_low, double x_high, double y_low,
                    double y_high) {
  double dx = (x_high - x_low) / columns, dy = (y_high - y_low) / rows;
  for (int row = 0; row < rows; row++) {
    double y = y_high - (row + 0.5) * dy;
    for (int column = 0; column < columns; column++) {
      double x = x_low + (column + 0.5) * dx;
      double a = 1 - x, b = y - x * x;
      values[row * columns + column] = a * a + 100 * (b * b);
    }
  }
}

static inline double valley(const double *x, double *gradient) {
  double a = 1 - x[0], b = x[1] - x[0] * x[0];
  gradient[0] = -2 * a - 400 * x[0] * b;
  gradient[1] = 200 * b;
  return a * a + 100 * (b * b);
}

bool baseline_fused(const char *id, double *x, int steps, double rate) {
  double g[2], m[2] = {0, 0}, v[2] = {0, 0}, power1 = 1, power2 = 1, y[2] = {x[0], x[1]};
  if (strcmp(id, "sgd") == 0) {
    for (int t = 0; t < steps; t++) {
      valley(y, g);
      for (int i = 0; i < 2; i++) y[i] -= rate * g[i];
    }
  } else if (strcmp(id, "momentum") == 0) {
    for (int t = 0; t < steps; t++) {
      valley(y, g);
      for (int i = 0; i < 2; i++) {
        v[i] = 0.9 * v[i] + g[i];
        y[i] -= rate * v[i];
      }
    }
  } else if (strcmp(id, "adam") == 0) {
    for (int t = 0; t < steps; t++) {
      power1 *= 0.9;
      power2 *= 0.999;
      double first = rate / (1 - power1), second = 1 / (1 - power2);
      valley(y, g);
      for (int i = 0; i < 2; i++) {
        m[i] = 0.9 * m[i] + (1 - 0.9) * g[i];
        v[i] = 0.999 * v[i] + (1 - 0.999) * g[i] * g[i];
        y[i] -= first * (m[i] / (sqrt(v[i] * second) + 1e-8));
      }
    }
  } else if (strcmp(id, "lion") == 0) {
    for (int t = 0; t < steps; t++) {
      valley(y, g);
      for (int i = 0; i < 2; i++) {
        double c = 0.9 * m[i] + (1 - 0.9) * g[i];
        y[i] -= rate * (c > 0 ? 1 : c < 0 ? -1 : c);
        m[i] = 0.99 * m[i] + (1 - 0.99) * g[i];
      }
    }
  } else {
    return false;
  }
  x[0] = y[0];
  x[1] = y[1];
  return true;
}

int baseline_map(const double *rates, int columns, const double *betas, int rows, int steps, double kappa,
                 double x, double y, double target) {
  int sum = 0;
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) {
      double rate = rates[column], beta = betas[row], a = x, b = y, u = 0, v = 0;
      int reached = -1;
      for (int t = 1; t <= steps; t++) {
        u = beta * u + kappa * a;
        v = beta * v + b;
        a -= rate * u;
        b -= rate * v;
        double loss = 0.5 * (kappa * a * a + b * b);
        if (!isfinite(loss)) break;
        if (reached < 0 && loss < target) reached = t;
      }
      sum += reached;
    }
  }
  return sum;
}
