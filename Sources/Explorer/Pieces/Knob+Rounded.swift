import OptimizerCore

extension Knob {
  /// The value that a person means who puts the slider at a place, 0...1: the nearest notch, or the end of the range.
  func rounded(atFraction fraction: Double) -> Double {
    let exact = value(atFraction: fraction)
    guard !isDiscrete, fraction > 0, fraction < 1 else { return exact }
    let above = stepped(from: exact, by: 1)
    let below = stepped(from: above, by: -1)
    let place = self.fraction(of: exact)
    return self.fraction(of: above) - place < place - self.fraction(of: below) ? above : below
  }
}
