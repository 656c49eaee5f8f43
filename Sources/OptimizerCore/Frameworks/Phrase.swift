/// How a framework writes an optimizer, and which settings it takes for granted. An optimizer declares its own.
public struct Phrase: Sendable {
  /// What an argument is made of.
  enum Value: Sendable {
    /// The value of a knob.
    case knob(String)
    /// A tuple of the values of several.
    case tuple([String])
    /// What is always there.
    case literal(String)
  }

  /// An argument of a call.
  struct Argument: Sendable {
    /// Its name in the framework.
    let word: String
    /// What is given for it.
    let value: Value

    init(_ word: String, _ value: Value) { (self.word, self.value) = (word, value) }
  }

  /// How it goes together with the line of the optimizer that a wrapper wraps.
  enum Place: Sendable {
    /// A line of its own.
    case line
    /// A transformation in front of the base's.
    case chained
    /// An argument of the base's line.
    case argument
    /// Bases, by id, that are called otherwise with it, and what they are then.
    case other([String: String])
  }

  /// Whose words they are.
  let framework: Framework
  /// What is called: `optax.adam`. The word of an argument, where it is one.
  let call: String
  /// What stands before the arguments: the parameters, where they are handed over at once.
  var first: String?
  /// The arguments in the framework's words.
  var arguments: [Argument] = []
  /// The settings that it has no word for, with what it does there.
  var fixed: [String: String] = [:]
  /// Knobs that mean nothing in this form.
  var idle: Set<String> = []
  /// Why a setting is fixed, where that is not plain.
  var remark = ""
  /// Where it stands.
  var place = Place.line

  /// A transformation that Optax chains in front of another.
  static func chained(_ framework: Framework, _ word: String) -> Phrase {
    Phrase(framework: framework, call: "\(framework.rawValue).\(word)", place: .chained)
  }

  /// An argument that every call of a framework takes.
  static func argument(_ framework: Framework, _ word: String) -> Phrase {
    Phrase(framework: framework, call: word, place: .argument)
  }

  /// Other optimizers that say the same, by the id of what is wrapped.
  static func other(_ framework: Framework, _ ids: [String: String]) -> Phrase {
    Phrase(framework: framework, call: "", place: .other(ids))
  }
}
