import Canvas
import Experiments
import Foundation
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// A value typed at a knob.
@Suite struct TypedValueTests {
  @Test func aNumberTypedTakesThePlaceOfTheValue() throws {
    var explorer = try explorer()
    explorer.type("#")
    #expect(explorer.shows("learning rate of 1 "))
    #expect(explorer.shows("lr = 0.06"))
    #expect(explorer.shows("1e-8 to 100, default 0.01"))
    explorer.type("0.07 Enter")
    #expect(explorer.dialogIsClosed)
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.07)
    #expect(explorer.shows("learning rate: 0.07"))
    explorer.type("Right u u")
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.06)
    explorer.type("U")
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.07)
  }

  /// Typed during a run it is a change like one of the arrows, and undone alone.
  @Test func aTypedValueIsAChangeOfItsOwn() throws {
    var explorer = try explorer()
    explorer.type("N Right # 0.01 Enter Right")
    #expect(
      explorer.race.experiment.changes.map { "\($0.step):\($0.target)=\($0.value)" } == ["11:sgd.lr=0.011"])
    explorer.type("u")
    #expect(explorer.race.experiment.changes.map(\.value) == [0.01])
    explorer.type("n")
    #expect(explorer.replayLine.hasSuffix("--change 11:sgd.lr=0.01"))
    explorer.type("p u")
    #expect(explorer.race.experiment.changes.map(\.value) == [0.07])
  }

  @Test(arguments: [
    ("-1", "lr must be between 1e-8 and 100, got '-1'"),
    ("fast", "lr must be a number between 1e-8 and 100, got 'fast'"),
    ("1e9", "lr must be between 1e-8 and 100, got '1e9'"), ("nan", "got 'nan'"), ("Home #", "got '#0.06'"),
  ])
  func whatIsNoValueIsSaidWithTheRange(text: String, error: String) throws {
    var explorer = try explorer()
    let before = explorer.race.experiment
    explorer.type("# \(text) Enter")
    #expect(!explorer.dialogIsClosed)
    #expect(explorer.shows(error))
    explorer.type("Esc")
    #expect(explorer.race.experiment == before)
    #expect(explorer.undo.isEmpty)
  }

  @Test func constantsTogglesAndChoicesAreTypedToo() throws {
    var constant = try explorer()
    while constant.knobs[constant.selectedKnob].knob.key != "kappa" { constant.type("Down") }
    constant.type("# 300 Enter")
    #expect(constant.race.nextLandscape.constant("kappa")?.value == 300)
    constant.type("# 0.5 Enter")
    #expect(constant.shows("kappa must be between 1 and 1000, got '0.5'"))
    constant.type("Home Delete Delete Delete x Enter")
    #expect(constant.shows("kappa must be a number between 1 and 1000, got 'x'"))
    constant.type("Esc u")
    #expect(constant.race.nextLandscape.constant("kappa")?.value == 30)

    var toggle = try explorer("ravine", ["rmsprop"])
    while toggle.knobs[toggle.selectedKnob].knob.key != "centered" { toggle.type("Down") }
    toggle.type("# on Enter")
    #expect(toggle.race.experiment.entries[0].spec.setting("centered") == 1)
    toggle.type("# perhaps Enter")
    #expect(toggle.shows("centered must be on or off, got 'perhaps'"))

    var base = try explorer("ravine", ["lookahead(sgd:lr=0.1)"])
    while base.knobs[base.selectedKnob].knob.key != "base.lr" { base.type("Down") }
    base.type("# 0.02 Enter")
    #expect(base.race.experiment.entries[0].spec.setting("base.lr") == 0.02)

    var plane = try explorer("matrix-2x2", ["sgd:lr=0.1"])
    while plane.knobs[plane.selectedKnob].owner != .plane { plane.type("Down") }
    plane.type("# minimum,gradient Enter")
    #expect(plane.race.experiment.landscape.planeName == "minimum,gradient")
  }

  /// Under a schedule it is what the schedule multiplies that is typed.
  @Test func aScheduledRateIsTypedAsWhatTheScheduleMultiplies() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.04,schedule=inverse(0.5)"], steps: 4)
    explorer.type("#")
    #expect(explorer.shows("lr = 0.04"))
    #expect(explorer.shows("a schedule or a search goes on from it"))
    explorer.type("0.08 Enter n")
    #expect(explorer.race.run(entry: 0).learningRate == 0.08 / (1 + 4 / 0.5))
  }

  /// A momentum that rises is shown as it is, and typed as what is multiplied.
  @Test func anyScheduledKnobShowsTheValueInForce() throws {
    var explorer = try explorer(
      "ravine", ["momentum:lr=0.01,beta=0.8,schedule.beta=linear(8,start=0.5)"], steps: 4)
    let beta = try #require(explorer.knobs.first { $0.knob.key == "beta" })
    #expect(beta.value == 0.8 && beta.moved == explorer.race.run(entry: 0).optimizer.valueInForce(of: "beta"))
    #expect(abs(beta.shown - 0.8 * (0.5 - 0.5 * 3 / 8)) < 1e-15 && beta.text == "0.25")
    #expect(try #require(explorer.knobs.first { $0.knob.key == "lr" }).moved == nil)
    while explorer.knobs[explorer.selectedKnob].knob.key != "beta" { explorer.type("Down") }
    explorer.type("#")
    #expect(explorer.shows("beta = 0.8") && explorer.shows("a schedule or a search goes on from it"))
    explorer.type("0.4 Enter n")
    #expect(explorer.race.run(entry: 0).optimizer.valueInForce(of: "beta") == 0.4 * 0.25)
  }

  @Test func noiseIsTypedByItsStrengthOrByItsName() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.01"])
    explorer.type("F")
    #expect(explorer.knobs[explorer.selectedKnob].owner == .noise)
    explorer.type("# 200 Enter")
    #expect(explorer.race.experiment.noise.description == "gaussian(sigma=200)")
    #expect(explorer.knobs[explorer.selectedKnob].value == 200)
    explorer.type("# -1 Enter")
    #expect(explorer.shows("noise must be between 0 and 1000000, or none, got '-1'"))
    explorer.type("Esc # levy(alpha=1.2) Enter")
    #expect(explorer.race.experiment.noise.description == "levy(alpha=1.2)")
    explorer.type("# pink Enter")
    #expect(explorer.shows("unknown noise 'pink', the noises are none, gaussian, levy, minibatch"))
    explorer.type("Esc # none Enter")
    #expect(explorer.race.experiment.noise.isNone)
    explorer.type("u")
    #expect(explorer.race.experiment.noise.description == "levy(alpha=1.2)")
  }

  @Test func theSizeOfTheFanIsTyped() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.01"], noise: Noise(sigma: 1))
    explorer.type("F # 12 Enter")
    #expect(explorer.fan.count == 12)
    explorer.type("# 1.5 Enter")
    #expect(explorer.shows("fan must be a whole number between 1 and"))
  }

  /// A scene that names its live knobs keeps the others from being typed, too.
  @Test func aFixedKnobOpensNoField() throws {
    var scene = try scene("ravine")
    scene.controls = [.landscape(constant: "kappa")]
    var explorer = Explorer(scene: scene, appearance: Appearance(), width: 120, height: 36)
    explorer.type("#")
    #expect(explorer.dialogIsClosed)
    #expect(explorer.shows("this scene keeps that knob as it is; live: landscape.kappa"))
  }

  @Test func withoutAKnobTheKeySaysSo() throws {
    var explorer = try explorer("x^2 + y^2", [])
    explorer.type("#")
    #expect(explorer.shows("nothing to turn here"))
  }

  /// A click on the value asks for another, in the panel and in the row of a small screen.
  @Test(arguments: [(120, 36), (60, 24)]) func aClickOnTheValueOpensTheField(width: Int, height: Int) throws {
    var explorer = try explorer(width: width, height: height)
    _ = explorer.frame()
    let (x, y) = try #require(explorer.place(of: "learning rate", then: "0.06"))
    explorer.handle(.mouse(Mouse(.press, x: x, y: y)))
    #expect(explorer.shows("lr = 0.06"))
  }
}

extension Explorer {
  /// The cell at which a text begins in the row of another.
  fileprivate func place(of text: String, then value: String) -> (x: Int, y: Int)? {
    for (y, row) in rows().enumerated() {
      guard let first = row.range(of: text), let found = row[first.upperBound...].range(of: value) else {
        continue
      }
      return (Text.width(of: row[..<found.lowerBound]), y)
    }
    return nil
  }
}
