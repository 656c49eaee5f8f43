import Experiments

/// Where the points of a rain will end: a second rain from the same starts that runs ahead of the playhead, to the end of
/// the budget.
struct RainDestiny {
  private var ahead: Rain
  /// The step at which the runs end.
  let last: Int

  /// Of a rain as it is now, which runs to a step.
  init(of rain: Rain, until last: Int) {
    ahead = rain
    self.last = max(last, rain.step)
  }

  /// The steps that it has run.
  var step: Int { ahead.step }
  /// Whether all of them are run, or none can move any more.
  var isKnown: Bool { ahead.step >= last || !ahead.canStep }

  /// The steps that need not be run any more.
  var done: Int { isKnown ? last : ahead.step }

  /// One step ahead.
  mutating func advance() { ahead.advance() }

  /// The minimum, from 1, at which a point has come to rest; nil where it comes to none, or has not yet.
  func minimum(ofPoint index: Int) -> Int? {
    guard case .minimum(let minimum) = ahead.standings[index] else { return nil }
    return minimum
  }

  /// How many do what at the end.
  var counts: RainCounts { ahead.counts }

  /// What a hue means, and as of when.
  var words: String {
    isKnown
      ? "hue: the minimum that it is at by step \(NumberText.count(last))"
      : "hue: the minimum that it will be at, known to step \(NumberText.count(step))"
  }
}
