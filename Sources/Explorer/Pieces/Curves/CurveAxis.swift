import Canvas
import Experiments
import OptimizerCore

/// The horizontal axis of curves as it stands on the screen: from a column to a step.
struct CurveAxis: Hashable {
  /// The columns of the curves.
  let columns: Range<Int>
  /// The right end, in steps or evaluations.
  let right: Double
  let countsEvaluations: Bool
  /// Whether it counts in powers of ten, from 1 on.
  var isLogarithmic = false

  /// The width of the curves in columns; the last half column is left free, so that the last point is on the screen.
  static func width(_ columns: Int) -> Double { Double(columns) - 0.51 }

  /// How far along the axis a column is, as it counts.
  func place(ofColumn column: Int) -> Double {
    let share = (Double(column - columns.lowerBound) + 0.5) / CurveAxis.width(columns.count)
    return isLogarithmic ? Elementary.pow(right, share) : share * right
  }

  /// How far along the axis a place is, from 0 at the left end to 1 at the right.
  func share(of place: Double) -> Double {
    guard isLogarithmic else { return place / right }
    return place <= 1 ? 0 : Elementary.log(place) / Elementary.log(right)
  }

  /// Whether a place is on it: a logarithm has none for the start.
  func holds(_ place: Double) -> Bool { !isLogarithmic || place >= 1 }

  /// The step that a place on the axis stands for, within what was recorded. Evaluations are those of the selected entry,
  /// or of the first that takes part.
  func step(at place: Double, in race: Race, selected: Int) -> Int {
    let place = min(max(place, 0), right)
    guard countsEvaluations else { return min(Int(clamped: place.rounded()), race.lastStep) }
    let entries = race.experiment.entries
    let entry = entries.indices.contains(selected) && entries[selected].isOn ? selected : nil
    guard let index = entry ?? entries.firstIndex(where: \.isOn) else { return 0 }
    let history = race.run(entry: index).history
    guard history.count > 0 else { return 0 }
    // The row that comes nearest; evaluations never decrease.
    var (below, above) = (0, history.count - 1)
    while above - below > 1 {
      let middle = (below + above) / 2
      if Double(history.evaluations(at: middle)) <= place { below = middle } else { above = middle }
    }
    let isNearer =
      Double(history.evaluations(at: above)) - place < place - Double(history.evaluations(at: below))
    return history.steps[isNearer ? above : below]
  }
}
