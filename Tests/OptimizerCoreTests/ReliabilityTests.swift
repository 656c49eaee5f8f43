import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// Problems that go wrong in every way: flat, endless, broken, singular, steep.
final class Hostile<Scalar: Lane>: ModelOracle<Scalar> {
  let kind: Int
  static var kinds: Int { 9 }

  init(_ kind: Int, layout: ParameterLayout) {
    self.kind = kind
    super.init(layout: layout, dependsOnStep: kind == 7)
  }

  /// Slope and curvature in one coordinate.
  private func answer(_ x: Double) -> (value: Double, slope: Double, curvature: Double) {
    switch kind {
    case 0: (0, 0, 0)
    case 1: (x, 1, 0)
    case 2: (-x * x * x * x, -4 * x * x * x, -12 * x * x)
    case 3: (.nan, .nan, .nan)
    case 4: (x < 0 ? .infinity : x * x, x < 0 ? -.infinity : 2 * x, 2)
    case 5: (1e300 * x * x, 2e300 * x, 2e300)
    case 6: (1e-300 * x * x, 2e-300 * x, 2e-300)
    case 7: step % 3 == 0 ? (.nan, .nan, .nan) : (x * x, 2 * x, 2)
    default: (x.magnitude.squareRoot(), x == 0 ? 0 : 0.5 / (x < 0 ? -1 : 1) / x.magnitude.squareRoot(), -1)
    }
  }

  override func evaluateGradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>)
    -> Scalar
  {
    var sum = Scalar.zero
    for i in 0..<x.count {
      gradient[i] = x[i].map { answer($0).slope }
      sum += x[i].map { answer($0).value }
    }
    return sum
  }

  override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar {
    var sum = Scalar.zero
    for i in 0..<x.count { sum += x[i].map { answer($0).value } }
    return sum
  }

  override func evaluateHessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    for i in 0..<x.count {
      for j in 0..<x.count { hessian[i * x.count + j] = i == j ? x[i].map { answer($0).curvature } : .zero }
    }
  }
}

@Suite struct ReliabilityTests {
  static let layouts = [
    ParameterLayout.vector(2), .vector(1), .vector(5), ParameterLayout([("W", 2, 2)]),
    ParameterLayout([("W", 3, 2), ("b", 1, 3), ("c", 1, 1)]),
  ]

  /// A spec with random settings, some of them at the ends of their ranges, and sometimes wrapped.
  static func spec(_ id: String, _ random: inout SplitMix64) throws -> OptimizerSpec {
    let simple = ["sgd", "adam", "momentum", "lion", "rprop"]
    let entry = OptimizerRegistry.entry(id)!
    var text = id
    if entry.isWrapper { text = "\(id)(\(simple[Int(random.next() % 5)]))" }
    if random.next() % 4 == 0 { text = "lookahead(\(text)):k=3" }
    if random.next() % 6 == 0, try OptimizerSpec(text).hasLearningRate {
      text += (text.hasSuffix(")") || !text.contains(":") ? ":" : ",") + "schedule=warmup(3)>cosine(9)"
    }
    var spec = try OptimizerSpec(text)
    for knob in spec.knobs {
      switch random.next() % 4 {
      case 0: spec.set(knob.key, to: knob.value(atFraction: random.uniform()))
      case 1: spec.set(knob.key, to: random.next() % 2 == 0 ? knob.range.lowerBound : knob.range.upperBound)
      default: break
      }
    }
    return spec
  }

  /// Every run ends: no crash, no endless loop, and its state and recipe can be read. 12 000 runs over the registry.
  @Test(arguments: ConformanceTests.ids) func everyRunEnds(_ id: String) throws {
    var random = SplitMix64(state: id.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    let runs = 12_000 / ConformanceTests.ids.count + 1
    for round in 0..<runs {
      let spec = try Self.spec(id, &random)
      #expect(try OptimizerSpec(spec.description) == spec)
      let layout = Self.layouts[Int(random.next() % UInt64(Self.layouts.count))]
      let kind = Int(random.next() % UInt64(Hostile<Double>.kinds))
      let special = [0, -0.0, 1, -1, 1e-300, 1e150, .infinity, .nan]
      var start: [Double] = []
      for _ in 0..<layout.count {
        start.append(random.next() % 6 == 0 ? special[Int(random.next() % 8)] : 20 * random.uniform() - 10)
      }
      let steps = 1 + Int(random.next() % 12)
      var one = spec.makeScalar()
      let x = run(&one, on: Hostile<Double>(kind, layout: layout), from: start, steps: steps)
      _ = one.state
      _ = one.events
      _ = one.learningRate
      _ = one.search
      #expect(one.effectiveRates?.contains { $0.isNaN } != true)
      if let furthest = one.ball.furthest(along: start) { #expect(furthest.count == start.count) }
      #expect(!one.lines(after: StepRecord(before: start, after: x, gradient: start)).isEmpty)
      guard round % 6 == 0, var eight = spec.makeLanes() else { continue }
      let wide = start.map { Lanes(repeating: $0) }
      let together = run(&eight, on: Hostile<Lanes>(kind, layout: layout), from: wide, steps: steps)
      for i in x.indices {
        let same = x[i].bitPattern == together[i][5].bitPattern || (x[i].isNaN && together[i][5].isNaN)
        #expect(same, "\(spec) on \(kind): \(x[i]) alone, \(together[i][5]) among eight")
      }
    }
  }

  /// Slope without curvature gives a step that is not finite, not a crash and not a made-up number.
  @Test(arguments: ["newton", "newton:saddle_free=on", "diagonal-newton"])
  func singularHessian(_ spec: String) throws {
    let points = try path(spec, on: Hostile<Double>(1, layout: .vector(2)), from: [1, 2], steps: 1)
    #expect(!points[1][0].isFinite && !points[1][1].isFinite)
    let flat = try path(spec, on: Hostile<Double>(0, layout: .vector(2)), from: [1, 2], steps: 3)
    #expect(flat[3] == [1, 2])
  }
}
