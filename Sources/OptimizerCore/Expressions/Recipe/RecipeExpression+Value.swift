extension RecipeExpression {
  /// What a letter stands for at one moment: a number for each coordinate, or one for all.
  package struct Meaning {
    package let values: [Double]
    /// A setting, whose terms are left out where it is 0.
    package let isKnob: Bool

    package init(_ values: [Double], isKnob: Bool = false) {
      self.values = values
      self.isKnob = isKnob
    }
  }

  /// Where the letters get their numbers.
  package struct Environment {
    package let symbol: (String) -> Meaning?
    package let previous: (String) -> Meaning?
    /// The true gradient at a place.
    package let gradient: ([Double]) -> [Double]?

    package init(
      symbol: @escaping (String) -> Meaning?, previous: @escaping (String) -> Meaning?,
      gradient: @escaping ([Double]) -> [Double]?
    ) {
      self.symbol = symbol
      self.previous = previous
      self.gradient = gradient
    }
  }

  /// The value, or nil if a letter has no number.
  package func value(in environment: Environment) -> RecipeNumber? {
    switch self {
    case .number(let value, _): return RecipeNumber([value])
    case .symbol(let name): return environment.symbol(name).map { RecipeNumber($0.values) }
    case .previous(let name): return environment.previous(name).map { RecipeNumber($0.values) }
    case .gradient(let place):
      guard let place = place.value(in: environment) else { return nil }
      return environment.gradient(place.values).map { RecipeNumber($0) }
    case .norm(let inside):
      guard let inside = inside.value(in: environment) else { return nil }
      return RecipeNumber([inside.values.euclideanNorm])
    case .sum(let terms):
      var sum: RecipeNumber?
      for (isMinus, term) in terms {
        guard let value = term.value(in: environment) else { return nil }
        let signed = isMinus ? RecipeNumber(value.values.map { -$0 }, sizes: value.sizes) : value
        guard let before = sum else {
          sum = signed
          continue
        }
        sum = .combined(before, signed, +, +)
        if sum == nil { return nil }
      }
      return sum
    case .product(let factors):
      var product: RecipeNumber?
      for (isDivision, factor) in factors {
        guard let value = factor.value(in: environment) else { return nil }
        guard let before = product else {
          product = value
          continue
        }
        // What a denominator cancels makes it small, so its value counts and not the size of its terms.
        product =
          isDivision
          ? .combined(before, RecipeNumber(value.values), /, { $0 / $1.magnitude })
          : .combined(before, value, *, *)
        if product == nil { return nil }
      }
      return product
    case .power(let base, let exponent):
      guard let base = base.value(in: environment), let exponent = exponent.value(in: environment),
        let count = exponent.values.first, count >= 0, count < 1e6
      else { return nil }
      return RecipeNumber(base.values.map { RecipeExpression.power($0, Int(count)) })
    case .root(let inside):
      return inside.value(in: environment).map { RecipeNumber($0.values.map { $0.squareRoot() }) }
    case .call(let name, let arguments):
      let values = arguments.compactMap { $0.value(in: environment) }
      guard values.count == arguments.count, let first = values.first else { return nil }
      switch (name, values.count) {
      case ("sign", 1): return RecipeNumber(first.values.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
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
}
