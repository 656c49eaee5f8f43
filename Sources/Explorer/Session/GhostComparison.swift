import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// How a ghost and the living run of the same entry compare.
struct GhostComparison {
  /// When a run first came below a share of the loss it started with.
  struct Reach: Hashable {
    var step: Int
    /// What it had cost by then.
    var evaluations: Int
    /// Whether the row before is the step before: in the thinned past of a long run it may have been earlier.
    var isExact: Bool
    /// The step as it is said.
    var text: String { (isExact ? "" : "≤") + NumberText.count(step) }
  }

  /// The target: this share of the start's loss above the lowest known minimum is left. Without a known minimum, above
  /// the lowest loss that either of the two has recorded.
  static let share = 1e-3

  /// When the ghost came to the target, in all that it has been run.
  var ghost: Reach?
  /// When the living run did, up to the playhead.
  var live: Reach?
  /// What share of its start's loss each has left at the playhead.
  var shares: (ghost: Double, live: Double)

  init(ghost: Run, on ghostLandscape: Landscape, live: Run, on landscape: Landscape) {
    let recorded = min(ghost.history.lowestLoss, live.history.lowestLoss)
    let bases = (
      ghost: GhostComparison.lowest(of: ghostLandscape) ?? recorded,
      live: GhostComparison.lowest(of: landscape) ?? recorded
    )
    self.ghost = GhostComparison.reach(of: ghost, above: bases.ghost, until: ghost.lastStep)
    self.live = GhostComparison.reach(of: live, above: bases.live, until: live.step)
    shares = (
      GhostComparison.share(of: ghost, above: bases.ghost), GhostComparison.share(of: live, above: bases.live)
    )
  }

  private static func lowest(of landscape: Landscape) -> Double? {
    landscape.minimisers.map { landscape.value(at: $0) }.filter(\.isFinite).min()
  }

  private static func share(of run: Run, above base: Double) -> Double {
    let whole = run.history.losses[0] - base
    return whole > 0 ? (run.loss - base) / whole : 0
  }

  private static func reach(of run: Run, above base: Double, until step: Int) -> Reach? {
    let history = run.history
    let target = base + share * (history.losses[0] - base)
    guard history.lowestLoss <= target, let last = history.index(at: step) else { return nil }
    guard let index = (0...last).first(where: { history.losses[$0] <= target }) else { return nil }
    return Reach(
      step: history.steps[index], evaluations: history.evaluations(at: index),
      isExact: index == 0 || history.steps[index - 1] == history.steps[index] - 1)
  }

  /// What to say, longest first.
  func words(ghostStep: Int, liveStep: Int) -> [String] {
    switch (ghost, live) {
    case (let ghost?, let live?):
      let verdict: String
      let difference = ghost.step - live.step
      if difference == 0 {
        verdict = "as soon"
      } else {
        let about = ghost.isExact && live.isExact ? "" : "about "
        verdict = about + NumberText.count(abs(difference)) + (difference > 0 ? " sooner" : " later")
      }
      let cost = ghost.evaluations - live.evaluations
      let costs =
        cost == 0 ? "" : ", \(NumberText.count(abs(cost))) evaluations \(cost > 0 ? "fewer" : "more")"
      return [
        "reached 1e-3 of its start at step \(ghost.text), now at \(live.text): \(verdict)\(costs)",
        "1e-3 at step \(ghost.text), now \(live.text): \(verdict)\(costs)",
        "1e-3 at step \(ghost.text), now \(live.text): \(verdict)",
        "1e-3: \(ghost.text), now \(live.text): \(verdict)", verdict,
      ]
    case (let ghost?, nil):
      return [
        "reached 1e-3 of its start at step \(ghost.text), now not by step \(NumberText.count(liveStep))",
        "1e-3 at step \(ghost.text), now not yet", "1e-3: \(ghost.text), now not yet",
      ]
    case (nil, let live?):
      return [
        "not at 1e-3 of its start by step \(NumberText.count(ghostStep)), now at step \(live.text)",
        "1e-3 not yet, now at step \(live.text)", "1e-3: –, now \(live.text)",
      ]
    case (nil, nil):
      let left = NumberText.brief(shares.ghost)
      let now = NumberText.brief(shares.live)
      return [
        "still \(left) of the loss of its start, now \(now); the target is 1e-3",
        "at \(left) of its start, now \(now)", "\(left), now \(now)",
      ]
    }
  }
}
