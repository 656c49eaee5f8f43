import ArgumentParser
import Experiments
import Exports
import Landscapes
import OptimizerCore
import Scenes

/// `descent describe`: all there is to say about one of them.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.describe.rawValue,
    abstract:
      "Describe a landscape, an optimizer, a schedule or a scene; the course; or all that can be written in formulas, scenes, expectations."
  )

  @Argument(
    help: ArgumentHelp(
      "Its name, or the text of a rule as --rule takes it; with --as, an optimizer with its settings.",
      valueName: "name"),
    completion: .custom(Completions.names))
  var name: String

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  @Flag(help: "Print an optimizer's rule as text that --rule takes.")
  var rule = false

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The line of another framework that means the same as an optimizer: "
        + Framework.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "framework"))
  var framework: String?

  mutating func run() throws {
    guard ["text", "json"].contains(format) else {
      throw Failure(.usage, "--format must be text or json, got '\(Excerpt.of(format))'")
    }
    if rule { return try showRule() }
    if let framework { return try translate(into: framework) }
    let isJSON = format == "json"
    var found: [String] = []
    if isRule {
      let rule = try typedRule()
      let entry = rule.entry
      found.append(
        isJSON
          ? ListText.json(entry, text: rule.block)
          : ListText.description(entry) + "\n" + ListText.remarks(on: rule))
    }
    if let entry = try OptimizerRegistry.entry(name) ?? writtenOptimizer() {
      found.append(isJSON ? ListText.json(entry) : ListText.description(entry))
    }
    if let landscape = try namedLandscape() {
      found.append(isJSON ? ListText.json(landscape) : ListText.description(landscape))
    }
    if let schedule = ScheduleRegistry.all.first(where: { $0.declaration.name == name }) {
      found.append(isJSON ? ListText.json(schedule.declaration) : ListText.description(schedule.declaration))
    }
    if name == ListText.courseName {
      let course = try PresentCommand.wholeCourse()
      found.append(isJSON ? ListText.json(course) : ListText.description(course))
    }
    if let page = ReferencePage.all.first(where: { $0.name == name }) {
      found.append(isJSON ? ListText.json(page) : ListText.description(page))
    }
    if LandscapeText.isOne(name) { return show(found, isJSON: isJSON) }
    do throws(SceneLibrary.Failure) {
      let scene = try SceneLibrary.standard.scene(name)
      found.append(isJSON ? ListText.json(scene) : ListText.description(scene))
    } catch {
      // A file or a folder of that name matters only where nothing else has it.
      if case .notFound = error {} else if found.isEmpty { throw Failure(error) }
    }
    guard !found.isEmpty else {
      let names =
        OptimizerRegistry.all.map(\.about.id) + LandscapeCatalog.names
        + ScheduleRegistry.all.map(\.declaration.name) + ReferencePage.all.map(\.name) + [ListText.courseName]
        + SceneLibrary.standard.names
      let suggestion = Spelling.suggestion(for: name, in: names, otherwise: "; `descent list` names them all")
      throw Failure(.usage, "nothing is called '\(Excerpt.of(name))'\(suggestion)")
    }
    show(found, isJSON: isJSON)
  }

  /// Writes the optimizer in a framework's words.
  private func translate(into name: String) throws {
    guard let framework = Framework(rawValue: name) else {
      let words = Framework.allCases.map(\.rawValue)
      throw Failure(
        .usage,
        "--as must be \(words.joined(separator: ", ")), got '\(Excerpt.of(name))'"
          + Spelling.suggestion(for: name, in: words))
    }
    let spec = try optimizer(self.name)
    do throws(SpecError) {
      Output.standard.show(line: try framework.line(for: spec))
    } catch { throw Failure(.usage, error.message) }
  }

  /// The landscape of the name: of the catalog, or written down.
  private func namedLandscape() throws -> Landscape? {
    guard LandscapeText.isOne(name) else { return LandscapeCatalog.named(name) }
    do throws(LandscapeError) {
      return try LandscapeText.landscape(name, files: SceneLibrary.dataFiles)
    } catch {
      throw Failure(.data, error.description)
    }
  }

  /// What was found: one name may stand for a landscape and a scene.
  private func show(_ found: [String], isJSON: Bool) {
    Output.standard.show(
      isJSON
        ? (found.count == 1 ? found[0] : JSONText.array(found)) + "\n"
        : ListText.readable(found.joined(separator: "\n")))
  }

  /// Whether the name begins with that of an optimizer, with which no typed rule does.
  private var beginsWithOptimizer: Bool {
    let head = name.prefix { $0 != ":" && $0 != "(" }
    return (try? OptimizerRegistry.find(head.withoutBlanks)) != nil
  }

  /// Whether the name is the text of a rule.
  private var isRule: Bool { name.contains(":") && !LandscapeText.isOne(name) && !beginsWithOptimizer }

  /// The outermost optimizer of a spec: of `sam(adam:lr=0.1)`, SAM.
  private func writtenOptimizer() throws -> OptimizerEntry? {
    guard beginsWithOptimizer, name.contains(where: { $0 == ":" || $0 == "(" }), !LandscapeText.isOne(name)
    else {
      return nil
    }
    return OptimizerRegistry.entry(try optimizer(name).id)
  }

  /// The rule of an optimizer as text, to be changed and run; a wrapper alone stands around plain descent.
  private func showRule() throws {
    guard !isRule else { return Output.standard.show(try typedRule().block + "\n") }
    let entry = try? OptimizerRegistry.find(name)
    let spec = entry == nil ? try optimizer(name) : nil
    let given = spec?.given ?? [:]
    let written: WrittenRule
    do throws(WrittenRule.Obstacle) {
      guard let made = spec == nil ? try entry?.written() : try spec?.written() else { return }
      written = made.starting(at: given)
    } catch { throw Failure(.usage, error.description) }
    let text = written.text
    do {
      _ = try TypedRule(text)
    } catch {
      throw Failure(.usage, "what \(Excerpt.of(name)) does is no rule that can be typed: \(error.message)")
    }
    for remark in written.remarks { Output.remark(remark) }
    if spec?.isScheduled == true {
      Output.remark(
        "a schedule is no part of the text: -o takes it beside the rule's name, as in my-adam:schedule=cosine(100)"
      )
    }
    for key in given.keys.sorted() where !written.keys.contains(where: { $0.key == key }) {
      Output.remark("the text has no knob '\(key)'")
    }
    Output.standard.show(text + "\n")
  }

  /// The optimizer that a text writes.
  private func optimizer(_ text: String) throws -> OptimizerSpec {
    do throws(OptionError) {
      return try RunOption.optimizer(text)
    } catch { throw Failure(.usage, error.message) }
  }

  /// The name as the text of a rule.
  private func typedRule() throws -> TypedRule {
    do {
      return try RunOption.rule(name, besides: [])
    } catch {
      throw Failure(.data, error.message)
    }
  }
}
