import Testing
import TestSupport

@testable import OptimizerCore

@Suite struct KnobTests {
  let rate = Knob(
    key: "lr", symbol: "η", label: "learning rate", defaultValue: 0.01, range: 1e-8...100, scale: .log)
  let decay = Knob(
    key: "beta", symbol: "β", label: "momentum", defaultValue: 0.9, range: 0...0.999999, scale: .logOneMinus)
  let epsilon = Knob(
    key: "eps", symbol: "ε", label: "epsilon", defaultValue: 0, range: 0...1, scale: .log, floor: 1e-16,
    onset: 1e-3)

  @Test func longTextsAreQuotedAroundAColumn() {
    let text = String((0..<1000).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    #expect(Excerpt.of("lr=0.1", around: 3) == "lr=0.1")
    #expect(Excerpt.of(text) == text.prefix(60) + "…")
    #expect(Excerpt.of(text, around: 1000) == "…" + text.suffix(60))
    #expect(Excerpt.of(text, around: 2000) == "…" + text.suffix(60))
    let middle = Excerpt.of(text, around: 501)
    #expect(middle == "…" + text.dropFirst(460).prefix(60) + "…")
  }

  @Test func rateStepsThroughRoundNumbers() {
    var value = 0.01
    var seen: [String] = []
    for _ in 0..<21 {
      seen.append(value.shortest)
      value = rate.stepped(from: value, by: 1)
    }
    #expect(
      seen == [
        "0.01", "0.011", "0.012", "0.014", "0.016", "0.018", "0.02", "0.022", "0.025", "0.028", "0.03",
        "0.035", "0.04",
        "0.045", "0.05", "0.055", "0.06", "0.07", "0.08", "0.09", "0.1",
      ])
    #expect(rate.stepped(from: 0.1, by: -20) == 0.01)
    #expect(rate.stepped(from: 0.0103, by: 1) == 0.011)
    #expect(rate.stepped(from: 0.0103, by: -1) == 0.01)
    #expect(rate.stepped(from: 0.1, by: 1, fine: true) == 0.101)
    #expect(rate.stepped(from: 0.1, by: 10, fine: true) == 0.11)
    #expect(rate.stepped(from: 0.22, by: 1, fine: true) == 0.223)
    #expect(rate.stepped(from: 90, by: 5) == 100)
    #expect(rate.stepped(from: 1e-8, by: -1) == 1e-8)
  }

  @Test func decayStepsTowardsOne() {
    #expect(decay.stepped(from: 0.9, by: 20) == 0.99)
    #expect(decay.stepped(from: 0.99, by: 20) == 0.999)
    #expect(decay.stepped(from: 0.9, by: 1) == 0.91)
    #expect(decay.stepped(from: 0.9, by: -1) == 0.89)
    #expect(decay.stepped(from: 0.9, by: -20) == 0)
    #expect(decay.stepped(from: 0.999999, by: 1) == 0.999999)
    #expect(decay.stepped(from: 0, by: 1) == 0.1)
  }

  @Test func zeroIsANotchOfItsOwn() {
    #expect(epsilon.stepped(from: 0, by: 1) == 1e-3)
    #expect(epsilon.stepped(from: 1e-3, by: -1) == 0)
    #expect(epsilon.stepped(from: 0, by: 3) == 1.2e-3)
    #expect(epsilon.stepped(from: 0, by: 1, fine: true) == 1e-4)
    #expect(epsilon.stepped(from: 1e-3, by: -1, fine: true) == 9.9e-4)
    #expect(epsilon.stepped(from: 1e-4, by: -1, fine: true) == 0)
    // What was typed below the onset keeps its notches, to the end of the slider.
    #expect(epsilon.stepped(from: 1e-5, by: -1) == 9e-6)
    #expect(epsilon.stepped(from: 1e-5, by: 1) == 1.1e-5)
    #expect(epsilon.stepped(from: 1e-16, by: -1) == 0)
    #expect(epsilon.stepped(from: 1e-30, by: -1) == 0)
    #expect(epsilon.stepped(from: 1e-30, by: 1) == 1e-16)
    #expect(epsilon.fraction(of: 0) == 0)
    #expect(epsilon.value(atFraction: 0) == 0)
    #expect(epsilon.value(atFraction: 1e-9) == 0)
  }

  /// A knob that is off is worth turning on: the first notch leads to a value that shows, and as many back to off.
  @Test func everyKnobComesFromZeroInThreeNotchesAndGoesBack() {
    var knobs = OptimizerRegistry.all.flatMap { entry in entry.knobs.map { (entry.about.id, $0) } }
    knobs.append(("noise", Noise.strength))
    for (owner, knob) in knobs where knob.range.lowerBound == 0 && !knob.isDiscrete {
      let name = "\(owner) \(knob.key)"
      var values = [0.0]
      for _ in 0..<3 { values.append(knob.stepped(from: values[values.count - 1], by: 1)) }
      let bounds =
        knob.defaultValue > 0
        ? knob.defaultValue / 2...2 * knob.defaultValue : knob.onset...knob.range.upperBound
      if knob.scale == .log { #expect(bounds.contains(values[3]), "\(name) \(values)") }
      if knob.scale == .log { #expect(values[1] == knob.onset, "\(name)") }
      var value = values[3]
      for before in values.dropLast().reversed() {
        value = knob.stepped(from: value, by: -1)
        #expect(value == before, "\(name) \(values)")
      }
    }
    let sizes = [("adam", "l2", 0.1), ("adamw", "weight_decay", 0.005), ("newton", "damping", 0.1)]
    for (id, key, first) in sizes {
      let knob = OptimizerRegistry.entry(id)?.knobs.first { $0.key == key }
      #expect(knob?.stepped(from: 0, by: 1) == first, "\(id) \(key)")
    }
    #expect(Noise.strength.stepped(from: 0, by: 1) == 0.5)
  }

  @Test func linearStepsAreRound() {
    let knob = Knob(key: "d", symbol: "d", label: "dampening", defaultValue: 0, range: 0...1)
    #expect(knob.stepped(from: 0, by: 7) == 0.07)
    #expect(knob.stepped(from: 0.07, by: 1, fine: true) == 0.071)
    #expect(knob.stepped(from: 0.995, by: 3) == 1)
    let wide = Knob(key: "x", symbol: "x", label: "x", defaultValue: 0, range: -3...3)
    #expect(wide.stepped(from: 0.3, by: -10) == -0.2)
  }

  @Test func everyStepMovesAndEveryFractionInverts() {
    var random = SplitMix64(state: 5)
    for entry in OptimizerRegistry.all {
      for knob in entry.knobs {
        for _ in 0..<50 {
          let value = knob.value(atFraction: random.uniform())
          #expect(knob.range.contains(value))
          if !knob.isDiscrete, value >= knob.floor {
            let again = knob.value(atFraction: knob.fraction(of: value))
            #expect(
              (again - value).magnitude <= 1e-9 * max(value.magnitude, knob.floor), "\(knob.key) \(value)")
          }
          for fine in [true, false] {
            let up = knob.stepped(from: value, by: 1, fine: fine)
            let down = knob.stepped(from: value, by: -1, fine: fine)
            #expect(
              up > value || value == knob.range.upperBound, "\(entry.about.id) \(knob.key) up from \(value)")
            #expect(
              down < value || value == knob.range.lowerBound,
              "\(entry.about.id) \(knob.key) down from \(value)")
            #expect(knob.range.contains(up) && knob.range.contains(down))
          }
        }
      }
    }
  }

  @Test func numbersAreShort() {
    let values: [(Double, String)] = [
      (0.01, "0.01"), (1, "1"), (1e-8, "1e-8"), (1e16, "1e16"), (-0.5, "-0.5"), (1e-10, "1e-10"),
      (.nan, "nan"),
      (.infinity, "inf"), (123456789, "123456789"), (1.5e-7, "1.5e-7"), (-0.0, "-0"),
    ]
    for (value, text) in values { #expect(value.shortest == text) }
    var random = SplitMix64(state: 1)
    for _ in 0..<10_000 {
      let value = Double(bitPattern: random.next())
      #expect(value.isNaN || Double(value.shortest) == value)
    }
  }

  @Test func suggestionsAreNear() {
    let words = ["adam", "adamw", "sgd", "momentum", "nesterov"]
    #expect(Spelling.nearest(to: "adma", in: words) == "adam")
    #expect(Spelling.nearest(to: "momentm", in: words) == "momentum")
    #expect(Spelling.nearest(to: "nest", in: words) == "nesterov")
    #expect(Spelling.nearest(to: "xyzzy", in: words) == nil)
    #expect(Spelling.nearest(to: "", in: words) == nil)
    #expect(Spelling.nearest(to: "z", in: ["x", "y"]) == nil, "another letter is another name")
    #expect(Spelling.nearest(to: "x1", in: ["x", "y"]) == nil)
    #expect(Spelling.nearest(to: "X", in: ["x", "y"]) == "x")
  }
}
