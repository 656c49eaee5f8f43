import Experiments
import Landscapes
import OptimizerCore
import Yams

/// Reads a scene document strictly: an unknown key, a wrong type and a value out of range are errors with their place.
///
/// All errors of a document are gathered before it is refused.
struct SceneDecoder {
  /// The largest document, in bytes.
  static let sizeLimit = 1 << 20
  /// The most aliases (`*name`) of a document. A few can already stand for more nodes than there is memory.
  static let aliasLimit = 32

  private let file: String
  private var errors: [SceneError] = []

  init(file: String) { self.file = file }

  /// Decodes a document.
  mutating func decode(_ text: String, name: String) throws(SceneErrors) -> Scene {
    guard text.utf8.count <= SceneDecoder.sizeLimit else {
      throw SceneErrors([
        SceneError(
          file: file,
          message: "a scene is at most \(SceneDecoder.sizeLimit) bytes, this has \(text.utf8.count)")
      ])
    }
    let scene = scene(of: parse(text), name: name)
    guard errors.isEmpty, let scene else {
      throw SceneErrors(errors.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
    }
    return scene
  }

  // MARK: YAML

  private mutating func parse(_ text: String) -> Node? {
    if let line = SceneDecoder.lineOfExcess(of: text) {
      errors.append(
        SceneError(
          file: file, line: line, message: "a scene has at most \(SceneDecoder.aliasLimit) aliases (*name)"))
      return nil
    }
    do {
      // A byte order mark would count as the indentation of the first line.
      let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
      var rest = try Yams.compose_all(yaml: text, .basic, .default, .utf8)
      var documents: [Node] = []
      while documents.count < 2, let document = rest.next() { documents.append(document) }
      // The sequence ends at an error and keeps it.
      if let error = rest.error { throw error }
      guard let root = documents.first else {
        errors.append(
          SceneError(
            file: file, line: 1,
            message: "the file is empty; a scene has at least 'landscape' and 'optimizers'"))
        return nil
      }
      if documents.count > 1 { fail(documents[1], "a file holds one document, and a second begins here") }
      return root
    } catch let error as YamlError {
      errors.append(SceneDecoder.error(of: error, in: file))
    } catch {
      errors.append(SceneError(file: file, message: "not YAML: \(error)"))
    }
    return nil
  }

  /// The line of the first alias too many, judged before parsing, which would already do what they ask.
  private static func lineOfExcess(of text: String) -> Int? {
    var line = 1
    var aliases = 0
    // The last scalar that was no space, nil where a line begins.
    var last: Unicode.Scalar?
    var mayBeAlias = false
    for scalar in text.unicodeScalars {
      if mayBeAlias, scalar != " ", scalar != "\n" {
        aliases += 1
        if aliases > aliasLimit { return line }
      }
      // An alias stands where a value or a key may begin.
      mayBeAlias = scalar == "*" && (last.map { "-?:,[{".unicodeScalars.contains($0) } ?? true)
      switch scalar {
      case "\n":
        line += 1
        last = nil
      case " ", "\t", "\r": break
      default: last = scalar
      }
    }
    return nil
  }

  /// A text of the document as an error may show it: short, and without what a terminal would obey.
  private static func shown(_ text: String) -> String {
    var shown = ""
    for scalar in Excerpt.of(text).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func error(of error: YamlError, in file: String) -> SceneError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isTooDeep = problem.hasPrefix("Maximum nesting level")
      return SceneError(
        file: file, line: mark.line, column: mark.column,
        message: isTooDeep ? "nested too deeply" : "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\(shown("\($0)"))'" }.sorted().joined(separator: ", ")
      return SceneError(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "\(names) is given more than once")
    case .reader(let problem, let offset, _, _):
      return SceneError(
        file: file, message: "not YAML: \(problem)\(offset.map { " at byte \($0)" } ?? "")")
    default:
      return SceneError(file: file, message: "not YAML: \(error)")
    }
  }

  private mutating func fail(_ node: Node?, _ message: String) {
    errors.append(
      SceneError(file: file, line: node?.mark?.line, column: node?.mark?.column, message: message))
  }

  /// The pairs of a mapping whose keys are all known; the others are errors.
  private mutating func members(of node: Node, keys: [String], what: String) -> [String: Node]? {
    guard case .mapping(let mapping) = node else {
      fail(node, "\(what) must be a mapping with keys such as '\(keys.prefix(2).joined(separator: "', '"))'")
      return nil
    }
    var members: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        fail(key, "a key must be a word")
        continue
      }
      if keys.contains(name) {
        members[name] = value
      } else {
        fail(key, unknown(name, of: what, keys: keys))
      }
    }
    return members
  }

  private func unknown(_ key: String, of what: String, keys: [String]) -> String {
    let all = "; the keys of \(what) are \(keys.joined(separator: ", "))"
    return
      "unknown key '\(SceneDecoder.shown(key))'\(Spelling.suggestion(for: key, in: keys, otherwise: all))"
  }

  private mutating func text(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node else {
      fail(node, "\(what) must be text")
      return nil
    }
    return scalar.string
  }

  private mutating func number(_ node: Node?, _ what: String) -> Double? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node, let value = Double(scalar.string), value.isFinite else {
      fail(node, "\(what) must be a number\(SceneDecoder.got(node))")
      return nil
    }
    return value
  }

  private mutating func count(_ node: Node?, _ what: String) -> Int? {
    guard let node else { return nil }
    guard case .scalar(let scalar) = node, let value = Int(scalar.string), value >= 0 else {
      fail(node, "\(what) must be a whole number, at least 0\(SceneDecoder.got(node))")
      return nil
    }
    return value
  }

  private static func got(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): ", got '\(shown(scalar.string))'"
    case .mapping: ", got a mapping"
    case .sequence: ", got a list"
    default: ""
    }
  }

  // MARK: The document

  static let keys = [
    "title", "source", "caption", "notes", "order", "landscape", "window", "start", "starts", "optimizers",
    "steps",
    "evaluations", "speed", "noise", "seed",
  ]

  private mutating func scene(of root: Node?, name: String) -> Scene? {
    guard let root, let members = members(of: root, keys: SceneDecoder.keys, what: "a scene") else {
      return nil
    }
    let landscape = landscape(members["landscape"], in: root)
    let entries = entries(members["optimizers"], in: root)
    let window = window(members["window"])
    let starts = starts(members)
    var budget = Budget()
    budget.steps = count(members["steps"], "steps")
    budget.evaluations = count(members["evaluations"], "evaluations")
    let seed = count(members["seed"], "seed")
    let noise = noise(members["noise"], dimension: landscape?.dimension ?? 2)
    let speed = number(members["speed"], "speed")
    if let speed, !(speed >= 0.1 && speed <= 10_000) {
      fail(
        members["speed"],
        "speed must be between 0.1 and 10000 steps a second, got '\(NumberText.exact(speed))'")
    }
    let title = text(members["title"], "title")
    let source = text(members["source"], "source")
    let caption = text(members["caption"], "caption")
    let notes = text(members["notes"], "notes")
    let order = number(members["order"], "order")
    guard let landscape, let entries, errors.isEmpty else { return nil }
    return Scene(
      name: name, title: title ?? landscape.title, source: source ?? "", caption: caption ?? landscape.watch,
      notes: notes ?? "", order: order,
      experiment: Experiment(
        landscape: landscape, window: window, entries: entries, starts: starts, budget: budget,
        noise: noise, seed: UInt64(seed ?? 0)),
      speed: speed ?? Scene.defaultSpeed)
  }

  private mutating func noise(_ node: Node?, dimension: Int) -> Noise {
    guard let node, let text = text(node, "noise") else { return .none }
    do {
      let noise = try Noise(text)
      try noise.check(dimension: dimension)
      return noise
    } catch {
      fail(node, "in '\(SceneDecoder.shown(text))': \(error.message)")
      return .none
    }
  }

  private mutating func landscape(_ node: Node?, in root: Node) -> Landscape? {
    guard let node else {
      fail(root, "a scene needs a 'landscape': a name, or a formula as {formula: \"x^2 + y^2\"}")
      return nil
    }
    if let name = node.scalar?.string { return named(name, node) }
    guard case .mapping(let mapping) = node else {
      fail(node, "landscape must be a name, {name: ravine, kappa: 100} or {formula: \"x^2 + y^2\"}")
      return nil
    }
    if mapping["formula"] != nil { return formula(node) }
    guard let nameNode = mapping["name"] else {
      fail(node, "a landscape needs a 'name' or a 'formula'")
      return nil
    }
    guard let name = text(nameNode, "name"), var landscape = named(name, nameNode) else { return nil }
    // Before the constants, of which its directions may depend.
    if let node = mapping["plane"], let text = plane(node) {
      do {
        landscape = try landscape.showing(plane: text)
      } catch {
        fail(node, error.message)
      }
    }
    for (key, value) in mapping where !["name", "plane"].contains(key.scalar?.string) {
      guard let constant = key.scalar?.string else {
        fail(key, "a key must be a word")
        continue
      }
      guard landscape.constants.contains(where: { $0.name == constant }) else {
        let known = ["name"] + (landscape.plane == nil ? [] : ["plane"]) + landscape.constants.map(\.name)
        fail(key, unknown(constant, of: name, keys: known))
        continue
      }
      guard let number = number(value, constant) else { continue }
      do {
        landscape = try landscape.setting(constant, to: number)
      } catch {
        fail(value, error.message)
      }
    }
    return landscape
  }

  /// Two directions: `"W11,W22"` or `[W11, W22]`.
  private mutating func plane(_ node: Node) -> String? {
    guard case .sequence(let items) = node else { return text(node, "plane") }
    guard items.count == 2, let u = items[0].scalar?.string, let v = items[1].scalar?.string else {
      fail(node, "plane must be two directions such as [W11, W22] or [minimum, gradient]")
      return nil
    }
    return "\(u),\(v)"
  }

  private mutating func named(_ name: String, _ node: Node) -> Landscape? {
    if let landscape = LandscapeCatalog.named(name) { return landscape }
    let suggestion = Spelling.suggestion(
      for: name, in: LandscapeCatalog.names, otherwise: "; `descent list landscapes` names them all")
    fail(node, "unknown landscape '\(SceneDecoder.shown(name))'\(suggestion)")
    return nil
  }

  private mutating func formula(_ node: Node) -> Landscape? {
    guard
      let members = members(
        of: node, keys: ["formula", "constants", "minima"], what: "a landscape by formula"),
      let text = text(members["formula"], "formula")
    else { return nil }
    let faults = errors.count
    let constants = constants(members["constants"])
    // A formula over constants that are wrong has nothing to say of its own.
    guard errors.count == faults else { return nil }
    let minima = members["minima"].map { points($0, "minima") } ?? []
    do {
      return try Landscape(formula: text, constants: constants, minima: minima)
    } catch {
      // The formula's column counts within its text, which begins at the value.
      fail(members["formula"], "in the formula: \(error.description)")
      return nil
    }
  }

  private mutating func constants(_ node: Node?) -> [Constant] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      fail(node, "constants must be a mapping such as {a: 1, b: {value: 100, range: [1, 1000], scale: log}}")
      return []
    }
    var constants: [Constant] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        fail(key, "a constant's name must be a word")
        continue
      }
      if case .scalar = value {
        if let number = number(value, name) { constants.append(Constant(name: name, value: number)) }
        continue
      }
      guard let members = members(of: value, keys: ["value", "range", "scale"], what: "a constant") else {
        continue
      }
      guard members["value"] != nil else {
        fail(value, "the constant '\(name)' needs a 'value'")
        continue
      }
      let scale = text(members["scale"], "scale")
      if let scale, scale != "log", scale != "linear" {
        fail(members["scale"], "scale must be log or linear, got '\(SceneDecoder.shown(scale))'")
      }
      let range = members["range"].flatMap { self.range($0, "range") }
      guard let number = number(members["value"], name) else { continue }
      if let range, !range.contains(number) {
        fail(
          members["value"],
          "\(name) must be between \(NumberText.exact(range.lowerBound)) and \(NumberText.exact(range.upperBound)), got '\(NumberText.exact(number))'"
        )
        continue
      }
      if scale == "log", (range?.lowerBound ?? number) <= 0 {
        fail(members["scale"], "a log scale needs a range above 0")
        continue
      }
      if let range {
        constants.append(
          Constant(name: name, value: number, range: range, scale: scale == "log" ? .log : .linear))
      } else {
        constants.append(Constant(name: name, value: number))
      }
    }
    return constants
  }

  private mutating func range(_ node: Node, _ what: String) -> ClosedRange<Double>? {
    guard case .sequence(let items) = node, items.count == 2 else {
      fail(node, "\(what) must be two numbers such as [-2, 2]")
      return nil
    }
    guard let low = number(items[0], what), let high = number(items[1], what) else { return nil }
    guard low < high else {
      fail(node, "\(what) must go up, got [\(NumberText.exact(low)), \(NumberText.exact(high))]")
      return nil
    }
    return low...high
  }

  private mutating func window(_ node: Node?) -> Window? {
    guard let node, let members = members(of: node, keys: ["x", "y"], what: "a window") else { return nil }
    guard let x = members["x"], let y = members["y"] else {
      fail(node, "a window needs x and y, such as {x: [-2, 2], y: [-3, 3]}")
      return nil
    }
    guard let x = side(x, "x"), let y = side(y, "y") else { return nil }
    return Window(x: x, y: y)
  }

  private mutating func side(_ node: Node, _ what: String) -> ClosedRange<Double>? {
    guard let range = range(node, what) else { return nil }
    guard Window.isSide(range) else {
      fail(node, "\(what) must be \(Window.sideRule)")
      return nil
    }
    return range
  }

  private mutating func point(_ node: Node, _ what: String) -> Point? {
    guard case .sequence(let items) = node, items.count == 2 else {
      fail(node, "\(what) must be two numbers such as [1, 10]\(SceneDecoder.got(node))")
      return nil
    }
    guard let x = number(items[0], what), let y = number(items[1], what) else { return nil }
    return Point(x: x, y: y)
  }

  private mutating func points(_ node: Node, _ what: String) -> [Point] {
    guard case .sequence(let items) = node else {
      fail(node, "\(what) must be a list of points such as [[1, 10], [2, 3]]")
      return []
    }
    return items.compactMap { point($0, what) }
  }

  private mutating func starts(_ members: [String: Node]) -> [Point]? {
    if let node = members["starts"] {
      if let both = members["start"] { fail(both, "give 'start' or 'starts', not both") }
      let points = points(node, "starts")
      if points.isEmpty { fail(node, "starts must hold at least one point") }
      return points
    }
    return members["start"].flatMap { point($0, "start") }.map { [$0] }
  }

  private mutating func entries(_ node: Node?, in root: Node) -> [Entry]? {
    guard let node else {
      fail(root, "a scene needs 'optimizers': a list of specs such as sgd:lr=0.01")
      return nil
    }
    guard case .sequence(let items) = node, !items.isEmpty else {
      fail(node, "optimizers must be a list of specs such as sgd:lr=0.01")
      return nil
    }
    guard items.count <= 9 else {
      fail(items[9], "a race has at most nine optimizers")
      return nil
    }
    var entries: [Entry] = []
    for item in items {
      if let entry = entry(item, among: entries) { entries.append(entry) }
    }
    return entries
  }

  private mutating func entry(_ node: Node, among entries: [Entry]) -> Entry? {
    if case .scalar(let scalar) = node {
      guard let spec = spec(scalar.string, node) else { return nil }
      return Entry(
        spec: spec, name: Entry.freeName(for: spec, among: entries),
        label: Entry.freeLabel(for: spec, among: entries), colour: entries.count)
    }
    guard let members = members(of: node, keys: ["use", "name", "label", "colour"], what: "an optimizer")
    else { return nil }
    guard let use = members["use"] else {
      fail(node, "an optimizer needs 'use' with its spec, such as {use: \"adam:lr=0.1\", label: Adam}")
      return nil
    }
    guard let written = text(use, "use"), let spec = spec(written, use) else { return nil }
    let name = text(members["name"], "name") ?? Entry.freeName(for: spec, among: entries)
    if !Entry.isName(name) {
      fail(
        members["name"],
        "a name is letters, digits, '-' and '_', begins with a letter and is not 'landscape' or 'start', got '\(SceneDecoder.shown(name))'"
      )
    }
    if entries.contains(where: { $0.name == name }) {
      fail(members["name"] ?? node, "two optimizers are called '\(name)'")
    }
    let colour = count(members["colour"], "colour") ?? entries.count + 1
    if !(1...9).contains(colour) {
      fail(members["colour"], "colour must be between 1 and 9, got '\(colour)'")
    }
    return Entry(
      spec: spec, name: name,
      label: text(members["label"], "label") ?? Entry.freeLabel(for: spec, among: entries),
      colour: colour - 1)
  }

  private mutating func spec(_ text: String, _ node: Node) -> OptimizerSpec? {
    do {
      return try OptimizerSpec(text)
    } catch {
      // What is left of a spec where its comma was taken for the list's.
      let isTorn = text.contains("=") && !text.contains(":")
      let hint = isTorn ? "; quote a spec that has a comma in a [...] list" : ""
      fail(node, "in '\(SceneDecoder.shown(text))': \(error.message)\(hint)")
      return nil
    }
  }
}
