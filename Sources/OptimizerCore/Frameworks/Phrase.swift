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
    /// Another call.
    case call(String, [Argument])
    /// The line of the optimizer that a wrapper wraps.
    case base
  }

  /// An argument of a call.
  struct Argument: Sendable {
    /// Its name in the framework; empty where it is told by its place.
    let word: String
    /// What is given for it.
    let value: Value

    init(_ word: String, _ value: Value) { (self.word, self.value) = (word, value) }

    /// One without a name.
    init(_ value: Value) { (word, self.value) = ("", value) }
  }

  /// What a framework wants of settings for which it has words.
  struct Demand: Sendable {
    /// In short: `d>=1`.
    let text: String
    /// Whether it is met by the values of the knobs.
    let holds: @Sendable (_ value: (String) -> Double) -> Bool

    init(_ text: String, _ holds: @escaping @Sendable (_ value: (String) -> Double) -> Bool) {
      (self.text, self.holds) = (text, holds)
    }
  }

  /// How it goes together with the line of the optimizer that a wrapper wraps.
  enum Place: Sendable {
    /// A line of its own, with the base's in it.
    case line
    /// An argument of the base's line.
    case argument
    /// Bases, by id, that are called otherwise with it: what they are then, and the key that takes its number.
    case other([String: (id: String, key: String)])
  }

  /// Whose words they are.
  let framework: Framework
  /// What is called: `optax.adam`. The word of an argument, where it is one.
  let call: String
  /// The arguments in the framework's words.
  var arguments: [Argument] = []
  /// The settings that it has no word for, with what it does there.
  var fixed: [String: String] = [:]
  /// Knobs that mean nothing in this form.
  var idle: Set<String> = []
  /// What it refuses, or does in another way, beside.
  var demands: [Demand] = []
  /// What makes it another rule, whatever the settings.
  var flaw = ""
  /// Why a setting is fixed, where that is not plain.
  var remark = ""
  /// Where it stands.
  var place = Place.line

  /// An argument that every call of a framework takes.
  static func argument(_ framework: Framework, _ word: String) -> Phrase {
    Phrase(framework: framework, call: word, place: .argument)
  }

  /// Other optimizers that say the same, by the id of what is wrapped.
  static func other(
    _ framework: Framework, _ ids: [String: (id: String, key: String)]
  ) -> Phrase {
    Phrase(framework: framework, call: "", place: .other(ids))
  }
}
