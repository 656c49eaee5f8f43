import Experiments

/// How far a check has come, for a person who waits at a terminal: a line that counts, and in the end the scenes that took
/// longest.
struct CheckProgress: Sendable {
  private let total: Int
  private let begin = Clock.seconds
  private let isShown: Bool

  /// Of so many scenes; nothing is said of one alone, nor where standard error is no terminal.
  init(of total: Int) {
    self.total = total
    isShown = total > 1 && Output.canRewrite
    show(0)
  }

  /// Does a part of the work and tells how many seconds it took.
  static func measure<Result>(_ work: () -> Result) -> (result: Result, seconds: Double) {
    let begin = Clock.seconds
    let result = work()
    return (result, Clock.seconds - begin)
  }

  /// Says how many scenes are checked.
  func show(_ done: Int) {
    guard isShown else { return }
    let seconds = NumberText.fixed((Clock.seconds - begin).rounded(.down), decimals: 0)
    Output.rewriteLine("checked \(done) of \(total) scenes, \(seconds) s")
  }

  /// Takes the line away, and names the scenes that took longest.
  func end(_ times: [(name: String, seconds: Double)]) {
    guard isShown else { return }
    Output.rewriteLine("")
    let longest = times.sorted { $0.seconds > $1.seconds }.prefix(3)
    let words = longest.map { "\($0.name) \(NumberText.fixed($0.seconds, decimals: 1)) s" }
    Output.remark("longest: \(words.joined(separator: ", "))")
  }
}
