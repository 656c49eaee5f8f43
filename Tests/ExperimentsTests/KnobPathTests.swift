import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

@Suite struct KnobPathTests {
  private var race: Experiment {
    get throws { try experiment("ravine", ["sgd", "clip(lookahead(adam))", "adagrad"]) }
  }

  /// Every knob there is reads back as itself.
  @Test func everyKnobIsWrittenAndRead() throws {
    let race = try race
    let all = KnobPath.all(in: race)
    #expect(Set(all).count == all.count && all.last == .landscape(constant: "kappa"))
    for knob in all {
      #expect(KnobPath(knob.description) == knob)
      #expect(try KnobPath(knob.description, in: race) == knob)
      let value = try #require(race.value(of: knob, at: 0))
      let text = knob.text(of: value, in: race)
      #expect(try knob.value(text, entries: race.entries, landscape: race.landscape) == value, "\(knob)")
    }
    #expect(all.filter(\.isRate).map(\.description) == ["sgd.lr", "clip.base.base.lr", "adagrad.lr"])
    #expect(all.map(\.word).contains("beta2") && KnobPath.landscape(constant: "lr").isRate == false)
  }

  @Test(arguments: ["", "sgd", ".lr", "sgd.", "landscape", "landscape."]) func whatIsNoPath(_ text: String) {
    #expect(KnobPath(text) == nil)
    #expect(throws: SpecError.self) { try KnobPath(text, entries: nil, landscape: nil) }
  }

  @Test(arguments: [
    ("sdg.lr", "no entry 'sdg', did you mean 'sgd'?"),
    ("bob.lr", "no entry 'bob'; the entries are sgd, clip, adagrad"),
    ("landscap.kappa", "no entry 'landscap', did you mean 'landscape'?"),
    ("sgd.beta", "sgd has no key 'beta'; its keys are lr, l2"),
    ("clip.base.base.lx", "clip has no key 'base.base.lx', did you mean 'base.base.lr'?"),
    ("landscape.kapa", "the landscape 'ravine' has no constant 'kapa', did you mean 'kappa'?"),
    ("landscape.angle", "the landscape 'ravine' has no constant 'angle'; it has kappa"),
    ("s\u{1b}d.lr", "no entry 's\\u{1B}d', did you mean 'sgd'?"),
  ]) func whatThereIsNot(_ text: String, _ message: String) throws {
    let race = try race
    let error = #expect(throws: SpecError.self) { try KnobPath(text, in: race) }
    #expect(error?.message == message)
    // Nothing is wrong with a name of what is not known.
    #expect(throws: Never.self) { try KnobPath(text, entries: nil, landscape: nil) }
  }

  @Test func whereThereIsNothing() throws {
    let empty = try experiment("bowl", [])
    for (text, message) in [
      ("sgd.lr", "no entry 'sgd'; there is none"),
      ("landscape.kappa", "the landscape 'bowl' has no constant 'kappa'; it has none"),
    ] {
      let error = #expect(throws: SpecError.self) { try KnobPath(text, in: empty) }
      #expect(error?.message == message)
    }
    #expect(KnobPath.all(in: empty).isEmpty)
  }
}
