import Foundation
import Testing

@testable import OptimizerCore

/// What holds for every optimizer in the registry.
@Suite struct ConformanceTests {
  static let ids = OptimizerRegistry.all.map(\.about.id)

  /// The spec of an entry: a wrapper goes around something with state.
  static func spec(_ id: String) throws -> OptimizerSpec {
    try OptimizerSpec(OptimizerRegistry.entry(id)!.isWrapper ? "\(id)(adam:lr=0.02)" : id)
  }

  @Test func idsAreUnique() {
    #expect(Set(Self.ids).count == Self.ids.count)
    for id in Self.ids { #expect(id.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }, "\(id)") }
  }

  @Test(arguments: ids) func saysWhoItIs(_ id: String) throws {
    let entry = OptimizerRegistry.entry(id)!
    let about = entry.about
    for text in [about.name, about.summary, entry.recurrence, about.watch, about.citation] {
      #expect(!text.isEmpty)
    }
    #expect(!about.summary.hasSuffix("."), "a summary is a phrase")
    #expect(about.citation.contains(/\b(17|18|19|20)\d\d\b/), "a citation has a year")
  }

  @Test(arguments: ids) func knobsRoundTrip(_ id: String) throws {
    let spec = try Self.spec(id)
    var one = spec.makeScalar()
    #expect(Set(spec.knobs.map(\.key)).count == spec.knobs.count, "keys are unique")
    #expect(one.knobs == spec.knobs)
    for knob in spec.knobs {
      let given = knob.key.hasPrefix("base.lr") ? 0.02 : knob.defaultValue
      #expect(one.value(of: knob.key) == given, "default of \(knob.key)")
      for fraction in [0, 0.3, 0.77, 1] {
        let value = knob.value(atFraction: fraction)
        one.set(knob.key, to: value)
        #expect(one.value(of: knob.key) == value, "\(knob.key) = \(value)")
        #expect(try knob.parse(knob.format(value)) == value)
      }
      one.set(knob.key, to: knob.defaultValue)
    }
    #expect(one.value(of: "no such key") == nil)
    guard var eight = spec.makeLanes() else { return }
    #expect(eight.knobs == spec.knobs)
    for knob in spec.knobs where knob.variesByLane {
      var values = Lanes()
      for lane in 0..<8 { values[lane] = knob.value(atFraction: Double(lane) / 7) }
      eight.set(knob.key, to: values)
      #expect(eight.value(of: knob.key) == values, "\(knob.key)")
    }
  }

  @Test(arguments: ids) func snapshotAndOriginalAgree(_ id: String) throws {
    let spec = try Self.spec(id)
    let (a, b) = (Valley<Double>(dimension: 2), Valley<Double>(dimension: 2))
    var original = spec.makeScalar()
    let x = run(&original, on: a, from: [-1.2, 0.7], steps: 7)
    var snapshot = original
    let later = run(&original, on: a, from: x, steps: 9, first: 8, prepares: false)
    let again = run(&snapshot, on: b, from: x, steps: 9, first: 8, prepares: false)
    for i in x.indices { #expect(later[i].bitPattern == again[i].bitPattern) }
    #expect(original.state == snapshot.state || later.contains { !$0.isFinite })
  }

  /// Those that move at a zero gradient, with the reason.
  static let restless: [String: String] = [
    "yogi": "its m begins at `initial`, not at 0", "asgd": "its decay is part of the rule",
    "langevin": "the heat bath moves it",
  ]

  @Test(arguments: ids) func zeroGradientStaysPut(_ id: String) throws {
    guard Self.restless[id] == nil else { return }
    var spec = try Self.spec(id)
    for key in ["weight_decay"] where spec.setting(key) != nil { spec.set(key, to: 0) }
    let flat = Quadratic<Double>.diagonal([0, 0])
    var one = spec.makeScalar()
    let start = [0.5, -0.25]
    _ = run(&one, on: flat, from: start, steps: 20) { t, x, _ in
      #expect(x == start, "step \(t)")
    }
  }

  /// A value for every knob and lane: its default, moved a little, within the range.
  static func value(of knob: Knob, lane: Int) -> Double {
    let near = knob.fraction(of: knob.defaultValue) + 0.02 * Double(lane)
    return knob.value(
      atFraction: near <= 1 ? near : knob.fraction(of: knob.defaultValue) - 0.02 * Double(lane))
  }

  @Test(arguments: ids) func lanesAgreeWithSingleRuns(_ id: String) throws {
    var spec = try Self.spec(id)
    for knob in spec.knobs where !knob.variesByLane && knob.kind == .toggle && knob.key.contains("inside") {
      spec.set(knob.key, to: 1)
    }
    guard var eight = spec.makeLanes() else { return }
    var starts = [Lanes](repeating: .zero, count: 3)
    for lane in 0..<8 {
      for i in 0..<3 {
        let shift = Double((i * lane) % 5)
        starts[i][lane] = -1.0 + 0.3 * Double(lane) - 0.2 * shift
      }
    }
    for knob in spec.knobs where knob.variesByLane {
      var values = Lanes()
      for lane in 0..<8 { values[lane] = Self.value(of: knob, lane: lane) }
      eight.set(knob.key, to: values)
    }
    var paths: [[Lanes]] = []
    _ = run(&eight, on: Valley<Lanes>(dimension: 3), from: starts, steps: 300) { _, x, _ in paths.append(x) }
    for lane in 0..<8 {
      var one = spec.makeScalar()
      for knob in spec.knobs where knob.variesByLane {
        one.set(knob.key, to: Self.value(of: knob, lane: lane))
      }
      _ = run(&one, on: Valley<Double>(dimension: 3), from: starts.map { $0[lane] }, steps: 300) { t, x, _ in
        for i in x.indices {
          let other = paths[t][i][lane]
          #expect(
            x[i].bitPattern == other.bitPattern || (x[i].isNaN && other.isNaN),
            "lane \(lane), step \(t): \(x[i]) alone, \(other) among eight")
        }
      }
    }
  }

  /// Those whose steps may allocate, with the reason.
  static let allocating: [String: String] = [:]

  @Test(arguments: ids) func stepsAllocateNothing(_ id: String) throws {
    guard Self.allocating[id] == nil else { return }
    let spec = try Self.spec(id)
    var one = spec.makeScalar()
    let valley = Valley<Double>(dimension: 2)
    var x = run(&one, on: valley, from: [-0.2, 0.3], steps: 10)
    let alone = allocations {
      for t in 11...500 {
        valley.beginStep(t)
        var span = x.mutableSpan
        one.step(&span, oracle: valley)
      }
    }
    #expect(alone == 0, "objects allocated in 490 steps")
    guard var eight = spec.makeLanes() else { return }
    let wide = Valley<Lanes>(dimension: 2)
    var xs = run(&eight, on: wide, from: [Lanes(repeating: -0.2), Lanes(repeating: 0.3)], steps: 10)
    let together = allocations {
      for t in 11...500 {
        wide.beginStep(t)
        var span = xs.mutableSpan
        eight.step(&span, oracle: wide)
      }
    }
    #expect(together == 0, "objects allocated in 490 steps of lanes")
  }

  @Test func countingSeesAllocations() {
    var kept: [[Int]] = []
    #expect(allocations(during: { for i in 0..<10 { kept.append([i, i + 1]) } }) >= 10)
  }

  @Test(arguments: ids) func showsWhatItDoes(_ id: String) throws {
    var one = try Self.spec(id).makeScalar()
    let valley = Valley<Double>(dimension: 2)
    let before = run(&one, on: valley, from: [-0.2, 0.3], steps: 3)
    let after = run(&one, on: valley, from: before, steps: 1, first: 4, prepares: false)
    let lines = one.lines(after: StepRecord(before: before, after: after, gradient: [1, 2]))
    #expect(!lines.isEmpty)
    for line in lines { #expect(!line.text.isEmpty && !line.symbol.isEmpty && !line.label.isEmpty) }
    for slot in one.state {
      switch slot.drawing {
      case .arrow, .squares, .point: #expect(slot.values.isEmpty || slot.values.count == 2, "\(slot.symbol)")
      case .matrix: #expect(!slot.values.isEmpty, "\(slot.symbol)")
      case .scalar: #expect(slot.values.count <= 1, "\(slot.symbol)")
      }
    }
  }

  @Test(arguments: ids) func survivesOneDimension(_ id: String) throws {
    var one = try Self.spec(id).makeScalar()
    let x = run(&one, on: Quadratic<Double>.diagonal([1]), from: [0.5], steps: 30)
    #expect(x[0].isFinite && x[0].magnitude <= 1, "\(x)")
  }
}
