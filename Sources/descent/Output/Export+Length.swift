import Experiments
import Exports
import OptimizerCore

extension Export {
  /// An animation of more frames is surely not what was meant.
  private static let frameLimit = 20_000.0

  /// Refuses an animation that would go on for too long.
  func checkLength(of path: String) throws {
    guard frameCount > Export.frameLimit else { return }
    let seconds = NumberText.setting(duration)
    throw Failure(
      .usage,
      "'\(Excerpt.of(path))' would last \(seconds) seconds, with more than \(Int(Export.frameLimit)) frames; "
        + "--step N ends it earlier, --speed N plays it faster")
  }
}
