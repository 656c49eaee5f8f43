import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// K-FAC on losses whose Hessian is exactly a Kronecker product, against an independent computation in NumPy.
@Suite struct KroneckerTests {
  static let cases = ReferenceCase.all("kfac")

  /// The file's λ is added to each factor, our √τ is; so τ = λ².
  static func spec(_ c: ReferenceCase) -> String {
    let λ = Double(c.settings["lambda"]!)!
    return "kfac:lr=\(c.settings["lr"]!),damping=\((λ * λ).shortest)"
  }

  @Test func allCasesAreThere() { #expect(Self.cases.count == 8) }

  @Test(arguments: cases) func peersAgree(_ c: ReferenceCase) throws {
    let problem = MatrixProblem<Double>(c.file, c.surface)
    let points = try path(Self.spec(c), on: problem, from: c.start, steps: c.steps)
    for (index, t) in c.indices.enumerated() {
      for i in c.start.indices {
        #expect((points[t][i] - c.trajectory[index][i]).magnitude <= c.tolerance, "step \(t), entry \(i)")
      }
    }
  }

  @Test(arguments: cases) func lanesAgree(_ c: ReferenceCase) throws {
    let spec = try OptimizerSpec(Self.spec(c))
    let start = c.start.map { x in
      var lanes = Lanes(repeating: x)
      for lane in 1..<8 { lanes[lane] += 0.125 * Double(lane) }
      return lanes
    }
    var eight = try #require(spec.makeLanes())
    let together = run(&eight, on: MatrixProblem<Lanes>(c.file, c.surface), from: start, steps: 10)
    for lane in 0..<8 {
      var one = spec.makeScalar()
      let alone = run(
        &one, on: MatrixProblem<Double>(c.file, c.surface), from: start.map { $0[lane] }, steps: 10)
      for i in alone.indices { #expect(alone[i].bitPattern == together[i][lane].bitPattern) }
    }
  }

  /// With `refresh=n` the factors are computed in the first step and every n steps from there, and are paid for then.
  @Test func factorsAreRefreshedInTurn() throws {
    let problem = MatrixProblem<Double>("kfac", "tall")
    _ = try path("kfac:lr=0.1,refresh=4", on: problem, from: [Double](repeating: 0.5, count: 12), steps: 9)
    // Nine gradients, and factors in the steps 1, 5 and 9.
    #expect(problem.cost.evaluations == 12)
  }

  /// A factor of which nothing is left is no factor: the step says so and is none.
  @Test func aSingularFactorIsSaid() throws {
    let flat = MatrixProblem<Double>(a: [[1, 1]], b: [[1, 2], [0, 1]], c: [[1, 2]], rows: 2, columns: 2)
    var optimizer = try OptimizerSpec("kfac:damping=0").makeScalar()
    let end = run(&optimizer, on: flat, from: [1, 2, 3, 4], steps: 1)
    #expect(optimizer.events == [StepEvent.singularFactor])
    #expect(end.allSatisfy { $0.isNaN })
    var damped = try OptimizerSpec("kfac:damping=0.01").makeScalar()
    let moved = run(&damped, on: flat, from: [1, 2, 3, 4], steps: 1)
    #expect(damped.events.isEmpty && moved.allSatisfy { $0.isFinite })
  }
}
