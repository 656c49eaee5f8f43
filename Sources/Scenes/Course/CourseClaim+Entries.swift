extension CourseClaim {
  /// All of them, by their numbers.
  package static let all: [CourseClaim] = [
    CourseClaim(
      1, [.b],
      "In a bowl every downhill step points at the centre; in an ellipse it does not."),
    CourseClaim(
      2, [.b, .e],
      "One learning rate cannot suit both axes of a ravine: the steps grow with κ."),
    CourseClaim(
      3, [.a],
      "Momentum trades one vector of memory for √κ, each method at its own best setting."),
    CourseClaim(
      4, [.a, .b, .d, .e],
      "Momentum cancels across a ravine and adds up along it."),
    CourseClaim(
      5, [.b],
      "Momentum carries through a plateau and past a saddle, if it arrives with speed."),
    CourseClaim(
      6, [.b],
      "A cliff throws gradient descent away; clipping and Adam's bounded step survive."),
    CourseClaim(
      7, [.a, .e],
      "Nesterov's method looks ahead before it corrects: O(1/k²) against O(1/k) on smooth convex functions."),
    CourseClaim(
      8, [.e],
      "On a strongly convex and smooth function gradient descent contracts by 1 − α/β a step."),
    CourseClaim(
      9, [.e],
      "Gradient descent is a discretised flow, Nesterov's method a differential equation of second order."),
    CourseClaim(
      10, [.b],
      "The condition number is a ratio of curvatures; preconditioning makes the contours round."),
    CourseClaim(
      11, [.b],
      "Preconditioned by the Hessian, one step solves the worked example."),
    CourseClaim(
      12, [.a, .d, .e],
      "Newton's method solves a quadratic in one step."),
    CourseClaim(
      13, [.d],
      "Away from a minimum Newton's method can go uphill, to a saddle or a maximum."),
    CourseClaim(
      14, [.a, .b, .d],
      "AdaGrad's steps shrink for ever: fine where a loss is convex, a stall elsewhere."),
    CourseClaim(
      15, [.a, .b, .d],
      "RMSProp forgets, so it does not stall; its early steps are long."),
    CourseClaim(
      16, [.a, .b],
      "Adam's bias correction gives the right size from the first step."),
    CourseClaim(
      17, [.b],
      "Adam does not notice the scale of the loss."),
    CourseClaim(
      18, [.b],
      "Adam's steps are bounded, by η in quiet times and by η(1−β₁)/√((1−β₂)(1−β₁²/β₂)) always."),
    CourseClaim(
      19, [.b],
      "Adam reads the ratio of noise to signal: noisy coordinates move less."),
    CourseClaim(
      20, [.b],
      "Adam can fail on a convex online problem where AMSGrad does not."),
    CourseClaim(
      21, [.b, .d, .e],
      "L2 inside Adam is not weight decay; AdamW decouples it."),
    CourseClaim(
      22, [.b, .d, .e],
      "For plain gradient descent the two coincide; with momentum they part."),
    CourseClaim(
      23, [.a],
      "Lion moves by signs, needs a smaller rate, and never settles at a constant one."),
    CourseClaim(
      24, [.a],
      "AdaGrad, RMSProp, Adam: each repairs the one before."),
    CourseClaim(
      25, [.a, .b],
      "Diagonal preconditioners depend on the axes."),
    CourseClaim(
      26, [.e],
      "AdaGrad with the full matrix does not."),
    CourseClaim(
      27, [.d],
      "Schedules: the noise floor drops with the learning rate."),
    CourseClaim(
      28, [.c],
      "Rates whose sum diverges and whose squares add up converge under noise; both are sufficient, not necessary."
    ),
    CourseClaim(
      29, [.c],
      "Minibatch noise has the covariance Σ/b: half the noise needs four times the batch."),
    CourseClaim(
      30, [.a, .c],
      "Heavy-tailed noise jumps, and jumps leave sharp minima."),
    CourseClaim(
      31, [.a],
      "Gradient descent leaves sharp minima sooner than Adam, which damps the noise."),
    CourseClaim(
      32, [.a],
      "Adam's limit of small steps has a vector field of its own, zero where m is."),
    CourseClaim(
      33, [.d],
      "Lookahead: k steps forward, one step back. An unstable rate is rescued for odd k alone."),
    CourseClaim(
      34, [.d],
      "SAM prefers flat minima and costs two gradients a step."),
    CourseClaim(
      35, [.d],
      "SAM's probe depends on the norm of its ball."),
    CourseClaim(
      36, [.d],
      "Muon's step is the sign of a matrix: all singular values alike, whatever the loss's scale."),
    CourseClaim(
      37, [.d],
      "Newton-Schulz comes near that sign in five iterations, where singular values are not too small."),
    CourseClaim(
      38, [.a],
      "The natural gradient does not depend on the parameterisation, up to the length of its steps."),
    CourseClaim(
      39, [.a, .c],
      "K-FAC takes a layer's Fisher matrix for a Kronecker product, with far less memory; it is exact for one layer alone."
    ),
    CourseClaim(
      40, [.c],
      "Gauss-Newton is fast where residuals are small, and needs damping elsewhere."),
    CourseClaim(
      41, [.c],
      "Backpropagation costs one to two more forward passes, finite differences one for each parameter."),
    CourseClaim(
      42, [.a, .c],
      "The classification of peaks by a network 2-32-5 with 261 parameters."),
    CourseClaim(
      43, [.a, .c],
      "The tables of optimizers on it: what of them is stable from seed to seed, and what is not."),
    CourseClaim(
      44, [.b],
      "From zero gradient descent finds the solution of least norm, adaptive methods another."),
    CourseClaim(
      45, [.d],
      "The landscape of a network on two filter-normalised directions, and how much of the path it holds."),
    CourseClaim(
      46, [.d, .e],
      "Initialisation decides whether gradients vanish or explode."),
    CourseClaim(
      47, [.c],
      "Stochastic approximation against sample average approximation."),
    CourseClaim(
      48, [.d],
      "Sampling schemes are random reweightings with mean one: the same mean, other clouds."),
    CourseClaim(
      49, [.a, .b, .d],
      "Adaptive rates help features that are seldom seen."),
    CourseClaim(
      50, [.a],
      "The noise floor depends on the ratio η/b alone."),
    CourseClaim(
      51, [.a, .d],
      "What each method stores: nothing, one vector, two, a matrix a layer."),
    CourseClaim(
      52, [.b],
      "Normalised features are no cure, and unlike ones slow gradient descent but not Gauss-Newton."),
    CourseClaim(
      53, [.b],
      "In high dimension saddles are far commoner than minima."),
    CourseClaim(
      54, [.b],
      "On Wilson's problem gradient descent generalises perfectly, adaptive methods err with P(y = −1)."),
    CourseClaim(
      55, [.d],
      "The mean of ‖∇f‖² falls as 1/T without noise, and as σ/√(BT) with it."),
    CourseClaim(
      56, [.c, .d],
      "Near a minimum Newton's method doubles the digits, and Gauss-Newton does where residuals vanish."),
    CourseClaim(
      57, [.a],
      "Heavy ball is not O(1/k²): on a smooth convex function it can cycle where look-ahead converges."),
    CourseClaim(
      58, [.d],
      "The robust loss of SAM prefers the higher, flatter minimum."),
    CourseClaim(
      59, [.d],
      "Muon's step is the steepest one in the spectral norm."),
    CourseClaim(
      60, [.d, .e],
      "Xavier and He keep the size of activations and gradients through the depth; the gain counts squared."),
    CourseClaim(
      61, [.b],
      "On the slide's sequence Adam's average regret stays, AMSGrad's falls."),
    CourseClaim(
      62, [.b],
      "m̂ and v̂ are unbiased."),
    CourseClaim(
      63, [.a],
      "Adaptive methods work over a wider range of learning rates."),
    CourseClaim(
      64, [.a],
      "At the edge of stability the step size chooses the minimum: the curvature comes to rest below 2/η."),
    CourseClaim(
      65, [.d],
      "Early stopping: the loss on other data is least long before training ends."),
  ]
}
