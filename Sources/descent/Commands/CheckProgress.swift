import Experiments
import Glibc
import Synchronization

/// How far a check of many scenes has come, and which of them took longest: for a person who waits at a terminal.
final class CheckProgress: Sendable {
  private struct Times {
    var done: [(name: String, seconds: Double)] = []
  }

  private let count: Int
  private let tells: Bool
  private let times = Mutex(Times())

  /// A check of so many scenes. It is told where standard error is a terminal and there is more than one.
  init(of count: Int) {
    self.count = count
    tells = count > 1 && isatty(2) == 1
  }

  /// Does a part of the work and notes how long it took.
  func measure<Result>(_ name: String, _ work: () -> Result) -> Result {
    let begin = Clock.seconds
    let result = work()
    let seconds = Clock.seconds - begin
    times.withLock { times in
      times.done.append((name, seconds))
      if tells { Output.progress("\(times.done.count) of \(count) scenes") }
    }
    return result
  }

  /// Takes the line away and names the scenes that took longest.
  func end() {
    guard tells else { return }
    Output.progress("")
    let longest = times.withLock { $0.done.sorted { $0.seconds > $1.seconds }.prefix(3) }
    let words = longest.map { "\($0.name) \(NumberText.fixed($0.seconds, decimals: 1)) s" }
    Output.remark("longest: \(words.joined(separator: ", "))")
  }
}
