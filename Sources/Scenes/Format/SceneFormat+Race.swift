import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The mappings that say on what is run, and who runs.
extension SceneFormat {
  /// A landscape of the catalog; the names of its constants are keys, too.
  static let named: [FormatKey<LandscapeDraft, Landscape>] = [
    // Which one it is must be known before its mapping is read.
    FormatKey("name", "ravine", "a landscape of the catalog") { _, _, _ in
    } write: {
      word(of: $0)
    },
    FormatKey("plane", "[W11, W22]", "the plane that is shown of more than two parameters") {
      $2.plane = $0.plane($1)
    } write: {
      guard let plane = $0.planeName, plane != LandscapeCatalog.plane(of: $0.id) else { return nil }
      // A plane by runs is one text, with commas of its own.
      return plane.contains("(")
        ? .inline(YAMLText.quoted(plane)) : .list(ofWords: plane.split(separator: ",").map(String.init))
    },
  ]

  /// A landscape by formula.
  static let formula: [FormatKey<LandscapeDraft, Landscape>] = [
    FormatKey("formula", "\"a*x^2 + y^2\"", "the loss, in x and y, constants, and the step t") {
      $2.formula = $0.text($1, "formula")
    } write: {
      .inline(YAMLText.quoted($0.text))
    },
    FormatKey("constants", "{a: 2, b: {value: 100, range: [1, 1000], scale: log}}", "named numbers: knobs") {
      $2.constants = $0.constants($1)
    } write: {
      guard !$0.constants.isEmpty else { return nil }
      return .block($0.constants.map { YAMLPair($0.name, .flow(FormatKey.pairs(of: $0, by: constant))) })
    },
    FormatKey("minima", "[[0, 0]]", "where the minima are known to be") {
      $2.minima = $0.points($1, "minima")
    } write: {
      $0.minima.isEmpty ? nil : .points($0.minima)
    },
    FormatKey("saddles", "[[0, 0]]", "where the saddles are known to be") {
      $2.saddles = $0.points($1, "saddles")
    } write: {
      $0.saddles.isEmpty ? nil : .points($0.saddles)
    },
  ]

  /// A landscape by its name where that says all, else a mapping.
  static func value(of landscape: Landscape) -> YAMLValue {
    guard let usual = LandscapeCatalog.constants(of: landscape.id) else {
      return .block(FormatKey.pairs(of: landscape, by: formula))
    }
    let turned = landscape.constants.filter { constant in
      usual.first { $0.name == constant.name }?.value != constant.value
    }
    let pairs =
      FormatKey.pairs(of: landscape, by: named)
      + turned.map { YAMLPair($0.name, .inline($0.text(of: $0.value))) }
    return pairs.count == 1 ? word(of: landscape) : .flow(pairs)
  }

  /// The name of a landscape; one that is written down has commas and braces, which a mapping would take for its own.
  private static func word(of landscape: Landscape) -> YAMLValue {
    .inline(LandscapeText.isOne(landscape.id) ? YAMLText.quoted(landscape.id) : landscape.id)
  }

  /// A constant of a formula.
  static let constant: [FormatKey<ConstantDraft, Constant>] = [
    FormatKey("value", "100", "its value") {
      $2.value = $0.number($1, $2.name)
    } write: {
      .number($0.value)
    },
    FormatKey("range", "[1, 1000]", "the values it may take") {
      $2.range = $0.range($1, "range")
    } write: {
      .range($0.range)
    },
    FormatKey("scale", "log", "how a slider divides the range: linear or log") {
      $2.scaleNode = $1
      $2.scale = $0.text($1, "scale")
    } write: {
      .inline($0.scale.rawValue)
    },
  ]

  /// A window.
  static let window: [FormatKey<WindowDraft, Window>] = [
    FormatKey("x", "[-2, 2]", "from the left edge to the right") {
      $2.x = $0.side($1, "x")
    } write: {
      .range($0.x)
    },
    FormatKey("y", "[-3, 3]", "from the bottom edge to the top") {
      $2.y = $0.side($1, "y")
    } write: {
      .range($0.y)
    },
  ]

  /// An entry of the race.
  static let optimizer: [FormatKey<EntryDraft, PlacedEntry>] = [
    FormatKey("use", "\"adam:lr=0.1\"", "the optimizer with its settings") {
      $2.specNode = $1
      if let text = $0.text($1, "use") { $2.spec = $0.spec(text, $1) }
    } write: {
      .inline(YAMLText.quoted($0.entry.spec.description))
    },
    FormatKey("name", "heavy", "what scenes, axes and changes call it; its id, if left out") {
      $2.nameNode = $1
      $2.name = $0.text($1, "name")
    } write: {
      $0.entry.name == Entry.freeName(for: $0.entry.spec, among: $0.before) ? nil : .inline($0.entry.name)
    },
    FormatKey("label", "Heavy ball", "what the screen calls it") {
      $2.label = $0.text($1, "label")
    } write: {
      $0.entry.label == Entry.freeLabel(for: $0.entry.spec, among: $0.before)
        ? nil : .inline(YAMLText.quoted($0.entry.label))
    },
    FormatKey("colour", "2", "which of the nine colours it wears") {
      $2.colourNode = $1
      $2.colour = $0.count($1, "colour")
    } write: {
      $0.entry.colour == $0.before.count ? nil : .count($0.entry.colour + 1)
    },
    FormatKey("on", "false", "whether it takes part from the beginning") {
      $2.isOn = $0.toggle($1, "on")
    } write: {
      $0.entry.isOn ? nil : .toggle(false)
    },
  ]

  /// An entry by its spec where that says all, else a mapping.
  static func value(of entry: PlacedEntry) -> YAMLValue {
    let pairs = FormatKey.pairs(of: entry, by: optimizer)
    return pairs.count == 1 ? .text(entry.entry.spec.description) : .flow(pairs)
  }
}
