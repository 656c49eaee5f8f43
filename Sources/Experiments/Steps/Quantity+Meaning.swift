package import OptimizerCore

extension Quantity {
  /// What a letter of a line stands for there; nil for a setting and the step number.
  package init?(of name: String, _ meaning: RecipeExpression.Meaning, among quantities: [String: Quantity]) {
    if meaning.isKnob {
      // A decay of 0 is a setting that leaves a line out.
      guard name == "w" else { return nil }
      self = .decay
    } else if let quantity = quantities[name], name != "t" {
      self = quantity
    } else {
      return nil
    }
  }
}
