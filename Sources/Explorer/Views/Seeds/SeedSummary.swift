import Experiments

/// Numbers of the same thing under several seeds, in two words: where they lie, and how far apart.
///
/// Shares, which lie on a line, have their mean and their deviation over n − 1; numbers of all sizes their median and quartiles
/// by nearest rank, which are the same on any axis.
struct SeedSummary: Hashable {
  /// The mean, or the median.
  let middle: Double
  /// From one deviation below to one above, or from quartile to quartile.
  let range: ClosedRange<Double>
  /// How many have a number, and how many have none: they ended before.
  let (count, lost): (Int, Int)

  /// Of at least two seeds. What has no number ranks behind all others; a mean is one of those that have.
  init?(_ all: [Double], isShare: Bool) {
    var values = all.filter(\.isFinite).sorted()
    count = values.count
    lost = all.count - values.count
    if !isShare { values += [Double](repeating: .infinity, count: lost) }
    guard count > 0, values.count >= 2 else { return nil }
    guard isShare else {
      middle = Fan.quantile(0.5, ofSorted: values)
      range = Fan.quantile(0.25, ofSorted: values)...Fan.quantile(0.75, ofSorted: values)
      return
    }
    let mean = values.reduce(0, +) / Double(count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(count - 1)).squareRoot()
    middle = mean
    range = (mean - deviation)...(mean + deviation)
  }
}
