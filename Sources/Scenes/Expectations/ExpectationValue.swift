import Experiments

/// What a part of an expectation comes to.
enum ExpectationValue: Sendable, Hashable {
  case number(Double)
  case truth(Bool)
  case text(String)
  /// What did not happen: the steps to a loss that was not reached, the loss at a step after the run's end.
  ///
  /// It goes through arithmetic; no comparison holds of it but `== never`, and `!=` with anything else.
  case never

  /// What kinds of value there are; `never` is a number that is not there.
  enum Kind: Sendable, Hashable {
    case number
    case truth
    case text

    /// In words, with its article.
    var words: String {
      switch self {
      case .number: "a number"
      case .truth: "a statement"
      case .text: "a text"
      }
    }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }

  /// To the last digit.
  var exact: String { number.map { NumberText.exact($0) } ?? shown }

  /// As a reader wants it.
  var shown: String {
    switch self {
    case .number(let number): NumberText.brief(number, digits: 6).replacing("−", with: "-")
    case .truth(let truth): truth ? "true" : "false"
    case .text(let text): "\"\(text)\""
    case .never: "never"
    }
  }
}
