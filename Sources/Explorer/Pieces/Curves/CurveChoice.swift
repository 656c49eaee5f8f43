/// What the curves show, and on which axes.
struct CurveChoice: Hashable {
  var quantity = CurveQuantity.loss
  /// Whether they stand over gradient evaluations instead of steps.
  var countsEvaluations = false
  var isLogarithmic = true
}
