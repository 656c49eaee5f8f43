/// What batches of consecutive steps have in common, kept from one to the next.
final class BatchMemory {
  /// Which pass through the samples.
  struct Pass: Hashable {
    let seed: UInt64
    let stream: UInt32
    let count: Int
    let number: Int
  }

  private var orders: [(pass: Pass, rows: [Int32])] = []
  private var sums: (importance: [Double], running: [Double])?
  private var places: [Int32] = []

  /// The order of a pass, made at most once while it lasts.
  func order(of pass: Pass, _ make: () -> [Int32]) -> [Int32] {
    if let known = orders.first(where: { $0.pass == pass }) { return known.rows }
    // As many as runs may go side by side.
    if orders.count >= 2 * Lanes.laneCount { orders.removeFirst() }
    let rows = make()
    orders.append((pass, rows))
    return rows
  }

  /// The running sums of numbers.
  func running(_ importance: [Double]) -> [Double] {
    if let sums, sums.importance == importance { return sums.running }
    var running = importance
    for row in running.indices.dropFirst() { running[row] += running[row - 1] }
    sums = (importance, running)
    return running
  }

  /// The first `size` places of a shuffle of 0..<count, each chosen by `choose` from those that are left. The next call
  /// finds them in their order again.
  func first(_ size: Int, of count: Int, _ choose: (_ place: Int) -> Int) -> [Int32] {
    if places.count != count { places = (0..<Int32(count)).map { $0 } }
    var chosen: [(Int, Int)] = []
    chosen.reserveCapacity(size)
    for place in 0..<size {
      let other = choose(place)
      places.swapAt(place, other)
      chosen.append((place, other))
    }
    let rows = Array(places.prefix(size))
    for (place, other) in chosen.reversed() { places.swapAt(place, other) }
    return rows
  }
}
