/// How many points of a rain do what.
public struct RainCounts: Sendable, Hashable {
  /// On their way.
  public private(set) var moving = 0
  /// At rest at each known minimum; index 0 counts those at another.
  public private(set) var converged: [Int]
  /// At rest at saddles and maxima.
  public private(set) var saddles = 0
  /// On plateaus.
  public private(set) var plateaus = 0
  /// Too far away, or not finite.
  public private(set) var diverged = 0

  init(minima: Int) { converged = Array(repeating: 0, count: minima + 1) }

  mutating func add(_ count: Int, to standing: Standing) {
    switch standing {
    case .moving: moving += count
    case .minimum(let minimum): converged[minimum ?? 0] += count
    case .saddle, .maximum: saddles += count
    case .plateau: plateaus += count
    case .diverged: diverged += count
    }
  }
}
