import Canvas
import Experiments
import OptimizerCore

extension ViewContext {
  /// The selected entry, with the knobs that it has now, as a framework's line.
  ///
  /// - Throws: why there is none, or that the screen has no room for it and who has.
  func line(in framework: Framework) throws(OptionError) -> String {
    guard !isBlind else { throw OptionError(Explorer.blindObstacle) }
    guard entries.indices.contains(selectedEntry) else {
      throw OptionError("there is no entry yet: a adds one")
    }
    let spec = moment.spec(entry: selectedEntry)
    let line: String
    do throws(SpecError) { line = try framework.line(for: spec) } catch { throw OptionError(error.message) }
    guard Text.width(of: line) <= layout.caption.width else {
      throw OptionError(
        "too long for this screen: descent describe \(ShellText.quoted(spec.description)) --as \(framework.rawValue)"
      )
    }
    return line
  }
}
