import Testing

@testable import OptimizerCore

/// Where SAM's base gets its gradient, for every norm of the ball.
struct SharpnessTests {
  private static let g = [3, -4, 0.5]

  /// Where it is, from the origin of a linear loss or from a point.
  private static func move<Scalar: Lane>(
    _ spec: String, from start: [Scalar], _ optimizer: (OptimizerSpec) -> any Optimizer<Scalar>
  ) throws -> [Scalar] {
    var sam = optimizer(try OptimizerSpec(spec))
    _ = run(&sam, on: Plane<Scalar>(g), from: start, steps: 1)
    let probe = try #require(sam.state.first { $0.symbol == "θ+ε̂" }).values
    return zip(probe, start).map { $0 - $1 }
  }

  private static func move(_ spec: String, from start: [Double] = [0, 0, 0]) throws -> [Double] {
    try move(spec, from: start) { $0.makeScalar() }
  }

  /// f = g·x.
  private final class Plane<Scalar: Lane>: ModelOracle<Scalar> {
    let slope: [Double]

    init(_ slope: [Double]) {
      self.slope = slope
      super.init(layout: .vector(slope.count))
    }

    override func evaluateGradient(
      at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>
    ) -> Scalar {
      for i in 0..<x.count { gradient[i] = Scalar(repeating: slope[i]) }
      return .zero
    }

    override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar { .zero }
  }

  /// NumPy's ρ sign(g) |g|^(q−1)/(Σ|g|^q)^(1/p).
  @Test(arguments: [
    ("p=1.25", [0.02668425964058886, -0.084335437876429, 2.058970651280005e-05]),
    ("p=1.5", [0.04444444444444445, -0.07901234567901236, 0.001234567901234568]),
    ("p=3", [0.07265251821428582, -0.08389190189664422, 0.029660266358876863]),
    ("p=10", [0.09119623801501357, -0.09415838593808112, 0.07473356044486883]),
    ("p=500", [0.09981689597169215, -0.09987445871836227, 0.09945912611604395]),
    ("p=1", [0, -0.1, 0]), ("p=inf", [0.1, -0.1, 0.1]),
  ])
  func theBallIsLeftWhereTheLossIsHighest(_ p: String, _ wanted: [Double]) throws {
    let found = try Self.move("sam(sgd):rho=0.1,\(p)")
    for (ours, theirs) in zip(found, wanted) { #expect((ours - theirs).magnitude <= 1e-15, "\(found)") }
  }

  @Test func weightsStretchTheBall() throws {
    let start = [0.3, -0.2, 2]
    let found = try Self.move("sam(sgd):rho=0.1,p=3,adaptive=on", from: start)
    for (ours, theirs) in zip(found, [0.020779465614576647, -0.013060712040444303, 0.1460231997849172]) {
      #expect((ours - theirs).magnitude <= 1e-15)
    }
  }

  /// What is close to a norm is close to its answer; nothing moves without a slope, or with one that is tiny.
  @Test func theNormsGoOverIntoEachOther() throws {
    for (near, at) in [("p=2.0000001", "p=2"), ("p=1.00001", "p=1"), ("p=999.999", "p=inf")] {
      let (a, b) = (try Self.move("sam(sgd):\(near)"), try Self.move("sam(sgd):\(at)"))
      #expect(zip(a, b).allSatisfy { ($0 - $1).magnitude < 2e-4 }, "\(a) \(b)")
    }
    for p in ["1", "1.5", "2", "3", "inf"] {
      var flat = try OptimizerSpec("sam(sgd):p=\(p)").makeScalar()
      #expect(run(&flat, on: Plane<Double>([0, 0]), from: [1, 2], steps: 2) == [1, 2])
      var tiny = try OptimizerSpec("sam(sgd):rho=1,p=\(p)").makeScalar()
      _ = run(&tiny, on: Plane<Double>([1e-300, 0]), from: [0, 0], steps: 1)
      #expect(tiny.state.first { $0.symbol == "θ+ε̂" }?.values == [1, 0], "p = \(p)")
    }
  }

  @Test func eightAreOne() throws {
    let starts = Self.g.map { start in
      var lanes = Lanes.zero
      for lane in 0..<8 { lanes[lane] = start * Double(lane) }
      return lanes
    }
    for spec in ["sam(sgd):p=1.7", "sam(sgd):p=3,adaptive=on"] {
      let together = try Self.move(spec, from: starts) { $0.makeLanes()! }
      for lane in 0..<8 {
        let alone = try Self.move(spec, from: starts.map { $0[lane] })
        #expect(zip(alone, together).allSatisfy { $0.bitPattern == $1[lane].bitPattern })
      }
    }
  }

  @Test func infinityIsAWord() throws {
    #expect(try OptimizerSpec("sam(sgd):p=inf").description == "sam(sgd):p=inf")
    #expect(try OptimizerSpec("sam(sgd):p=2.5").description == "sam(sgd):p=2.5")
    for (text, what) in [("0.5", ""), ("1000", ""), ("1e9", ""), ("nan", "a number "), ("max", "a number ")] {
      #expect(
        throws: SpecError("p must be \(what)from 1 up to below 1000, or inf, got '\(text)'", column: 12)
      ) { try OptimizerSpec("sam(sgd):p=\(text)") }
    }
    let knob = try #require(OptimizerSpec("sam(sgd)").knobs.first { $0.key == "p" })
    // The slider ends there.
    #expect(knob.format(knob.value(atFraction: 1)) == "inf" && knob.stepped(from: 900, by: 40) == 1000)
    #expect(knob.stepped(from: 1000, by: -1) < 1000)
  }
}
