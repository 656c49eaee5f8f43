extension Scene {
  /// Runs what the expectations speak of and says of each whether it holds.
  ///
  /// The same scene gives the same findings, to the last bit.
  ///
  /// - Parameter tellsValues: whether findings hold the sides of comparisons as they came out, too.
  public func check(tellingValues tellsValues: Bool = false) -> [ExpectationFinding] {
    let runner = ExpectationRunner(experiment)
    var findings: [ExpectationFinding] = []
    for expectation in expectations {
      do throws(ExpectationError) {
        let verdict = try runner.verdict(on: expectation.statement())
        var finding = ExpectationFinding(
          expectation: expectation, holds: verdict.holds, reason: verdict.reason)
        if tellsValues { finding.values = try runner.values(of: expectation.statement()) }
        findings.append(finding)
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
