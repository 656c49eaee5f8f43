// Optimizers on Rosenbrock's valley as scalar C: the same rules with the same hyperparameters and the same operations in
// the same order as the shared core, so that a run ends at the same bits.
#pragma once

#include "Networks.h"

#include <stdbool.h>

/// Writes the gradient at `x` and returns the loss; `problem` is whatever the function was registered with.
typedef double (*baseline_gradient)(const double *x, double *gradient, const void *problem);

/// One optimizer with its settings and its state in arrays.
struct baseline;

/// An optimizer by its id, with default settings but for the learning rate; NULL if there is no baseline of that id.
struct baseline *baseline_make(const char *id, int dimension, double rate);
/// Frees it.
void baseline_free(struct baseline *optimizer);
/// Forgets the state, as before the first step.
void baseline_reset(struct baseline *optimizer);
/// Moves `x` by so many steps. The rule is called through a pointer, as it is chosen by name; so is the gradient.
void baseline_run(struct baseline *optimizer, double *x, int steps, baseline_gradient gradient,
                  const void *problem);

/// The gradient of (1 − x)² + 100 (y − x²)², coded by hand.
double baseline_rosenbrock(const double *x, double *gradient, const void *problem);

/// Samples (1 − x)² + 100 (y − x²)² at the pixel centres of a window, the top row first.
void baseline_field(double *values, int columns, int rows, double x_low, double x_high, double y_low,
                    double y_high);

/// The same course with rule and gradient written into one loop, its state in registers: what a person would write for
/// this one rule on this one valley. Moves `x`; false if there is none of that id.
bool baseline_fused(const char *id, double *x, int steps, double rate);

/// A map of momentum on ½(κx² + y²), rates along the columns and decay rates along the rows, one run after the other:
/// the sum over all cells of the first step below the target, −1 where there is none.
int baseline_map(const double *rates, int columns, const double *betas, int rows, int steps, double kappa,
                 double x, double y, double target);
