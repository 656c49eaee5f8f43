import Landscapes
package import OptimizerCore

extension Experiment {
  /// Where losses that were recorded are not those of the landscape, in a sentence for each recorded run of which that is
  /// so.
  package var recordedRemarks: [String] {
    entries.compactMap { entry in entry.spec.trajectory.flatMap { lossRemark(on: $0, name: entry.name) } }
  }

  /// Differences of losses below this share are rounding, of files with few digits too.
  private static let lossShare = 1e-5

  /// The same of one run, by its name.
  package func lossRemark(on recorded: Trajectory, name: String) -> String? {
    guard recorded.dimension == landscape.dimension else { return nil }
    let scale = recorded.rows.lazy.compactMap { $0.loss?.magnitude }.filter(\.isFinite).max() ?? 0
    var first: (step: Int, there: Double, here: Double)?
    var (other, all) = (0, 0)
    for row in recorded.rows {
      guard let there = row.loss else { continue }
      all += 1
      let here = landscape(at: row.step).value(at: row.point, step: row.step)
      // Near 0 what counts is the size of the losses on the way there.
      let size = max(there.magnitude, here.magnitude, 1e-9 * scale)
      // An infinite loss is as far as can be from any other.
      if there == here || size.isFinite && (there - here).magnitude <= Experiment.lossShare * size {
        continue
      }
      other += 1
      if first == nil { first = (row.step + recorded.firstStep, there, here) }
    }
    guard let first else { return nil }
    return
      "\(name): the loss at step \(first.step) is \(NumberText.brief(first.there, digits: 6)) in the file and "
      + "\(NumberText.brief(first.here, digits: 6)) here; \(other) of \(all) losses differ"
  }
}
