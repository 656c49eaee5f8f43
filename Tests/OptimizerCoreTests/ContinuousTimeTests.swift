import Foundation
import Testing

@testable import OptimizerCore

@Suite struct ContinuousTimeTests {
  /// x(t) = x₀ e^{−λt}.
  @Test func flowOnAQuadratic() throws {
    for λ in [0.3, 1, 40] {
      let points = try path(
        "flow:dt=0.05", on: Quadratic<Double>.diagonal([λ, 1]), from: [2, -1], steps: 60)
      for (t, point) in points.enumerated() {
        #expect((point[0] - 2 * exp(-λ * 0.05 * Double(t))).magnitude < 1e-7, "λ = \(λ), step \(t)")
        #expect((point[1] + exp(-0.05 * Double(t))).magnitude < 1e-7)
      }
    }
  }

  /// Halving the rate halves the distance of gradient descent from the flow.
  @Test func gradientDescentTendsToTheFlow() throws {
    let surface = SurfaceOracle("double_well", dimension: 2)
    let end = try path("flow:dt=0.5", on: surface, from: [0.05, 1.3], steps: 8)[8]
    var distances: [Double] = []
    for n in [40, 80, 160] {
      let last = try path("sgd:lr=\(4 / Double(n))", on: surface, from: [0.05, 1.3], steps: n)[n]
      distances.append(hypot(last[0] - end[0], last[1] - end[1]))
    }
    #expect(
      (distances[0] / distances[1] - 2).magnitude < 0.2 && (distances[1] / distances[2] - 2).magnitude < 0.1)
  }

  /// x(t) = x₀ · 2 J₁(√λ t)/(√λ t).
  @Test func nesterovFlowOnAQuadratic() throws {
    for λ in [0.5, 9] {
      let points = try path(
        "nesterov-flow:dt=0.1", on: Quadratic<Double>.diagonal([λ]), from: [3], steps: 120)
      for t in 1...120 {
        let s = λ.squareRoot() * 0.1 * Double(t)
        #expect((points[t][0] - 3 * 2 * j1(s) / s).magnitude < 1e-6, "λ = \(λ), step \(t)")
      }
    }
  }

  @Test func nesterovTendsToItsFlow() throws {
    let quadratic = Quadratic<Double>.diagonal([4, 1])
    let end = try path("nesterov-flow:dt=0.5", on: quadratic, from: [1, 1], steps: 6)[6]
    var distances: [Double] = []
    for k in [300, 600] {
      let η = pow(3 / Double(k), 2)
      let last = try path("nesterov-convex:lr=\(η)", on: quadratic, from: [1, 1], steps: k)[k]
      distances.append(hypot(last[0] - end[0], last[1] - end[1]))
    }
    #expect(distances[1] < 0.6 * distances[0] && distances[1] < 0.01, "\(distances)")
  }

  /// With a constant gradient m̂ = g and v̂ = g², so the speed is 1 in every coordinate.
  @Test func adamFlowOnASlope() throws {
    let points = try path(
      "adam-flow:lr=0.01,eps=0", on: Slope([5, -0.02], layout: .vector(2)), from: [0, 0], steps: 200)
    for (t, point) in points.enumerated() {
      #expect(
        (point[0] + 0.01 * Double(t)).magnitude < 1e-7 && (point[1] - 0.01 * Double(t)).magnitude < 1e-7)
    }
  }

  /// As η falls with c = (1 − β)/η kept, Adam tends to the flow.
  @Test func adamTendsToItsFlow() throws {
    let surface = SurfaceOracle("himmelblau", dimension: 2)
    func last(_ name: String, _ η: Double, _ steps: Int) throws -> [Double] {
      let settings = "lr=\(η),beta1=\(1 - 10 * η),beta2=\(1 - 2 * η)"
      return try path("\(name):\(settings)", on: surface, from: [0.5, -1], steps: steps)[steps]
    }
    let end = try last("adam-flow", 0.01, 150)
    let finer = try last("adam-flow", 0.005, 300)
    #expect(hypot(end[0] - finer[0], end[1] - finer[1]) < 1e-6, "the flow does not depend on η")
    var distances: [Double] = []
    for (η, steps) in [(0.01, 150), (0.005, 300), (0.0025, 600)] {
      let point = try last("adam", η, steps)
      distances.append(hypot(point[0] - end[0], point[1] - end[1]))
    }
    #expect(distances[0] < 0.1 && (distances[1] / distances[2] - 2).magnitude < 0.3, "\(distances)")
  }

  /// Stationary variance T/(λ(1 − ηλ/2)), and no correlation between the coordinates.
  @Test func langevinHeatsEvenly() throws {
    let (η, T) = (0.1, 0.5)
    let curvatures = [1.0, 4]
    var langevin = try OptimizerSpec("langevin:lr=\(η),temperature=\(T)").makeScalar()
    var (sums, squares, product, count) = ([0.0, 0], [0.0, 0], 0.0, 0.0)
    _ = run(&langevin, on: Quadratic<Double>.diagonal(curvatures), from: [0, 0], steps: 120_000) { t, x, _ in
      guard t > 100 else { return }
      count += 1
      for i in 0..<2 {
        sums[i] += x[i]
        squares[i] += x[i] * x[i]
      }
      product += x[0] * x[1]
    }
    for i in 0..<2 {
      let variance = squares[i] / count - pow(sums[i] / count, 2)
      let expected = T / (curvatures[i] * (1 - η * curvatures[i] / 2))
      #expect(
        (variance / expected - 1).magnitude < 0.03, "λ = \(curvatures[i]): \(variance) instead of \(expected)"
      )
    }
    #expect((product / count).magnitude < 0.02)
  }

  /// The kicks of Lévy's bath have the characteristic function exp(−ηT|k|^α), so that two of half the time are one; those
  /// of the coordinates are independent.
  @Test(arguments: [1.0, 1.5, 1.9]) func langevinLeaps(_ alpha: Double) throws {
    let (η, T) = (0.4, 0.5)
    var langevin = try OptimizerSpec("langevin:lr=\(η),temperature=\(T),alpha=\(alpha)").makeScalar()
    let ks = [0.5, 1, 2]
    var (sums, product, count, far) = ([0.0, 0, 0], 0.0, 0.0, 0.0)
    _ = run(&langevin, on: Quadratic<Double>.diagonal([0, 0]), from: [0, 0], steps: 40_000) { t, _, now in
      guard t > 0, let kick = now.state.first(where: { $0.symbol == "√(2 η T)ξ" })?.values else { return }
      count += 1
      for (place, k) in ks.enumerated() { sums[place] += (cos(k * kick[0]) + cos(k * kick[1])) / 2 }
      product += cos(kick[0]) * cos(kick[1])
      far += kick[0].magnitude > 5 ? 1 : 0
    }
    for (k, sum) in zip(ks, sums) {
      #expect((sum / count - exp(-η * T * pow(k, alpha))).magnitude < 0.01, "k = \(k): \(sum / count)")
    }
    #expect((product / count - exp(-2 * η * T)).magnitude < 0.01)
    // Of normal kicks one in 10¹⁵ is that long; of Cauchy's 2/π atan(ηT/5).
    #expect(far / count > 0.0005)
    if alpha == 1 { #expect((far / count - 2 / Double.pi * atan(η * T / 5)).magnitude < 0.004) }
  }

  /// At α = 2 nothing changes, and each of eight has its own α.
  @Test func theBathsAreOneRule() throws {
    func oracle() -> Quadratic<Double> {
      let oracle = Quadratic<Double>.diagonal([1, 2])
      oracle.seed([5])
      return oracle
    }
    let plain = try path("langevin:lr=0.1", on: oracle(), from: [1, 1], steps: 20)
    #expect(try path("langevin:lr=0.1,alpha=2", on: oracle(), from: [1, 1], steps: 20) == plain)
    let wide = Quadratic<Lanes>.diagonal([1, 2])
    wide.seed(Array(repeating: 5, count: 8))
    var eight = try OptimizerSpec("langevin:lr=0.1").makeLanes()!
    eight.set("alpha", to: Lanes(2, 1.5, 1, 2, 0.7, 1.9, 0.3, 2))
    let together = run(&eight, on: wide, from: [Lanes(repeating: 1), Lanes(repeating: 1)], steps: 20)
    for (lane, alpha) in [2, 1.5, 1, 2, 0.7, 1.9, 0.3, 2].enumerated() {
      let alone = try path("langevin:lr=0.1,alpha=\(alpha)", on: oracle(), from: [1, 1], steps: 20)[20]
      #expect(alone[0].bitPattern == together[0][lane].bitPattern, "α = \(alpha)")
      #expect(alone[1].bitPattern == together[1][lane].bitPattern, "α = \(alpha)")
    }
  }

  /// The draws depend on seed and step alone; two runs see the same.
  @Test func langevinReplays() throws {
    func last(_ seed: UInt64) throws -> [Double] {
      let oracle = Quadratic<Double>.diagonal([1, 1])
      oracle.seed([seed])
      return try path("langevin", on: oracle, from: [1, 1], steps: 50)[50]
    }
    #expect(try last(3) == last(3))
    #expect(try last(3) != last(4))
    let wide = Quadratic<Lanes>.diagonal([1, 1])
    wide.seed((0..<8).map { UInt64($0) })
    var eight = try OptimizerSpec("langevin").makeLanes()!
    let together = run(&eight, on: wide, from: [Lanes(repeating: 1), Lanes(repeating: 1)], steps: 50)
    for lane in 0..<8 {
      let alone = try last(UInt64(lane))
      #expect(alone[0].bitPattern == together[0][lane].bitPattern)
    }
  }

  @Test func aFlowThatBlowsUpSaysSo() throws {
    // ẋ = x³ leaves every bound at t = 1/(2x₀²).
    final class Hill: ObjectiveOracle<Double> {
      init() { super.init(layout: .vector(1), offers: [], dependsOnStep: false) }
      override func evaluateGradient(at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>)
        -> Double
      {
        gradient[0] = -x[0] * x[0] * x[0]
        return evaluateValue(at: x)
      }
      override func evaluateValue(at x: borrowing Span<Double>) -> Double { -x[0] * x[0] * x[0] * x[0] / 4 }
    }
    var flow = try OptimizerSpec("flow:dt=0.1").makeScalar()
    let x = run(&flow, on: Hill(), from: [1], steps: 6)
    #expect(!flow.events.isEmpty && (x[0].magnitude > 1e3 || !x[0].isFinite))
  }
}
