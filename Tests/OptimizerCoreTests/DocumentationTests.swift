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
    for group in About.Group.allCases
    where OptimizerRegistry.all.contains(where: { $0.about.group == group }) {
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
      "\n### Schedules\n\nMultipliers at k = t − 1 on the learning rate, `schedule=…`, or another number, `schedule.beta=…`; `*` multiplies, `a > b` runs b once a is over.\n\n"
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
    return text + aliases
  }

  /// What a word is here; an advice may name the optimizer.
  static func text(of alias: Alias, _ entry: OptimizerEntry) -> String {
    cell(alias.text.replacing("(\(entry.about.id))", with: "(…)"))
  }

  /// PyTorch's words, each once for all optimizers for which it means the same.
  static var aliases: String {
    var rows: [(word: String, text: String, ids: [String])] = []
    for entry in OptimizerRegistry.all {
      for alias in entry.aliases {
        let text = text(of: alias, entry)
        if let row = rows.firstIndex(where: { $0.word == alias.word && $0.text == text }) {
          rows[row].ids.append("`\(entry.about.id)`")
        } else {
          rows.append((alias.word, text, ["`\(entry.about.id)`"]))
        }
      }
    }
    rows += Alias.everywhere.map { ($0.word, cell($0.text), ["all"]) }
    var text = """

      ### PyTorch's words

      What the arguments of `torch.optim` are here, where they are called otherwise. Keys are taken under both names;
      for the others the error says what to write.

      | word | of | here |
      |---|---|---|

      """
    for row in rows {
      text += "| `\(row.word)` | \(row.ids.joined(separator: ", ")) | \(row.text) |\n"
    }
    return text
  }

  @Test func tableAgreesWithTheRegistry() throws {
    try RecordedText.expect(Self.text, in: Self.file)
  }

  /// No word that an optimizer declares is left out of the page, and none but those stand in it.
  @Test func everyAliasIsInTheTable() throws {
    let table = try #require(
      String(contentsOf: Self.file, encoding: .utf8).split(separator: "### PyTorch's words").last)
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
    var told = 0
    for entry in OptimizerRegistry.all {
      for alias in entry.about.aliases {
        told += 1
        #expect(
          rows.contains {
            $0.hasPrefix("| `\(alias.word)` |") && $0.contains("`\(entry.about.id)`")
              && $0.hasSuffix("| \(Self.text(of: alias, entry)) |")
          }, "\(entry.about.id): \(alias.word)")
      }
    }
    #expect(told > 20)
    let known = Set(OptimizerRegistry.all.flatMap(\.aliases).map(\.word) + Alias.everywhere.map(\.word))
    for row in rows { #expect(known.contains(String(row.dropFirst(3).prefix { $0 != "`" })), "\(row)") }
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
