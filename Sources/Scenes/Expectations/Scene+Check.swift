extension Scene {
  /// Runs what the expectations speak of and says of each whether it holds.
  ///
  /// The same scene gives the same findings, to the last bit.
  public func check() -> [ExpectationFinding] {
    let runner = ExpectationRunner(experiment)
    var findings: [ExpectationFinding] = []
    for expectation in expectations {
      do throws(ExpectationError) {
        let verdict = try runner.verdict(on: expectation.statement)
        findings.append(
          ExpectationFinding(expectation: expectation, holds: verdict.holds, reason: verdict.reason))
      } catch {
        findings.append(
          ExpectationFinding(
            expectation: expectation, holds: false,
            reason: "\(error.message) (character \(error.offset + 1))"))
      }
    }
    return findings
  }
}
