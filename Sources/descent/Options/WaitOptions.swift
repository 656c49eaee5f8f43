import ArgumentParser
import OptimizerCore

/// The option that says how long a picture may take, shared by the commands that draw one without a terminal.
struct WaitOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds that maps, rain and fans may take, at most; then the picture is written as far as it is, and says so.",
      valueName: "seconds"))
  var wait: String = "60"

  /// How many seconds are waited.
  func seconds() throws -> Double {
    guard let seconds = Double(wait), seconds >= 0, seconds <= 1e6 else {
      throw Failure(
        .usage, "--wait must be a number of seconds from 0 to 1000000, got '\(Excerpt.of(wait))'")
    }
    return seconds
  }
}
