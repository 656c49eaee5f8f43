import Experiments
import Landscapes
import OptimizerCore

/// A piece of a recipe's line: a letter that stands for something, or a sign.
struct RecipeToken: Hashable {
  enum Kind: Hashable {
    /// A letter that is known, such as `β₁` or `m̂`.
    case symbol
    case number
    /// An operator, a bracket, a word that means nothing to arithmetic.
    case sign
    case blank
  }

  let text: String
  let kind: Kind

  /// The functions that lines use.
  static let functions: Set<String> = ["max", "min", "sign"]

  /// The pieces of a line, all of them, so that they put together are the line again.
  static func tokens(of text: String, knowing symbols: RecipeAlphabet) -> [RecipeToken] {
    let characters = Array(text)
    var tokens: [RecipeToken] = []
    var place = 0
    func isASCIILetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
    while place < characters.count {
      let character = characters[place]
      var end = place + 1
      var kind = Kind.sign
      if character == " " {
        kind = .blank
      } else if character.isASCII, character.isNumber {
        while end < characters.count, characters[end].isASCII,
          characters[end].isNumber || characters[end] == "."
        {
          end += 1
        }
        kind = .number
      } else {
        // The longest letter that is known; a run of Latin letters is one word, or none of them is a letter at all.
        for letter in symbols.letters(from: character)
        where characters[place...].starts(with: letter) {
          let length = letter.count
          let after = place + length
          let splitsWord =
            isASCIILetter(characters[after - 1]) && after < characters.count
            && isASCIILetter(characters[after])
            || place > 0 && isASCIILetter(characters[place]) && isASCIILetter(characters[place - 1])
          if splitsWord { continue }
          end = after
          kind = .symbol
          break
        }
        if kind == .sign, isASCIILetter(character) {
          while end < characters.count, isASCIILetter(characters[end]) { end += 1 }
        }
      }
      tokens.append(RecipeToken(text: String(characters[place..<end]), kind: kind))
      place = end
    }
    return tokens
  }
}

/// The letters that are known, by their first character, the longest first.
struct RecipeAlphabet {
  private let byFirst: [Character: [[Character]]]

  init(_ symbols: Set<String>) {
    byFirst = Dictionary(grouping: symbols.filter { !$0.isEmpty }.map(Array.init)) { $0[0] }
      .mapValues { $0.sorted { $0.count > $1.count } }
  }

  func letters(from first: Character) -> [[Character]] { byFirst[first] ?? [] }
}

/// The right side of a recipe's line as arithmetic, as far as it is some: to put the numbers in, and to check that they
/// give what the line says they do.
indirect enum RecipeExpression {
  case number(Double, text: String)
  case symbol(String)
  /// `u_prev`: what the letter stood for before the step.
  case previous(String)
  /// `∇f(p)`: the true gradient at a place.
  case gradient(RecipeExpression)
  case norm(RecipeExpression)
  case sum([(isMinus: Bool, term: RecipeExpression)])
  case product([(isDivision: Bool, factor: RecipeExpression)])
  case power(RecipeExpression, exponent: RecipeExpression)
  case root(RecipeExpression)
  case call(String, [RecipeExpression])

  /// What lines may call: the words that follow a letter.
  static let before = "_before"
  static let prev = "_prev"

  /// The expression that a text is, or nil if it is none.
  init?(_ text: String, knowing symbols: RecipeAlphabet) {
    var parser = Parser(
      tokens: RecipeToken.tokens(of: text, knowing: symbols).filter { $0.kind != .blank })
    guard let expression = parser.sum(), parser.isAtEnd else { return nil }
    self = expression
  }

  private struct Parser {
    let tokens: [RecipeToken]
    var place = 0

    var isAtEnd: Bool { place == tokens.count }
    var next: RecipeToken? { place < tokens.count ? tokens[place] : nil }

    mutating func take(_ text: String) -> Bool {
      guard next?.text == text, next?.kind == .sign else { return false }
      place += 1
      return true
    }

    mutating func sum() -> RecipeExpression? {
      var terms: [(isMinus: Bool, term: RecipeExpression)] = []
      var isMinus = take("−")
      while true {
        guard let term = product() else { return nil }
        terms.append((isMinus, term))
        if take("+") {
          isMinus = false
        } else if take("−") {
          isMinus = true
        } else {
          return terms.count == 1 && !terms[0].isMinus ? terms[0].term : .sum(terms)
        }
      }
    }

    mutating func product() -> RecipeExpression? {
      guard let first = primary() else { return nil }
      var factors: [(isDivision: Bool, factor: RecipeExpression)] = [(false, first)]
      while let token = next {
        if ["+", "−", ")", ",", "‖"].contains(token.text), token.kind == .sign { break }
        let isDivision = take("/")
        if !isDivision { _ = take("·") }
        guard let factor = primary() else { return nil }
        factors.append((isDivision, factor))
      }
      return factors.count == 1 ? first : .product(factors)
    }

    mutating func primary() -> RecipeExpression? {
      guard let token = next else { return nil }
      place += 1
      switch token.kind {
      case .number:
        guard let value = Double(token.text) else { return nil }
        return powered(.number(value, text: token.text))
      case .symbol:
        if token.text.hasSuffix(RecipeExpression.prev) {
          return powered(.previous(String(token.text.dropLast(RecipeExpression.prev.count))))
        }
        return powered(.symbol(token.text))
      case .sign: break
      case .blank: return nil
      }
      switch token.text {
      case "(":
        guard let inside = sum(), take(")") else { return nil }
        return powered(inside)
      case "‖":
        guard let inside = sum(), take("‖") else { return nil }
        return powered(.norm(inside))
      case "√": return primary().map { .root($0) }
      case "∇":
        guard next?.text == "f" else { return nil }
        place += 1
        guard take("("), let inside = sum(), take(")") else { return nil }
        return .gradient(inside)
      case let name where RecipeToken.functions.contains(name):
        guard take("(") else { return primary().map { .call(name, [$0]) } }
        var arguments: [RecipeExpression] = []
        repeat {
          guard let argument = sum() else { return nil }
          arguments.append(argument)
        } while take(",")
        guard take(")") else { return nil }
        return powered(.call(name, arguments))
      default: return nil
      }
    }

    mutating func powered(_ base: RecipeExpression) -> RecipeExpression {
      if take("²") { return .power(base, exponent: .number(2, text: "²")) }
      if take("ᵗ") { return .power(base, exponent: .symbol("t")) }
      return base
    }
  }

  // MARK: Numbers

  /// What a letter stands for at one moment: a number for each coordinate, or one for all.
  struct Meaning {
    let values: [Double]
    let quantity: Quantity?
    /// A setting, whose terms are left out where it is 0.
    var isKnob = false
  }

  /// Where the letters get their numbers.
  struct Environment {
    let symbol: (String) -> Meaning?
    let previous: (String) -> Meaning?
    /// The true gradient at a place.
    let gradient: ([Double]) -> [Double]?
  }

  /// A value with the size of what it was computed from, which says how much rounding it may carry.
  struct Number {
    let values: [Double]
    let sizes: [Double]
    var isScalar: Bool { values.count == 1 }

    init(_ values: [Double], sizes: [Double]? = nil) {
      self.values = values
      self.sizes = sizes ?? values.map(\.magnitude)
    }

    static func combined(
      _ a: Number, _ b: Number, _ value: (Double, Double) -> Double, _ size: (Double, Double) -> Double
    )
      -> Number?
    {
      let count = max(a.values.count, b.values.count)
      guard a.isScalar || b.isScalar || a.values.count == b.values.count else { return nil }
      func at(_ values: [Double], _ i: Int) -> Double { values.count == 1 ? values[0] : values[i] }
      return Number(
        (0..<count).map { value(at(a.values, $0), at(b.values, $0)) },
        sizes: (0..<count).map { size(at(a.sizes, $0), at(b.sizes, $0)) })
    }
  }

  /// The value, or nil if a letter has no number.
  func value(in environment: Environment) -> Number? {
    switch self {
    case .number(let value, _): return Number([value])
    case .symbol(let name): return environment.symbol(name).map { Number($0.values) }
    case .previous(let name): return environment.previous(name).map { Number($0.values) }
    case .gradient(let place):
      guard let place = place.value(in: environment) else { return nil }
      return environment.gradient(place.values).map { Number($0) }
    case .norm(let inside):
      guard let inside = inside.value(in: environment) else { return nil }
      return Number([inside.values.euclideanNorm])
    case .sum(let terms):
      var sum: Number?
      for (isMinus, term) in terms {
        guard let value = term.value(in: environment) else { return nil }
        let signed = isMinus ? Number(value.values.map { -$0 }, sizes: value.sizes) : value
        guard let before = sum else {
          sum = signed
          continue
        }
        sum = .combined(before, signed, +, +)
        if sum == nil { return nil }
      }
      return sum
    case .product(let factors):
      var product: Number?
      for (isDivision, factor) in factors {
        guard let value = factor.value(in: environment) else { return nil }
        guard let before = product else {
          product = value
          continue
        }
        // What a denominator cancels makes it small, so its value counts and not the size of its terms.
        product =
          isDivision
          ? .combined(before, Number(value.values), /, { $0 / $1.magnitude }) : .combined(before, value, *, *)
        if product == nil { return nil }
      }
      return product
    case .power(let base, let exponent):
      guard let base = base.value(in: environment), let exponent = exponent.value(in: environment),
        let count = exponent.values.first, count >= 0, count < 1e6
      else { return nil }
      return Number(base.values.map { RecipeExpression.power($0, Int(count)) })
    case .root(let inside):
      return inside.value(in: environment).map { Number($0.values.map { $0.squareRoot() }) }
    case .call(let name, let arguments):
      let values = arguments.compactMap { $0.value(in: environment) }
      guard values.count == arguments.count, let first = values.first else { return nil }
      switch (name, values.count) {
      case ("sign", 1): return Number(first.values.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
      case ("max", 2): return .combined(first, values[1], { max($0, $1) }, { max($0, $1) })
      case ("min", 2): return .combined(first, values[1], { min($0, $1) }, { max($0, $1) })
      default: return nil
      }
    }
  }

  /// By repeated squaring.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  // MARK: Text

  /// A piece of the text with what it stands for.
  typealias Piece = (text: String, quantity: Quantity?)

  /// The expression with the numbers of one coordinate in it.
  func pieces(coordinate: Int, digits: Int, in environment: Environment) -> [Piece] {
    RecipeWriter(coordinate: coordinate, digits: digits, environment: environment).pieces(self, inside: .sum)
  }
}

/// Writes an expression with numbers in the place of letters.
private struct RecipeWriter {
  /// What an expression stands in, which decides about brackets.
  enum Place {
    case sum, laterTerm, product, power
  }

  let coordinate: Int
  let digits: Int
  let environment: RecipeExpression.Environment

  func pieces(_ expression: RecipeExpression, inside place: Place) -> [RecipeExpression.Piece] {
    switch expression {
    case .number(_, let text): return [(text, nil)]
    case .symbol(let name): return number(environment.symbol(name), place)
    case .previous(let name): return number(environment.previous(name), place)
    case .gradient, .norm, .power(_, exponent: .symbol):
      let quantity: Quantity? = if case .gradient = expression { .gradient } else { nil }
      return number(
        expression.value(in: environment).map { .init(values: $0.values, quantity: quantity) }, place)
    case .root(let inside): return [("√", nil)] + pieces(inside, inside: .power)
    case .power(let base, _): return pieces(base, inside: .power) + [("²", nil)]
    case .call(let name, let arguments):
      var all: [RecipeExpression.Piece] = [(name + "(", nil)]
      for (i, argument) in arguments.enumerated() {
        if i > 0 { all.append((", ", nil)) }
        all += pieces(argument, inside: .sum)
      }
      return all + [(")", nil)]
    case .sum(let terms):
      // A setting such as 1 − β is one number.
      if let value = expression.value(in: environment), value.isScalar {
        return number(.init(values: value.values, quantity: nil), place)
      }
      let kept = terms.filter { !isNothing($0.term) }
      guard !kept.isEmpty else { return [("0", nil)] }
      var all: [RecipeExpression.Piece] = []
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
      var all: [RecipeExpression.Piece] = []
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

  private func number(_ meaning: RecipeExpression.Meaning?, _ place: Place) -> [RecipeExpression.Piece] {
    guard let meaning, let first = meaning.values.first else { return [("?", nil)] }
    let value = meaning.values.count == 1 ? first : meaning.values[coordinate]
    let text = NumberText.brief(value, digits: digits)
    let needsBrackets = value < 0 && place != .sum
    return [(needsBrackets ? "(\(text))" : text, meaning.quantity)]
  }
}
