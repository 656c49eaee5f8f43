import Glibc

/// How long a piece of work takes, from several rounds of many repetitions each.
struct Timing {
  /// Nanoseconds for one piece of work in each round.
  private(set) var rounds: [Double] = []

  /// The fastest round: what else runs on the machine can only make a round slower.
  var best: Double { rounds.min() ?? .nan }
  /// How far the median round lies above the fastest, as a share of that.
  var spread: Double { rounds.sorted()[rounds.count / 2] / best - 1 }
  /// Whether the three fastest rounds agree, so that the fastest is no accident.
  var isSettled: Bool {
    guard rounds.count >= 3 else { return false }
    return rounds.sorted()[2] <= best * 1.02
  }

  /// The rounds of a measurement: at least so many, then until they settle, at most so many.
  static let roundCounts = 7...31
  /// What a round takes at least, in nanoseconds.
  static let roundLength = 50e6

  /// Measures several pieces of work in turns, so that what disturbs one disturbs all. Each is a closure that does its
  /// work so many times.
  static func measure(_ works: [(Int) -> Void], clock: Clock = .processor) -> [Timing] {
    let counts = works.map { repetitions($0, clock) }
    var timings = works.map { _ in Timing() }
    for round in 1...roundCounts.upperBound {
      if round > roundCounts.lowerBound, timings.allSatisfy(\.isSettled) { break }
      for (i, work) in works.enumerated() {
        timings[i].rounds.append(time(clock) { work(counts[i]) } / Double(counts[i]))
      }
    }
    return timings
  }

  /// How often a piece of work fits into a round; finding out warms it up.
  private static func repetitions(_ work: (Int) -> Void, _ clock: Clock) -> Int {
    var count = 1
    while true {
      let taken = time(clock) { work(count) }
      if taken >= roundLength { return count }
      let wanted = Double(count) * roundLength / max(taken, 1) * 1.05 + 1
      count = taken < roundLength / 10 ? count * 8 : Int(wanted)
    }
  }

  /// What is measured.
  enum Clock {
    /// Processor time of this thread: other programs disturb it by way of the caches alone.
    case processor
    /// Processor time of all threads together.
    case program
    /// Time as it passes, for work on several threads.
    case wall
  }

  /// Nanoseconds of a piece of work.
  private static func time(_ clock: Clock, _ body: () -> Void) -> Double {
    let before = now(clock)
    body()
    return now(clock) - before
  }

  private static func now(_ clock: Clock) -> Double {
    var now = timespec()
    let source =
      switch clock {
      case .processor: CLOCK_THREAD_CPUTIME_ID
      case .program: CLOCK_PROCESS_CPUTIME_ID
      case .wall: CLOCK_MONOTONIC
      }
    clock_gettime(source, &now)
    return Double(now.tv_sec) * 1e9 + Double(now.tv_nsec)
  }
}
