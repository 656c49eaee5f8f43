/// PyTorch's lines, from the table of its words by which specs are read.
extension Phrase {
  /// The classes of `torch.optim` that are rules here, as they are spelled.
  private static let classes = [
    "SGD", "Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "Adafactor",
    "Rprop",
    "ASGD", "LBFGS",
  ]

  /// What PyTorch does where it leaves no choice, by key.
  private static let usual = ["bias_correction": "on", "eps_inside": "off", "form": "torch"]

  /// What a class takes besides for a step here to be a step there, and what it wants.
  static func torch(_ besides: [Argument] = [], demands: [Demand] = []) -> Phrase {
    Phrase(framework: .torch, call: "", arguments: besides, demands: demands)
  }

  /// Another class than that whose words are read, for certain settings.
  static func torch(
    _ name: String, _ arguments: [Argument], fixed: [String: String], idle: Set<String> = []
  ) -> Phrase {
    Phrase(
      framework: .torch, call: "torch.optim.\(name)", arguments: [parameters] + arguments, fixed: fixed,
      idle: idle)
  }

  /// What is optimised, which PyTorch is told at once.
  private static let parameters = Argument(.literal("params"))

  /// PyTorch's lines of an optimizer; none where it has none.
  static func torch(of entry: OptimizerEntry) -> [Phrase] {
    spoken(of: entry) + entry.phrases.filter { $0.framework == .torch && !$0.call.isEmpty }
  }

  /// The line of the class whose words are read.
  private static func spoken(of entry: OptimizerEntry) -> [Phrase] {
    let id = entry.about.id
    if let name = classes.first(where: { $0.lowercased() == id }) {
      return phrases(of: entry, name, adding: [])
    }
    // Another class with a word that stands for this optimizer: Adam(amsgrad=True).
    for other in OptimizerRegistry.all {
      guard let name = classes.first(where: { $0.lowercased() == other.about.id }) else { continue }
      for alias in other.aliases {
        guard case .optimizer(let spec, let key) = alias.meaning, spec.prefix(while: { $0 != ":" }) == id
        else {
          continue
        }
        return phrases(of: entry, name, adding: key == nil ? [.init(alias.word, .literal("True"))] : [])
      }
    }
    return []
  }

  private static func phrases(
    of entry: OptimizerEntry, _ name: String, adding more: [Argument]
  ) -> [Phrase] {
    let tuples = entry.aliases.compactMap { alias -> (word: String, keys: [String])? in
      if case .keys(let keys) = alias.meaning { (alias.word, keys) } else { nil }
    }
    var arguments: [Argument] = []
    var fixed: [String: String] = [:]
    for knob in entry.knobs {
      if let usual = usual[knob.key] {
        fixed[knob.key] = usual
      } else if let alias = tuples.first(where: { $0.keys.contains(knob.key) }) {
        guard alias.keys[0] == knob.key else { continue }
        arguments.append(
          .init(alias.word, alias.keys.count == 1 ? .knob(knob.key) : .tuple(alias.keys)))
      } else {
        arguments.append(.init(knob.role == .penalty ? "weight_decay" : knob.key, .knob(knob.key)))
      }
    }
    let besides = entry.phrases.filter { $0.framework == .torch && $0.call.isEmpty }
    arguments += more + besides.flatMap(\.arguments)
    func phrase(without key: String?, _ mark: [Argument]) -> Phrase {
      Phrase(
        framework: .torch, call: "torch.optim.\(name)",
        arguments: [parameters]
          + arguments.filter { argument in
            if case .knob(key) = argument.value { false } else { true }
          } + mark, fixed: key.map { fixed.merging([$0: "0"]) { $1 } } ?? fixed,
        demands: besides.flatMap(\.demands))
    }
    // One word for both decays, and another that says which.
    guard entry.knobs.contains(where: { $0.role == .penalty }),
      entry.knobs.contains(where: { $0.role == .decay })
    else { return [phrase(without: nil, [])] }
    return [
      phrase(without: "weight_decay", []),
      phrase(without: "l2", [.init("decoupled_weight_decay", .literal("True"))]),
    ]
  }
}
