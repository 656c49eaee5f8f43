import Experiments

/// What stands behind the entries' loss curves: the ghosts, and the band of the fan.
struct CurveBackdrop {
  /// A recorded moment of a loss curve.
  struct Row {
    var step: Double
    var evaluations: Double
    var loss: Double
  }

  /// The ghosts' losses up to the playhead, or as far as each goes.
  private(set) var ghosts: [[Row]] = []
  /// The loss that a tenth of the fan's runs do not exceed, half of them, and nine tenths, as long as each other; empty
  /// without a fan. Where a run ended on a value that is not finite its loss counts as infinite.
  private(set) var band: (low: [Row], median: [Row], high: [Row]) = ([], [], [])

  /// - Parameters:
  ///   - ghosts: those of them count that ran on the race's landscape.
  ///   - columns: about how many moments a curve needs.
  init(of race: Race, ghosts: [Ghost], fan: Fan?, columns: Int) {
    for ghost in ghosts where ghost.isAtHome(on: race.experiment.landscape) {
      let history = ghost.run().history
      self.ghosts.append(
        CurveBackdrop.indices(of: history, until: ghost.run().step, columns: columns).map {
          Row(
            step: Double(history.steps[$0]), evaluations: Double(history.evaluations(at: $0)),
            loss: history.losses[$0])
        })
    }
    // The run with the longest record says at which steps to look.
    guard let fan, let longest = fan.runs.max(by: { $0.lastStep < $1.lastStep }) else {
      return
    }
    let history = longest.history
    let step = min(race.step, fan.completeStep)
    for index in CurveBackdrop.indices(of: history, until: step, columns: columns) {
      let losses = fan.losses(at: history.steps[index])
      func row(_ q: Double) -> Row {
        Row(
          step: Double(history.steps[index]), evaluations: Double(history.evaluations(at: index)),
          loss: Fan.quantile(q, ofSorted: losses))
      }
      band.low.append(row(0.1))
      band.median.append(row(0.5))
      band.high.append(row(0.9))
    }
  }

  /// The rows to look at: at most a few a column, the last always.
  private static func indices(of history: History, until step: Int, columns: Int) -> [Int] {
    guard let last = history.index(at: step) else { return [] }
    let stride = max(1, (last + 1) / max(1, columns * 2))
    return Array(Swift.stride(from: 0, to: last, by: stride)) + [last]
  }
}
