/// Where the starts of a basin map end, with how many.
public struct BasinShares: Sendable, Hashable {
  /// Starts that end near each known minimum, in the landscape's order.
  public let minima: [Int]
  /// Starts that end elsewhere without having grown or diverged.
  public let elsewhere: Int
  /// Starts whose run grew or diverged, and did not end near a known minimum.
  public let gone: Int
  /// Starts that are known.
  public let known: Int

  /// The shares in a grid of a landscape with so many known minima, as far as it is known.
  public init(of grid: SweepGrid, minima count: Int) {
    var minima = [Int](repeating: 0, count: count)
    var (elsewhere, gone) = (0, 0)
    for case let cell? in grid.cells {
      if let minimum = cell.minimum, minimum <= count {
        minima[minimum - 1] += 1
      } else if cell.outcome == .growing || cell.outcome == .diverged {
        gone += 1
      } else {
        elsewhere += 1
      }
    }
    self.minima = minima
    self.elsewhere = elsewhere
    self.gone = gone
    known = grid.known
  }

  /// A count as a share of what is known; 0 before anything is.
  public func share(_ count: Int) -> Double { known > 0 ? Double(count) / Double(known) : 0 }
}
