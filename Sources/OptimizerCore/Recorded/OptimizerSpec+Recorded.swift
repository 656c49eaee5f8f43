/// Recorded runs in specs: `recorded(run.csv)`, `recorded(trace.csv, run=2)`.
extension OptimizerSpec {
  /// Takes what follows the parenthesis of `recorded(`, to its end.
  static func takeRecorded(
    from scanner: inout TextScanner, _ column: Int, _ files: Trajectory.Reader
  ) throws(SpecError) -> Trajectory {
    let (text, start) = scanner.takeText(until: [")"])
    guard scanner.take(")") else {
      throw SpecError("the parenthesis after '\(Recorded.about.id)' is not closed", column: column)
    }
    var path = text
    var run: Int?
    let key = Trajectory.runKey + "="
    if let comma = text.lastIndex(of: ",") {
      let argument = text[text.index(after: comma)...].withoutBlanks
      if argument.hasPrefix(key) {
        path = text[..<comma].withoutBlanks
        run = Int(written: argument.dropFirst(key.count))
        guard let run, run >= 1 else {
          throw SpecError(
            "run must be a whole number from 1 on, got '\(Excerpt.of(argument.dropFirst(key.count)))'",
            column: start)
        }
      }
    }
    guard !path.isEmpty else {
      throw SpecError("recorded needs a file, as in recorded(run.csv)", column: start)
    }
    do {
      return try files(path, run)
    } catch {
      throw SpecError(error.message, column: start)
    }
  }

  /// Where its runs begin whatever the start of a race; nil for a rule, which begins where it is told.
  public var ownStart: [Double]? { trajectory?.rows[0].point }
}
