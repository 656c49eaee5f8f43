import Foundation
import Testing

@testable import OptimizerCore

/// The rules that no peer has, against 50-digit arithmetic (Reference/high_precision.py).
@Suite struct HighPrecisionTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let spec: String
    let surface: String
    let trajectory: [[Double]]
    let averages: [[Double]?]?
    var testDescription: String { "\(spec) on \(surface)" }
  }

  static let cases: [Case] = {
    struct File: Decodable { let cases: [Case] }
    let url = Bundle.module.resourceURL!.appendingPathComponent("Reference/high_precision.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }()

  @Test(arguments: cases) func path(_ c: Case) {
    let oracle = SurfaceOracle(c.surface, dimension: 2)
    var optimizer = try! OptimizerSpec(c.spec).makeScalar()
    _ = run(&optimizer, on: oracle, from: c.trajectory[0], steps: c.trajectory.count - 1) { t, x, now in
      for i in 0..<2 {
        let expected = c.trajectory[t][i]
        #expect((x[i] - expected).magnitude <= 1e-11 * (1 + expected.magnitude), "step \(t), coordinate \(i)")
        guard let average = c.averages?[t] else { continue }
        let shown = now.state.first { $0.symbol == "θ̄" }!.values
        #expect(
          (shown[i] - average[i]).magnitude <= 1e-12 * (1 + average[i].magnitude), "average of step \(t)")
      }
    }
  }
}
