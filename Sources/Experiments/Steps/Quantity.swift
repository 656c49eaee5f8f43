package import OptimizerCore

/// What a letter of an update rule stands for: that decides its colour, which is the same in the equation, on the landscape
/// and in the tables.
package enum Quantity: Int, CaseIterable, Sendable {
  /// A gradient.
  case gradient
  /// A velocity, or an average of gradients.
  case moment
  /// Squares of gradients, remembered.
  case squares
  /// The point, and the way to it.
  case step
  /// What the step goes along, or is put together from.
  case direction
  /// The part of a step that pulls towards the origin.
  case decay
  /// A place besides the point: a probe, a slow point, an average.
  case place
  /// A number or a matrix.
  case other

  /// What a slot or the result of a line is, by what the rule declares it to be.
  package init(_ role: SlotRole) {
    switch role {
    case .gradient: self = .gradient
    case .average: self = .moment
    case .averageOfSquares, .squares: self = .squares
    case .direction: self = .direction
    case .decay: self = .decay
    case .place, .probe: self = .place
    case .point: self = .step
    case .number, .matrix: self = .other
    }
  }

  /// The one letter by which an arrow or a point is known on the landscape.
  package static func letter(of symbol: String) -> Character {
    if symbol.hasPrefix("∇") { return "∇" }
    let letters = symbol.filter(\.isLetter)
    return symbol.count > 1 && symbol.contains(where: { "+)".contains($0) })
      ? letters.last ?? "·" : letters.first ?? symbol.first ?? "·"
  }
}
