/// The update rule of a built-in optimizer in the language of typed rules: its lines, without the head, which follows from
/// the knobs that it declares.
///
/// A wrapper's lines have one that says `base`, where those of what it wraps stand.
///
/// That the text does what the kernel does is a test, so it is the rule, said once more in a form that can be changed.
public struct RuleLines: Sendable, Hashable {
  /// The lines, one below the other.
  let text: String
  /// The settings for which it holds where they are not the defaults, as a spec has them: `orthogonalise=svd`.
  package let settings: String
  /// The keys of the knobs that the text does not have.
  let omitted: [String]
  /// Whether it is the rule of a problem with one block of parameters, a vector, alone.
  package let isOfOneBlock: Bool
  /// What the text calls a knob whose key means something else in the language.
  let renamed: [String: String]
  /// The learning rate of a step in its words, where it is not the knob.
  let rate: String

  init(
    _ text: String, with settings: String = "", without omitted: [String] = [], ofOneBlock: Bool = false,
    renaming renamed: [String: String] = [:], rate: String = "lr"
  ) {
    self.rate = rate
    self.text = text
    self.settings = settings
    self.renamed = renamed
    let set = settings.split(separator: ",").map { String($0.prefix { $0 != "=" }) }
    self.omitted = set + omitted
    isOfOneBlock = ofOneBlock
  }
}
