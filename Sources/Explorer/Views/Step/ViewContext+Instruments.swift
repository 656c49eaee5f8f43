import Experiments
import Scenes

extension ViewContext {
  /// What the overlays show at the playhead.
  ///
  /// - Parameters:
  ///   - moment: the step that is looked at, where it is not the one that led to the playhead.
  ///   - alwaysArrows: whether its arrows are drawn whatever the overlays are.
  ///   - steps: the steps looked at last.
  func instruments(
    _ moment: StepMoment? = nil, alwaysArrows: Bool = false, keeping steps: inout StepMemory
  ) -> Instruments {
    Instruments(
      shown: subject.instruments(moment, next: nextLandscape, alwaysArrows: alwaysArrows, keeping: &steps))
  }
}
