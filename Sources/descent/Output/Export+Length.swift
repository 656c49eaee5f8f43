import Experiments
import Exports
import OptimizerCore

extension Export {
  /// Refuses an animation that would go on for too long: more frames are surely not what was meant. Frames of figures are
  /// larger than those of text.
  func checkLength(of kind: ExportKind, _ path: String) throws {
    guard kind.isAnimation else { return }
    let limit = kind == .animation ? 20_000.0 : 2000
    guard frameCount > limit else { return }
    let seconds = NumberText.setting(duration)
    throw Failure(
      .usage,
      "'\(Excerpt.of(path))' would last \(seconds) seconds, with more than \(Int(limit)) frames; "
        + "--step N ends it earlier, --speed N plays it faster")
  }
}
