import Experiments
import Explorer
import Glibc

/// How long is waited for pictures to be finished.
final class Patience {
  private let begin = Clock.seconds
  private let seconds: Double
  /// Whether a person at the terminal is told what is being waited for, once it takes long.
  private var tells: Bool

  /// So many seconds from now on.
  init(seconds: Double, tells: Bool = false) {
    self.seconds = seconds
    self.tells = tells && isatty(2) == 1
  }

  /// Waits for a moment; false once time is over.
  func waits() -> Bool {
    usleep(2000)
    let passed = Clock.seconds - begin
    if tells, passed > 2 {
      tells = false
      Output.remark(
        "computing the picture for \(NumberText.brief(seconds)) s at most: --wait sets how long, Ctrl-C ends it"
      )
    }
    return passed < seconds
  }
}

extension Explorer {
  /// Waits until all that the picture shows is computed, as long as there is patience. If it is not, the picture says how
  /// much of it is there.
  ///
  /// - Returns: what it says; nil for a picture that is finished.
  @discardableResult
  mutating func finishWork(_ patience: Patience) -> String? {
    finishWork(while: patience.waits)
    guard progress < 1 else { return nil }
    let share = NumberText.fixed((progress * 1000).rounded(.down) / 10, decimals: 1)
    let words = "unfinished: \(share) % of what it shows is computed"
    note(words)
    return words
  }
}
