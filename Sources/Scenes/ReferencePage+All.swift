import Landscapes
package import OptimizerCore

extension ReferencePage {
  /// Every page there is.
  package static let all = [
    Formula.reference, TypedRule.reference, DataSets.reference, SceneFormat.reference, Expectation.reference,
  ]
}
