import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The parts of a scene that say on what is run.
extension DocumentReader {
  mutating func landscape(_ node: Node) -> Landscape? {
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
    guard let name = text(nameNode, "name"), let landscape = named(name, nameNode) else { return nil }
    return constants(of: landscape, in: mapping)
  }

  private mutating func named(_ name: String, _ node: Node) -> Landscape? {
    if LandscapeText.isOne(name) {
      do {
        return try LandscapeText.landscape(name, files: SceneLibrary.dataFiles(beside: file))
      } catch {
        fail(node, error.description)
        return nil
      }
    }
    if let landscape = LandscapeCatalog.named(name) { return landscape }
    let suggestion = Spelling.suggestion(
      for: name, in: LandscapeCatalog.names, otherwise: "; `descent list landscapes` names them all")
    fail(node, "unknown landscape '\(Excerpt.printable(name))'\(suggestion)")
    return nil
  }

  /// A landscape of the catalog with the plane and the constants of a mapping.
  private mutating func constants(of catalogued: Landscape, in mapping: Node.Mapping) -> Landscape? {
    var landscape = catalogued
    var draft = LandscapeDraft()
    let pairs = pairs(of: mapping)
    let hasPlane = catalogued.plane != nil
    let declared = SceneFormat.named.filter { key in
      // A plane of a landscape that is one says so itself.
      key.name != "plane" || hasPlane || pairs.contains { $0.name == "plane" }
    }
    // Before the constants, of which its directions may depend.
    for key in declared {
      guard let pair = pairs.first(where: { $0.name == key.name }) else { continue }
      key.read(&self, pair.value, &draft)
      guard key.name == "plane", let plane = draft.plane else { continue }
      do {
        landscape = try landscape.showing(plane: plane)
      } catch {
        fail(pair.value, error.message)
      }
    }
    for pair in pairs where !declared.contains(where: { $0.name == pair.name }) && !isFull {
      guard let constant = landscape.settableConstant(pair.name) else {
        let keys = declared.map(\.name) + landscape.constants.map(\.name)
        fail(pair.key, unknown(pair.name, of: landscape.id, keys: keys))
        continue
      }
      guard let number = value(pair.value, of: constant) else { continue }
      do {
        landscape = try landscape.setting(pair.name, to: number)
      } catch {
        fail(pair.value, error.message)
      }
    }
    return landscape
  }

  /// Two directions: `"W11,W22"` or `[W11, W22]`.
  mutating func plane(_ node: Node) -> String? {
    guard case .sequence(let items) = node else { return text(node, "plane") }
    guard items.count == 2, let u = items[0].scalar?.string, let v = items[1].scalar?.string else {
      fail(node, "plane must be two directions such as [W11, W22] or [minimum, gradient]")
      return nil
    }
    return "\(u),\(v)"
  }

  private mutating func formula(_ node: Node) -> Landscape? {
    let faults = errors.count
    var draft = LandscapeDraft()
    read(node, as: "a landscape by formula", by: SceneFormat.formula, into: &draft)
    // A formula over constants that are wrong has nothing to say of its own.
    guard errors.count == faults, let text = draft.formula else { return nil }
    do {
      return try Landscape(
        formula: text, constants: draft.constants, minima: draft.minima ?? [], saddles: draft.saddles ?? [])
    } catch {
      // The formula's column counts within its text, which begins at the value.
      fail(node["formula"], "in the formula: \(error.description)")
      return nil
    }
  }

  /// The value of a constant of the catalog: a number, or one of its words.
  private mutating func value(_ node: Node, of constant: Constant) -> Double? {
    guard case .choice(let words) = constant.kind, case .scalar(let scalar) = node,
      Double(scalar.string) == nil
    else { return number(node, constant.name) }
    if let place = words.firstIndex(of: scalar.string) { return Double(place) }
    let all = words.joined(separator: ", ")
    fail(
      node,
      "\(constant.name) must be one of \(all), got '\(Excerpt.printable(scalar.string))'"
        + Spelling.suggestion(for: scalar.string, in: words))
    return nil
  }

  mutating func constants(_ node: Node) -> [Constant] {
    guard case .mapping(let mapping) = node else {
      fail(node, "constants must be a mapping such as {a: 1, b: {value: 100, range: [1, 1000], scale: log}}")
      return []
    }
    var constants: [Constant] = []
    for pair in pairs(of: mapping) where !isFull {
      if let constant = constant(pair.name, pair.value) { constants.append(constant) }
    }
    return constants
  }

  private mutating func constant(_ name: String, _ node: Node) -> Constant? {
    if case .scalar = node { return number(node, name).map { Constant(name: name, value: $0) } }
    var draft = ConstantDraft(name: name)
    guard read(node, as: "a constant", by: SceneFormat.constant, into: &draft) else { return nil }
    guard let valueNode = node["value"] else {
      fail(node, "the constant '\(Excerpt.printable(name))' needs a 'value'")
      return nil
    }
    if let scale = draft.scale, scale != "log", scale != "linear" {
      fail(draft.scaleNode, "scale must be log or linear, got '\(Excerpt.printable(scale))'")
    }
    guard let value = draft.value else { return nil }
    if let range = draft.range, !range.contains(value) {
      let ends = "\(NumberText.exact(range.lowerBound)) and \(NumberText.exact(range.upperBound))"
      fail(valueNode, "\(name) must be between \(ends), got '\(NumberText.exact(value))'")
      return nil
    }
    let isLog = draft.scale == "log"
    if isLog, (draft.range?.lowerBound ?? value) <= 0 {
      fail(draft.scaleNode, "a log scale needs a range above 0")
      return nil
    }
    guard let range = draft.range else { return Constant(name: name, value: value) }
    return Constant(name: name, value: value, range: range, scale: isLog ? .log : .linear)
  }

  mutating func window(_ node: Node) -> Window? {
    var draft = WindowDraft()
    guard read(node, as: "a window", by: SceneFormat.window, into: &draft) else { return nil }
    guard node["x"] != nil, node["y"] != nil else {
      fail(node, "a window needs x and y, such as {x: [-2, 2], y: [-3, 3]}")
      return nil
    }
    guard let x = draft.x, let y = draft.y else { return nil }
    return Window(x: x, y: y)
  }

  mutating func noise(_ node: Node, on landscape: Landscape?) -> Noise {
    guard let text = text(node, "noise") else { return .none }
    do {
      let noise = try Noise(text)
      try landscape?.check(noise)
      return noise
    } catch {
      fail(node, "in '\(Excerpt.printable(text))': \(error.message)")
      return .none
    }
  }

  mutating func seed(_ node: Node) -> UInt64? {
    guard let seed = node.scalar.flatMap({ UInt64(written: $0.string) }) else {
      fail(node, "seed must be a whole number, at least 0\(DocumentReader.got(node))")
      return nil
    }
    return seed
  }

  mutating func speed(_ node: Node) -> Double? {
    guard let speed = number(node, "speed") else { return nil }
    guard Scene.speeds.contains(speed) else {
      fail(
        node, "speed must be between 0.1 and 10000 steps a second, got '\(NumberText.exact(speed))'")
      return nil
    }
    return speed
  }
}
