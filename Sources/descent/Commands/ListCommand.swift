import ArgumentParser
import Canvas
import Experiments
import Exports
import Landscapes
import OptimizerCore
import Scenes

/// `descent list`: what there is.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.list.rawValue,
    abstract: "List the landscapes, optimizers, schedules, scenes, and the pages of what can be written.")

  static let kinds = ["landscapes", "optimizers", "schedules", "scenes", "references"]

  @Argument(
    help: ArgumentHelp(
      "landscapes, optimizers, schedules, scenes or references; all, if left out.", valueName: "kind"),
    completion: .list(ListCommand.kinds))
  var kind: String?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  mutating func run() throws {
    guard ["text", "json"].contains(format) else {
      throw Failure(.usage, "--format must be text or json, got '\(Excerpt.of(format))'")
    }
    if let kind, !ListCommand.kinds.contains(kind) {
      let all = "; there are \(ListCommand.kinds.joined(separator: ", "))"
      throw Failure(
        .usage,
        "cannot list '\(Excerpt.of(kind))'\(Spelling.suggestion(for: kind, in: ListCommand.kinds, otherwise: all))"
      )
    }
    let kinds = kind.map { [$0] } ?? ListCommand.kinds
    if format == "json" {
      let lists = kinds.map { ($0, JSONText.array(json($0))) }
      Output.standard.write((kinds.count == 1 ? lists[0].1 : JSONText.object(lists)) + "\n")
      return
    }
    for (i, kind) in kinds.enumerated() {
      if kinds.count > 1 { Output.standard.write("\(i > 0 ? "\n" : "")\(kind.uppercased())\n") }
      Output.standard.show(ListText.readable(text(kind)))
    }
  }

  private func json(_ kind: String) -> [String] {
    switch kind {
    case "landscapes": LandscapeCatalog.all.map(ListText.json)
    case "optimizers": OptimizerRegistry.all.map { ListText.json($0) }
    case "schedules": ScheduleRegistry.all.map { ListText.json($0.declaration) }
    case "references": ReferencePage.all.map(ListText.json)
    default: ListText.scenes.map(ListText.json)
    }
  }

  private func text(_ kind: String) -> String {
    switch kind {
    case "landscapes": return ListText.table(LandscapeCatalog.listings.map { ($0.id, $0.title) })
    case "optimizers":
      var text = ""
      for group in About.Group.allCases {
        let entries = OptimizerRegistry.all.filter { $0.about.group == group }
        guard !entries.isEmpty else { continue }
        text += (text.isEmpty ? "" : "\n") + group.title + "\n"
        text += ListText.table(
          entries.map { ("  \($0.about.id)\($0.isWrapper ? "(…)" : "")", $0.about.summary) })
      }
      return text
    case "schedules":
      return ListText.table(ScheduleRegistry.all.map { ($0.declaration.form, $0.declaration.summary) })
    case "references": return ListText.table(ReferencePage.all.map { ($0.name, $0.summary) })
    default: return ListText.table(ListText.scenes.map { ($0.name, $0.title) })
    }
  }
}
