/// A stretch of a run that stayed within a cell of the plot: where a run seems to rest.
struct RunStall: Equatable {
  /// Where it began, in cells.
  let place: SIMD2<Double>
  /// How many steps it took.
  let steps: Int

  /// The fewest steps that are worth a word.
  static let least = 10

  /// The longest stall of a path, of `least` steps at least; nil if it has none.
  ///
  /// - Parameter places: the places of the iterates, in cells, oldest first; each is one step from the one before.
  static func longest(of places: [SIMD2<Double>]) -> RunStall? {
    var longest: RunStall?
    var first = 0
    for index in places.indices {
      if !isNear(places[index], places[first]) { first = index }
      let steps = index - first
      if steps >= least, steps > longest?.steps ?? 0 {
        longest = RunStall(place: places[first], steps: steps)
      }
    }
    return longest
  }

  /// Whether two places are within a cell's width of each other; a row is two columns.
  private static func isNear(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
    let way = (a - b) * SIMD2(1, 2)
    return (way * way).sum() <= 1
  }
}
