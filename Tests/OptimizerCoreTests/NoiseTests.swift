import Foundation
import Testing

@testable import OptimizerCore

@Suite struct NoiseTests {
  @Test(arguments: [
    ("none", "none"), ("gaussian", "gaussian()"),
    ("gaussian( sigma = 0.50 , batch=4)", "gaussian(sigma=0.5,batch=4)"),
    ("gaussian(xx=1,xy=0.5,yy=2)", "gaussian(xx=1,xy=0.5,yy=2)"),
    ("levy(alpha=1.5,scale=0.1)", "levy(alpha=1.5,scale=0.1)"),
    ("gaussian(independent=on)", "gaussian(independent=on)"),
  ])
  func normalises(_ text: String, _ expected: String) throws {
    let noise = try Noise(text)
    #expect(noise.description == expected)
    #expect(try Noise(noise.description) == noise)
  }

  @Test(arguments: [
    ("zzzz", "unknown noise 'zzzz', the noises are none, gaussian, levy, minibatch"),
    ("gaussian(abc)", "gaussian: sigma must be a number between 0 and 1000000, got 'abc'"),
    ("none(1)", "none takes no arguments, got '('"),
    ("gausian(sigma=1)", "unknown noise 'gausian', did you mean 'gaussian'?"),
    ("gaussian(sigma=-1)", "gaussian: sigma must be between 0 and 1000000, got '-1'"),
    ("gaussian(sigma=1,xx=1)", "gaussian takes either sigma or the covariance xx, xy, yy, not both"),
    ("gaussian(xx=1,xy=2,yy=1)", "a covariance needs xy² ≤ xx·yy, got xx=1, xy=2, yy=1"),
    ("levy(beta=1)", "levy has no argument 'beta', its arguments are alpha, scale, independent"),
    ("", "a noise is one of none, gaussian, levy, minibatch, but the text ends"),
  ])
  func explains(_ text: String, _ message: String) {
    let error = #expect(throws: SpecError.self) { try Noise(text) }
    #expect(error?.message == message)
  }

  /// The known answers of Philox4x32-10 (Random123).
  @Test func philoxIsPhilox() {
    #expect(Philox(seed: 0).block((0, 0, 0, 0)) == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox(seed: .max).block((.max, .max, .max, .max)) == (
        0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd
      ))
    #expect(
      Philox(seed: 0x299f_31d0_a409_3822).block((0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
        == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  static func draws(_ text: String, count: Int, dimension: Int = 2, seed: UInt64 = 1) throws -> [[Double]] {
    let noise = try Noise(text)
    var draw = [Double](repeating: 0, count: dimension)
    return (1...count).map { step in
      noise.draw(into: &draw, seed: seed, step: step)
      return draw
    }
  }

  @Test func gaussianHasItsCovariance() throws {
    let n = 60_000
    let expected: [(String, Double, Double, Double)] = [
      ("gaussian(sigma=2)", 4.0, 0.0, 4.0), ("gaussian(sigma=2,batch=16)", 0.25, 0, 0.25),
      ("gaussian(xx=4,xy=-1.5,yy=1,batch=2)", 2, -0.75, 0.5), ("gaussian(xx=0,xy=0,yy=1)", 0, 0, 1),
    ]
    for (text, xx, xy, yy) in expected {
      let draws = try Self.draws(text, count: n)
      var (a, b, c) = (0.0, 0.0, 0.0)
      for draw in draws {
        a += draw[0] * draw[0] / Double(n)
        b += draw[0] * draw[1] / Double(n)
        c += draw[1] * draw[1] / Double(n)
      }
      let allowed = 0.03 * (xx + yy)
      #expect(
        (a - xx).magnitude < allowed && (b - xy).magnitude < allowed && (c - yy).magnitude < allowed,
        "\(text)")
    }
    #expect(throws: SpecError.self) {
      try Noise("gaussian(xx=1,yy=1)").check(dimension: 3, samples: 1, hasImportance: false)
    }
    let odd = try Self.draws("gaussian(sigma=1)", count: 20_000, dimension: 3)
    #expect((odd.reduce(0) { $0 + $1[2] * $1[2] } / 20_000 - 1).magnitude < 0.05)
  }

  /// E cos(kX) = exp(−|scale·k|^α).
  @Test func levyHasItsCharacteristicFunction() throws {
    let n = 40_000
    for α in [0.7, 1, 1.5, 2] {
      let draws = try Self.draws("levy(alpha=\(α),scale=0.8)", count: n)
      for k in [0.3, 1, 2.5] {
        let mean = draws.reduce(0) { $0 + cos(k * $1[0]) + cos(k * $1[1]) } / Double(2 * n)
        let odd = draws.reduce(0) { $0 + sin(k * $1[0]) } / Double(n)
        #expect((mean - exp(-pow(0.8 * k, α))).magnitude < 0.015, "α = \(α), k = \(k)")
        #expect(odd.magnitude < 0.02, "symmetric")
      }
    }
  }

  @Test func sameDrawsForAllUnlessIndependent() throws {
    var (a, b) = ([0.0, 0], [0.0, 0])
    let shared = try Noise("gaussian()")
    shared.draw(into: &a, seed: 5, step: 7, stream: 1)
    shared.draw(into: &b, seed: 5, step: 7, stream: 2)
    #expect(a == b)
    shared.draw(into: &b, seed: 6, step: 7, stream: 1)
    #expect(a != b)
    shared.draw(into: &b, seed: 5, step: 8, stream: 1)
    #expect(a != b)
    let own = try Noise("gaussian(independent=on)")
    own.draw(into: &a, seed: 5, step: 7, stream: 1)
    own.draw(into: &b, seed: 5, step: 7, stream: 2)
    #expect(a != b)
  }

  /// A step's noise is frozen, is the gradient of the tilted loss, costs nothing, and leaves `peek` alone.
  @Test func noiseIsFrozenWithinAStep() throws {
    let bowl = Quadratic<Double>.diagonal([1, 1])
    let noisy = bowl.derived(NoisyOracle<Double>.self)
    noisy.configure(try Noise("gaussian(sigma=0.5)"), seeds: [9])
    noisy.beginStep(1)
    var (g, h) = ([0.0, 0], [0.0, 0])
    let value = noisy.gradient(at: [1, 2], into: &g)
    _ = noisy.gradient(at: [3, 2], into: &h)
    #expect((h[0] - g[0] - 2).magnitude < 1e-15)
    #expect(value == noisy.value(at: [1.0, 2].span))
    #expect((value - (2.5 + (g[0] - 1) + 2 * (g[1] - 2))).magnitude < 1e-14)
    #expect(bowl.cost == Cost(evaluations: 2, values: 1))
    var target = [0.0, 0]
    do {
      var span = target.mutableSpan
      #expect(bowl.peek(at: [1.0, 2].span, into: &span) == 2.5)
    }
    #expect(target == [1, 2])
    noisy.beginStep(2)
    var other = [0.0, 0]
    _ = noisy.gradient(at: [1, 2], into: &other)
    #expect(other != g)
  }

  /// A noisy run replayed from a snapshot is the same run.
  @Test func replays() throws {
    func last(from snapshot: ((any Optimizer<Double>), [Double])?, steps: ClosedRange<Int>) throws -> (
      (any Optimizer<Double>), [Double]
    ) {
      let bowl = Quadratic<Double>.diagonal([1, 1])
      let noisy = bowl.derived(NoisyOracle<Double>.self)
      noisy.configure(try Noise("levy()"), seeds: [2])
      var optimizer = try snapshot?.0 ?? OptimizerSpec("sam(momentum)").makeScalar()
      let x = run(
        &optimizer, on: noisy, from: snapshot?.1 ?? [1, 1], steps: steps.count, first: steps.lowerBound,
        prepares: snapshot == nil)
      return (optimizer, x)
    }
    let whole = try last(from: nil, steps: 1...40)
    let half = try last(from: nil, steps: 1...23)
    #expect(try last(from: half, steps: 24...40).1 == whole.1)
  }

  @Test(arguments: [
    ("none", 0.0), ("gaussian", 1), ("gaussian()", 1), ("gaussian(sigma=0.25)", 0.25),
    ("gaussian(sigma=0)", 0), ("gaussian(sigma=1,batch=4)", nil), ("gaussian(independent=on)", nil),
    ("gaussian(xx=1,yy=2)", nil), ("levy()", nil),
  ]) func sigmaIsThatOfPlainNormalNoise(_ text: String, _ sigma: Double?) throws {
    #expect(try Noise(text).sigma == sigma)
  }
}
