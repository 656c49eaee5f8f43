import Landscapes
import OptimizerCore

extension StepMoment {
  /// A part of a step: what it comes from, and how far it moved the point.
  package struct Term {
    /// The letter that it comes from.
    package let symbol: String
    /// What that stands for.
    package let quantity: Quantity
    /// How far it moved the point.
    package internal(set) var way: [Double]
  }

  /// The step as a sum: what the gradient, the velocity from before and a decay moved, in the order of the rule.
  ///
  /// Found from the arithmetic of the lines: a moment is followed back to the gradient and the moment before it. Nil where
  /// the rule is no such sum, or the parts do not give the step but for rounding.
  package var terms: [Term]? {
    guard step > 0, isDone, landscape.dimension == 2,
      let last = lines.lastIndex(where: { $0.symbol == "θ" }),
      let (expression, environment) = lines[last].arithmetic, case .sum(let parts) = expression,
      case .symbol("θ")? = parts.first?.term, parts.first?.isMinus == false
    else { return nil }
    var found: [Term] = []
    for part in parts.dropFirst() {
      let sign = part.isMinus ? -1.0 : 1
      guard let terms = self.parts(of: part.term, in: environment, [sign, sign], before: last) else {
        return nil
      }
      for term in terms where term.way.contains(where: { $0 != 0 }) {
        if let place = found.firstIndex(where: { $0.symbol == term.symbol }) {
          for k in term.way.indices { found[place].way[k] += term.way[k] }
        } else {
          found.append(term)
        }
      }
    }
    for k in before.indices {
      let sum = found.reduce(0) { $0 + $1.way[k] }
      let size = found.reduce(before[k].magnitude) { $0 + $1.way[k].magnitude }
      guard (sum - (after[k] - before[k])).magnitude <= 1e-9 * size else { return nil }
    }
    return found
  }

  /// The parts of an expression times a weight for each coordinate; nil if it is no sum of letters.
  private func parts(
    of expression: RecipeExpression, in environment: RecipeExpression.Environment, _ weight: [Double],
    before index: Int
  ) -> [Term]? {
    func scaled(_ values: [Double]) -> [Double] {
      weight.indices.map { weight[$0] * (values.count == 1 ? values[0] : values[$0]) }
    }
    switch expression {
    case .symbol(let name):
      guard let meaning = environment.symbol(name) else { return nil }
      if let line = lines[..<index].lastIndex(where: { $0.symbol == name }),
        lines[line].quantity != .gradient, lines[line].quantity != .decay,
        let (inside, its) = lines[line].arithmetic,
        let parts = self.parts(of: inside, in: its, weight, before: line)
      {
        return parts
      }
      return [
        Term(
          symbol: name, quantity: Quantity(of: name, meaning, among: quantities) ?? .other,
          way: scaled(meaning.values))
      ]
    case .previous(let name):
      return environment.previous(name).map {
        [Term(symbol: name, quantity: quantities[name] ?? .other, way: scaled($0.values))]
      }
    case .sum(let terms):
      var all: [Term] = []
      for (isMinus, term) in terms {
        guard
          let parts = parts(of: term, in: environment, isMinus ? weight.map { -$0 } : weight, before: index)
        else { return nil }
        all += parts
      }
      return all
    case .product(let factors):
      // The last factor that has a number for each coordinate carries the others.
      guard
        let carrier = factors.lastIndex(where: {
          !$0.isDivision && $0.factor.value(in: environment)?.isScalar == false
        })
      else { return nil }
      var weight = weight
      for (place, (isDivision, factor)) in factors.enumerated() where place != carrier {
        guard let values = factor.value(in: environment)?.values else { return nil }
        for k in weight.indices {
          let value = values.count == 1 ? values[0] : values[k]
          weight[k] = isDivision ? weight[k] / value : weight[k] * value
        }
      }
      return self.parts(of: factors[carrier].factor, in: environment, weight, before: index)
    case .number, .gradient, .norm, .power, .root, .call: return nil
    }
  }
}
