import Experiments
import Landscapes
import OptimizerCore

/// What the values of the words may begin with.
extension Completion {
  /// The characters at the end of a text that are part of a name.
  static func name(at text: String) -> Int {
    text.reversed().prefix(while: isOfName).count
  }

  /// Whether a character is one of names.
  static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }

  /// `kappa=` or `adam.lr=`: the knobs there are.
  @Sendable static func set(_ context: ViewContext, _ text: String) -> Offer {
    .words(constants(context) + entryKnobs(context))
  }

  private static func constants(_ context: ViewContext) -> [(String, String)] {
    context.nextLandscape.constants.map { constant in
      let range =
        "\(NumberText.setting(constant.range.lowerBound)) to \(NumberText.setting(constant.range.upperBound))"
      return ("\(constant.name)=", "\(constant.label), \(range)")
    }
  }

  /// Those of the entries, which while their names are hidden would tell them.
  private static func entryKnobs(_ context: ViewContext) -> [(String, String)] {
    guard !context.isBlind else { return [] }
    return context.entries.flatMap { entry in
      entry.spec.knobs.map { ("\(KnobPath.entry(name: entry.name, key: $0.key))=", detail(of: $0)) }
    }
  }

  static func detail(of knob: Knob) -> String {
    switch knob.kind {
    case .toggle: "\(knob.label), on or off"
    case .choice(let words): "\(knob.label): \(words.joined(separator: ", "))"
    case .real, .integer:
      "\(knob.label), \(knob.format(knob.range.lowerBound)) to \(knob.format(knob.range.upperBound))"
    }
  }

  /// `40:adam.lr=`: after the step the names of the knobs.
  @Sendable static func change(_ context: ViewContext, _ text: String) -> Offer {
    guard let colon = text.firstIndex(of: ":") else {
      return .words([("\(context.race.step + 1):", "before the next step")])
    }
    let typed = text.distance(from: text.index(after: colon), to: text.endIndex)
    let landscape = constants(context).map { ("\(KnobPath.landscapeWord).\($0.0)", $0.1) }
    return .words(entryKnobs(context) + landscape, typed: typed)
  }

  @Sendable static func plane(_ context: ViewContext, _ text: String) -> Offer {
    let landscape = context.race.experiment.landscape
    guard landscape.plane != nil else { return .nothing }
    return .words(
      landscape.planeChoices.map { ($0, "") }
        + [("path", "of the selected run so far"), ("ends", "of the selected run and another")])
  }

  /// The functions of the formula language and the constants there are.
  @Sendable static func formula(_ context: ViewContext, _ text: String) -> Offer {
    let typed = name(at: text)
    // At an empty place anything may stand: nothing is offered.
    guard typed > 0 else { return .nothing }
    let constants = context.nextLandscape.constants.map { ($0.name, $0.label) }
    return .words(Formula.functionNames.map { ("\($0)(", "a function") } + constants, typed: typed)
  }

  @Sendable static func noise(_ context: ViewContext, _ text: String) -> Offer {
    let typed = name(at: text)
    let before = text.dropLast(typed)
    guard let open = before.firstIndex(of: "(") else {
      let names = NoiseRegistry.all.map { ("\($0.declaration.name)(", $0.declaration.summary) }
      return .words(names + [(Noise.none.description, "no noise")], typed: typed)
    }
    guard before.last == "(" || before.last == "," else { return .nothing }
    let entry = NoiseRegistry.all.first { $0.declaration.name == before[..<open] }
    return .words(arguments(entry?.declaration.arguments ?? []), typed: typed)
  }

  static func arguments(_ declared: [ArgumentDeclaration]) -> [(String, String)] {
    declared.map { ("\($0.knob.key)=", detail(of: $0.knob)) }
  }
}
