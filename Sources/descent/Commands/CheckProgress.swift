import Experiments
import Glibc

/// Which scenes of a check took longest: for a person who waits at a terminal.
enum CheckProgress {
  /// Does a part of the work and tells how many seconds it took.
  static func measure<Result>(_ work: () -> Result) -> (result: Result, seconds: Double) {
    let begin = Clock.seconds
    let result = work()
    return (result, Clock.seconds - begin)
  }

  /// Names the scenes that took longest, where standard error is a terminal and there are several.
  static func tell(_ times: [(name: String, seconds: Double)]) {
    guard times.count > 1, isatty(2) == 1 else { return }
    let longest = times.sorted { $0.seconds > $1.seconds }.prefix(3)
    let words = longest.map { "\($0.name) \(NumberText.fixed($0.seconds, decimals: 1)) s" }
    Output.remark("longest: \(words.joined(separator: ", "))")
  }
}
