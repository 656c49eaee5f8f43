import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// The table of the documentation is made from the registry; DESCENT_RECORD=1 writes it anew.
@Suite struct DocumentationTests {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(
      "Sources/OptimizerCore/OptimizerCore.docc/Optimizers.md")

  static func cell(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }

  static func keys(_ knobs: [Knob]) -> String {
    let keys = knobs.map { knob -> String in
      guard case .choice(let words) = knob.kind else {
        return "`\(knob.key)` \(knob.format(knob.defaultValue))"
      }
      let others = words.filter { $0 != knob.format(knob.defaultValue) }
      return "`\(knob.key)` \(knob.format(knob.defaultValue)) (or \(others.joined(separator: ", ")))"
    }
    return keys.isEmpty ? "none" : keys.joined(separator: ", ")
  }

  static func arguments(_ declarations: [ArgumentDeclaration]) -> String {
    let arguments = declarations.map { argument -> String in
      if argument.isRequired {
        return "`\(argument.knob.key)`" + (argument.isList ? " (several, a\\|b)" : "")
      }
      return "`\(argument.knob.key)` \(argument.defaultText)"
    }
    return arguments.isEmpty ? "none" : arguments.joined(separator: ", ")
  }

  static var text: String {
    var text = """
      # Optimizers

      Every optimizer, wrapper, schedule and noise with its keys and their defaults.

      ## Overview

      This page is made from the registry by the tests, which fail when the two differ.

      """
    for group in About.Group.allCases {
      text +=
        "\n### \(group.title)\n\n| id | keys (default) | idea | update | after |\n|---|---|---|---|---|\n"
      for entry in OptimizerRegistry.all where entry.about.group == group {
        let about = entry.about
        let needs = about.needs.names.isEmpty ? "" : "; needs \(about.needs.names.joined(separator: ", "))"
        let cells = [
          "`\(about.id)`", keys(entry.knobs), about.summary + needs, entry.recurrence, about.citation,
        ]
        text += "| " + cells.map(cell).joined(separator: " | ") + " |\n"
      }
    }
    text +=
      "\n### Schedules\n\nMultipliers on the learning rate at k = t − 1; `*` multiplies, `a > b` runs b once a is over.\n\n"
    text += "| name | arguments (default) | idea | multiplier |\n|---|---|---|---|\n"
    for entry in ScheduleRegistry.all {
      let declaration = entry.declaration
      text +=
        "| `\(declaration.name)` | \(arguments(declaration.arguments)) | \(cell(declaration.summary)) | "
      text += "\(cell(declaration.formula)) |\n"
    }
    text += "\n### Gradient noise\n\n| name | arguments (default) | idea |\n|---|---|---|\n"
    for entry in NoiseRegistry.all {
      text += "| `\(entry.declaration.name)` | \(arguments(entry.declaration.arguments)) | "
      text += "\(cell(entry.declaration.summary)) |\n"
    }
    return text
  }

  @Test func tableAgreesWithTheRegistry() throws {
    try RecordedText.expect(Self.text, in: Self.file)
  }

  /// The ids that scripts rely on; more may be added, none may go.
  @Test func everyNameIsThere() {
    let names = """
      sgd momentum ema-momentum nesterov nesterov-convex conjugate-gradient line-search adagrad rmsprop adadelta adam
      amsgrad adamw adamax nadam radam adabelief yogi adan novograd adafactor sgdw lion signsgd rprop asgd adagrad-full
      preconditioned diagonal-newton newton shampoo muon lbfgs flow nesterov-flow adam-flow langevin lookahead sam clip
      project decay average
      """
    let ids = Set(OptimizerRegistry.all.map(\.about.id))
    #expect(Set(names.split { $0.isWhitespace }.map(String.init)).subtracting(ids).isEmpty)
    #expect(ids.count == OptimizerRegistry.all.count)
    let schedules =
      "constant step steps exponential linear cosine restarts warmup inverse inverse-sqrt polynomial onecycle"
    let declared = Set(ScheduleRegistry.all.map(\.declaration.name))
    #expect(Set(schedules.split(separator: " ").map(String.init)).subtracting(declared).isEmpty)
  }

  /// The rule that the page on adding one shows is a file that is compiled and tried here.
  @Test func theExampleIsTheFile() throws {
    let page = try String(
      contentsOf: Self.file.deletingLastPathComponent().appendingPathComponent("AddingAnOptimizer.md"),
      encoding: .utf8)
    let example = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "HeavySign.swift"), encoding: .utf8)
    let code = try #require(
      page.split(separator: "```swift\n", maxSplits: 1).last?.split(separator: "```").first)
    #expect(example.hasSuffix("\n\n" + code), "copy HeavySign.swift, without its import, into the page")
    #expect(page.contains("`.optimizer(HeavySign<Double>.self, HeavySign<Lanes>.self),`"))
  }

  @Test func theExampleWorks() throws {
    let entry = OptimizerEntry.optimizer(HeavySign<Double>.self, HeavySign<Lanes>.self)
    #expect(entry.recurrence == "v ← β v + g; θ ← θ − η sign v")
    var one = entry.makeScalar()
    one.set("lr", to: 0.125)
    let x = run(&one, on: Quadratic<Double>.diagonal([1, 8]), from: [1, -2], steps: 2)
    #expect(x == [0.75, -1.75])
    #expect(one.lines(after: StepRecord(before: x, after: x, gradient: x)).count == 3)
  }
}
