import Experiments
import OptimizerCore

/// Writes an expression with numbers in the place of letters.
struct RecipeWriter {
  /// A piece of the text with what it stands for.
  typealias Piece = (text: String, quantity: Quantity?)

  /// What an expression stands in, which decides about brackets.
  private enum Place {
    case sum, laterTerm, product, power
  }

  let coordinate: Int
  let digits: Int
  let environment: RecipeExpression.Environment
  /// What the letters stand for.
  let quantities: [String: Quantity]

  /// The expression with the numbers in it.
  func pieces(_ expression: RecipeExpression) -> [Piece] { pieces(expression, inside: .sum) }

  private func pieces(_ expression: RecipeExpression, inside place: Place) -> [Piece] {
    switch expression {
    case .number(_, let text): return [(text, nil)]
    case .symbol(let name): return number(environment.symbol(name), of: name, place)
    case .previous(let name): return number(environment.previous(name), of: name, place)
    case .gradient, .norm, .power(_, exponent: .symbol):
      let quantity: Quantity? = if case .gradient = expression { .gradient } else { nil }
      return number(expression.value(in: environment)?.values, quantity, place)
    case .root(let inside): return [("√", nil)] + pieces(inside, inside: .power)
    case .power(let base, _): return pieces(base, inside: .power) + [("²", nil)]
    case .call(let name, let arguments):
      var all: [Piece] = [(name + "(", nil)]
      for (i, argument) in arguments.enumerated() {
        if i > 0 { all.append((", ", nil)) }
        all += pieces(argument, inside: .sum)
      }
      return all + [(")", nil)]
    case .sum(let terms):
      // A setting such as 1 − β is one number.
      if let value = expression.value(in: environment), value.isScalar {
        return number(value.values, nil, place)
      }
      let kept = terms.filter { !isNothing($0.term) }
      guard !kept.isEmpty else { return [("0", nil)] }
      var all: [Piece] = []
      for (i, term) in kept.enumerated() {
        if i > 0 {
          all.append((term.isMinus ? " − " : " + ", nil))
        } else if term.isMinus {
          all.append(("−", nil))
        }
        all += pieces(term.term, inside: i > 0 || term.isMinus ? .laterTerm : .sum)
      }
      let needsBrackets = place != .sum && (kept.count > 1 || kept[0].isMinus)
      return needsBrackets ? [("(", nil)] + all + [(")", nil)] : all
    case .product(let factors):
      var all: [Piece] = []
      let kept = factors.filter { $0.isDivision || !isOne($0.factor) }
      for (i, factor) in (kept.first?.isDivision == false ? kept : factors).enumerated() {
        if i > 0 { all.append((factor.isDivision ? "/" : "·", nil)) }
        let isFirst = i == 0 && (place == .sum)
        var inside = pieces(factor.factor, inside: isFirst && !isSum(factor.factor) ? .sum : .product)
        if factor.isDivision, case .product = factor.factor { inside = [("(", nil)] + inside + [(")", nil)] }
        all += inside
      }
      return place == .power ? [("(", nil)] + all + [(")", nil)] : all
    }
  }

  private func isSum(_ expression: RecipeExpression) -> Bool {
    if case .sum = expression { true } else { false }
  }

  /// Whether a factor such as 1 − d is 1 because of a setting.
  private func isOne(_ expression: RecipeExpression) -> Bool {
    isSum(expression) && expression.value(in: environment)?.values == [1]
  }

  /// Whether a term is 0 because a setting is.
  private func isNothing(_ expression: RecipeExpression) -> Bool {
    switch expression {
    case .symbol(let name):
      guard let meaning = environment.symbol(name), meaning.isKnob else { return false }
      return meaning.values == [0]
    case .product(let factors): return factors.contains { !$0.isDivision && isNothing($0.factor) }
    default: return false
    }
  }

  private func number(_ meaning: RecipeExpression.Meaning?, of name: String, _ place: Place) -> [Piece] {
    number(meaning?.values, meaning.flatMap { Quantity(of: name, $0, among: quantities) }, place)
  }

  private func number(_ values: [Double]?, _ quantity: Quantity?, _ place: Place) -> [Piece] {
    guard let values, let first = values.first else { return [("?", nil)] }
    let value = values.count == 1 ? first : values[coordinate]
    let text = NumberText.brief(value, digits: digits)
    let needsBrackets = value < 0 && place != .sum
    return [(needsBrackets ? "(\(text))" : text, quantity)]
  }
}
