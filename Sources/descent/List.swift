import ArgumentParser
import Canvas
import Experiments
import Exports
import Landscapes
import OptimizerCore
import Scenes

/// `descent list`: what there is.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the landscapes, optimizers, schedules and scenes.")

  static let kinds = ["landscapes", "optimizers", "schedules", "scenes"]

  @Argument(
    help: ArgumentHelp("landscapes, optimizers, schedules or scenes; all, if left out.", valueName: "kind"),
    completion: .list(List.kinds))
  var kind: String?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  mutating func run() throws {
    guard ["text", "json"].contains(format) else {
      throw Failure(.usage, "--format must be text or json, got '\(Excerpt.of(format))'")
    }
    if let kind, !List.kinds.contains(kind) {
      let all = "; there are \(List.kinds.joined(separator: ", "))"
      throw Failure(
        .usage,
        "cannot list '\(Excerpt.of(kind))'\(Spelling.suggestion(for: kind, in: List.kinds, otherwise: all))")
    }
    let kinds = kind.map { [$0] } ?? List.kinds
    if format == "json" {
      let lists = kinds.map { ($0, JSONText.array(json($0))) }
      Output.standard.write((kinds.count == 1 ? lists[0].1 : JSONText.object(lists)) + "\n")
      return
    }
    for (i, kind) in kinds.enumerated() {
      if kinds.count > 1 { Output.standard.write("\(i > 0 ? "\n" : "")\(kind.uppercased())\n") }
      Output.standard.write(ListText.readable(text(kind)))
    }
  }

  private func json(_ kind: String) -> [String] {
    switch kind {
    case "landscapes": LandscapeCatalog.all.map(ListText.json)
    case "optimizers": OptimizerRegistry.all.map(ListText.json)
    case "schedules": ScheduleRegistry.all.map { ListText.json($0.declaration) }
    default: ListText.scenes.map(ListText.json)
    }
  }

  private func text(_ kind: String) -> String {
    switch kind {
    case "landscapes": return ListText.table(LandscapeCatalog.all.map { ($0.id, $0.title) })
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
    default: return ListText.table(ListText.scenes.map { ($0.name, $0.title) })
    }
  }
}

/// `descent describe`: all there is to say about one of them.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Describe a landscape, an optimizer, a schedule or a scene.")

  @Argument(help: ArgumentHelp("Its name.", valueName: "name"), completion: .custom(Completions.names))
  var name: String

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  mutating func run() throws {
    guard ["text", "json"].contains(format) else {
      throw Failure(.usage, "--format must be text or json, got '\(Excerpt.of(format))'")
    }
    let isJSON = format == "json"
    var found: [String] = []
    if let entry = OptimizerRegistry.entry(name) {
      found.append(isJSON ? ListText.json(entry) : ListText.description(entry))
    }
    if let landscape = LandscapeCatalog.named(name) {
      found.append(isJSON ? ListText.json(landscape) : ListText.description(landscape))
    }
    if let schedule = ScheduleRegistry.all.first(where: { $0.declaration.name == name }) {
      found.append(isJSON ? ListText.json(schedule.declaration) : ListText.description(schedule.declaration))
    }
    do throws(SceneLibrary.Failure) {
      let scene = try SceneLibrary.standard.scene(name)
      found.append(isJSON ? ListText.json(scene) : ListText.description(scene))
    } catch {
      switch error {
      case .notFound: break
      case .unreadable(let message): throw Failure(.noInput, message)
      case .malformed(let errors): throw Failure(.data, errors.description)
      }
    }
    guard !found.isEmpty else {
      let names =
        OptimizerRegistry.all.map(\.about.id) + LandscapeCatalog.names
        + ScheduleRegistry.all.map(\.declaration.name) + SceneLibrary.standard.names
      let suggestion = Spelling.suggestion(for: name, in: names, otherwise: "; `descent list` names them all")
      throw Failure(.usage, "nothing is called '\(Excerpt.of(name))'\(suggestion)")
    }
    // One name may stand for a landscape and a scene.
    Output.standard.write(
      isJSON
        ? (found.count == 1 ? found[0] : JSONText.array(found)) + "\n"
        : ListText.readable(found.joined(separator: "\n")))
  }
}
