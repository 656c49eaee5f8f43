import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing
import TestSupport

@testable import descent

/// Typed rules on the command line.
struct RuleCommandTests {
  private let heavy = "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"

  @Test func aTypedRuleIsTraced() throws {
    let typed = try Program.run(["trace", "bowl", "--rule", heavy, "-o", "heavy:lr=0.02", "--steps", "20"])
    let compiled = try Program.run(["trace", "bowl", "-o", "momentum:lr=0.02", "--steps", "20"])
    #expect(typed.status == 0 && typed.errors.isEmpty, "\(typed.errors)")
    #expect(typed.text.replacing("heavy:", with: "momentum:") == compiled.text)
  }

  @Test func withoutEntriesTheRuleJoinsTheRace() throws {
    let run = try Program.run(["trace", "bowl", "--rule", heavy, "--steps", "1"])
    #expect(run.lines.last?.contains(",heavy,1,") == true)
    let scene = try SceneLibrary().scene("bowl")
    #expect(
      Set(run.lines.dropFirst().map { $0.prefix { $0 != "," } }).count == scene.experiment.entries.count + 1)
  }

  /// The replay line is the same run.
  @Test func theReplayLineReplays() throws {
    var experiment = try SceneLibrary().scene("bowl").experiment
    experiment.entries = Entry.entries([
      try OptimizerSpec("clip(heavy:lr=0.03)", rules: [try TypedRule(heavy)])
    ])
    let line = experiment.replayLine(steps: 7)
    let replayed = try Program.shell(line.replacing("descent ", with: "descent trace ", maxReplacements: 1))
    var race = Race(experiment)
    race.seek(to: 7)
    let point = race.runs[0].point
    #expect(
      replayed.lines.last?.contains(",7,7,\(NumberText.exact(point.x)),\(NumberText.exact(point.y)),")
        == true, "\(replayed.text)\(replayed.errors)")
  }

  /// What `describe --rule` prints is read again, and is the rule.
  @Test(arguments: ["adam", "nesterov", "muon"]) func aPrintedRuleRuns(_ id: String) throws {
    let printed = try Program.run(["describe", id, "--rule"])
    #expect(printed.status == 0 && printed.lines.count > 3)
    #expect(try TypedRule(printed.text).name == "my-\(id)")
    #expect(printed.errors == (id == "muon" ? "descent: this is muon:orthogonalise=svd\n" : ""))
    let both = try Program.run(
      [
        "trace", "bowl", "--rule", printed.text, "-o", "my-\(id):lr=0.02", "-o", "\(id):lr=0.02", "--steps",
        "9",
      ])
    let ends = both.lines.filter { $0.contains(",9,9,") }.map {
      $0.split(separator: ",").dropFirst(2).joined(separator: ",")
    }
    #expect(ends.count == 2 && ends[0] == ends[1], "\(both.text)\(both.errors)")
  }

  /// Wrappers are written around their bases; bare ones around plain descent.
  @Test(
    arguments: [
      ("sam", "sam(sgd)"), ("lookahead", "lookahead(sgd)"), ("sam(adam)", "sam(adam)"),
      ("lookahead(momentum:lr=0.02):k=3", "lookahead(momentum:lr=0.02):k=3"),
      ("adam:lr=0.1,beta1=0.8", "adam:lr=0.1,beta1=0.8"),
      ("nesterov:form=lookahead", "nesterov:form=lookahead"),
    ]) func aWrapperIsPrintedAndRuns(_ name: String, spec: String) throws
  {
    let printed = try Program.run(["describe", name, "--rule"])
    #expect(printed.status == 0, "\(printed.errors)")
    let rule = try TypedRule(printed.text)
    let both = try Program.run(
      ["trace", "bowl", "--rule", printed.text, "-o", rule.name, "-o", spec, "--steps", "9"])
    let ends = both.lines.filter { $0.contains(",9,9,") || $0.contains(",9,18,") }.map {
      $0.split(separator: ",").suffix(4).joined(separator: ",")
    }
    #expect(ends.count == 2 && ends[0] == ends[1], "\(both.text)\(both.errors)")
  }

  @Test func aSpecIsDescribed() throws {
    #expect(try Program.run("describe sam(adam:lr=0.1)").text == Program.run("describe sam").text)
    let muon = try Program.run("describe clip(muon:scale=spectral) --rule")
    #expect(muon.status == 0 || muon.errors.contains("scale"), "\(muon.errors)")
  }

  @Test func aTypedRuleIsDescribed() throws {
    let text = try Program.run(["describe", heavy])
    #expect(text.status == 0 && text.lines.first?.hasPrefix("heavy (heavy): a rule that was typed") == true)
    #expect(text.lines.contains { $0.hasPrefix("  lr ") } && text.lines.contains { $0.hasPrefix("  beta ") })
    let json = try JSONSerialization.jsonObject(
      with: try Program.run(["describe", heavy, "--format", "json"]).output)
    #expect((json as? [String: Any])?["group"] as? String == "typed")
    #expect((json as? [String: Any])?["rule"] as? String == (try TypedRule(heavy)).block)
    let adam = try Program.run("describe adam --rule").text
    #expect(try Program.run(["describe", adam]).lines.contains("changed nothing: it is the built-in rule"))
    let changed = adam.replacing("*g*g", with: "*abs(g)")
    #expect(
      try Program.run(["describe", changed]).lines.contains(
        "changed v = beta2*v + (1 - beta2)*abs(g) instead of v = beta2*v + (1 - beta2)*g*g"))
    let idle = try Program.run(["describe", "r(lr=0.1, b=2): x = x - lr*g"])
    #expect(idle.lines.contains("warning the knob 'b' changes nothing: no line on the way to x reads it"))
    #expect(try Program.run("describe adam").lines.contains("text    descent describe adam --rule"))
  }

  @Test(
    arguments: [
      (["trace", "bowl", "--rule", "r: x = x - lr*g"], 65, "unknown name 'lr'"),
      (["trace", "bowl", "--rule", "adam: x = x - g"], 65, "there is an optimizer 'adam' already"),
      (
        ["trace", "bowl", "--rule", "r: x = x - g", "--rule", "r: x = x - 2*g"], 64,
        "there is another rule 'r' already"
      ),
      (["trace", "bowl", "--rule", "mine: x = x - g", "-o", "mien"], 64, "did you mean 'mine'?"),
      (["describe", "newton", "--rule"], 64, "newton has no text"),
      (["describe", "sam(newton)", "--rule"], 64, "newton has no text"),
      (
        ["describe", "coordinates", "--rule"], 64,
        "coordinates has no text: what it does is not said by lines"
      ),
      (
        [
          "describe", String(repeating: "lookahead(", count: 8) + "adam" + String(repeating: ")", count: 8),
          "--rule",
        ],
        64, "too many lines: 64 are the limit"
      ),
      (["describe", "sam(adma)", "--rule"], 64, "did you mean 'adam'?"),
      (["describe", "adam:lr=-1", "--rule"], 64, "lr must be between"),
      (["describe", "adma", "--rule"], 64, "did you mean 'adam'?"),
      (["describe", "adam", "--rule", "--format", "bogus"], 64, "--format must be text or json"),
      (["describe", "r: y = 2"], 65, "the rule never moves x"),
    ] as [([String], Int32, String)])
  func complaints(arguments: [String], status: Int32, message: String) throws {
    let finished = try Program.run(arguments)
    #expect(finished.status == status, "\(finished.errors)")
    #expect(
      finished.errors.hasPrefix("descent: error: ") && finished.errors.contains(message), "\(finished.errors)"
    )
  }

  @Test func aWarningIsSaidAndTheRunGoesOn() throws {
    let run = try Program.run([
      "trace", "bowl", "--rule", "r(lr=0.1, b=2): x = x - lr*g", "-o", "r", "--steps", "1",
    ])
    #expect(run.status == 0 && run.lines.count == 3)
    #expect(run.errors == "descent: r: the knob 'b' changes nothing: no line on the way to x reads it\n")
  }

  @Test func mapsAndPicturesOfARule() throws {
    let axes = ["--rule", heavy, "--x", "heavy.lr=1e-3:0.1:log", "--y", "heavy.beta=0:0.9", "--cells", "4x3"]
    let typed = try Program.run(["map", "bowl", "-o", "heavy", "--steps", "30"] + axes)
    let compiled = try Program.run(
      ["map", "bowl", "-o", "momentum", "--steps", "30"]
        + axes.map { $0.replacing("heavy.", with: "momentum.") })
    #expect(typed.status == 0 && typed.text == compiled.text, "\(typed.errors)\(compiled.errors)")
    let step = try Program.run([
      "render", "bowl", "--rule", heavy, "-o", "heavy", "--step", "5", "--view", "step",
    ])
    #expect(step.text.contains("v ← β v + g"), "\(step.text)")
  }
}
