/// What an optimizer's setting is called in PyTorch's `torch.optim`, where that is not its key here.
public struct Alias: Sendable, Hashable {
  /// What the word stands for.
  enum Meaning: Sendable, Hashable {
    /// The same as these keys: a value for one, a tuple of as many as there are.
    case keys([String])
    /// Another optimizer here, with the value under a key of its own, if it keeps it.
    case optimizer(String, key: String?)
    /// Nothing that is set here: what to do instead.
    case advice(String)
  }

  /// PyTorch's word.
  public let word: String
  let meaning: Meaning

  /// A setting, or a tuple of several, under keys of its own here.
  static func keys(_ word: String, _ keys: String...) -> Alias { Alias(word: word, meaning: .keys(keys)) }

  /// A setting that makes another optimizer of it here.
  static func optimizer(_ word: String, _ spec: String, key: String? = nil) -> Alias {
    Alias(word: word, meaning: .optimizer(spec, key: key))
  }

  /// A setting that there is not, and what to do instead.
  static func advice(_ word: String, _ advice: String) -> Alias {
    Alias(word: word, meaning: .advice(advice))
  }

  /// What it is here, for lists.
  public var text: String {
    switch meaning {
    case .keys(let keys): keys.joined(separator: ", ")
    case .optimizer(let spec, let key): key.map { "\(spec)\(spec.contains(":") ? "," : ":")\($0)=…" } ?? spec
    case .advice(let advice): advice
    }
  }

  /// Words of PyTorch that say how it computes, and not what.
  static let everywhere = [
    advice("maximize", "a loss is minimised: --function '-(…)' turns it over"),
    advice("foreach", computing), advice("fused", computing), advice("capturable", computing),
    advice("differentiable", computing),
  ]

  private static let computing = "it says how PyTorch computes, and not what: leave it out"
}
