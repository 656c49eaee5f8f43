import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  /// What the key goes through, with what is said of it.
  static let overlayChoices: [(overlays: Set<Overlay>, words: String)] = [
    ([], "nothing over the landscape but paths and marks; O draws arrows"),
    ([.arrows, .probes], "arrows of the last step of the selected entry; O draws its unit ball"),
    (
      [.ball, .axes],
      "the step's unit ball and the Hessian's axes; O draws the step as a sum"
    ),
    ([.terms], "the step as the sum of its terms, laid end to end; O draws all"),
    ([.noise], "how the gradients of batches scatter: as measured, and by the law they are drawn by"),
    (
      [.expected],
      "in colour the lines of the expected loss, that of all rows there might be; O draws arrows and ball"
    ),
    (
      [.arrows, .probes, .ball, .axes], "arrows, the unit ball and the axes of the Hessian; O draws the field"
    ),
    ([.field], "where the selected entry's next step would lead from anywhere; O draws nothing"),
  ]

  /// The next choice of what is drawn over the landscape.
  mutating func nextOverlays() {
    guard !layout.plot.isEmpty else {
      status = .note("that is drawn over the landscape seen from above: Esc goes there")
      return
    }
    let mine = overlays.intersection(Explorer.overlayChoices.reduce(into: []) { $0.formUnion($1.overlays) })
    let isExpected = race.landscape.data?.hasExpectedLoss ?? false
    let choices = Explorer.overlayChoices.filter {
      (!$0.overlays.contains(.noise) || race.experiment.noise.batchSize != nil)
        && (!$0.overlays.contains(.expected) || isExpected)
    }
    let present = choices.firstIndex { $0.overlays == mine } ?? 0
    let next = choices[(present + 1) % choices.count]
    overlays.subtract(mine)
    overlays.formUnion(next.overlays)
    status = .note(next.words)
  }

  /// The unit ball and the axes on or off, where arrows are drawn anyway.
  mutating func switchBall() {
    let ball: Set<Overlay> = [.ball, .axes]
    if overlays.isSuperset(of: ball) {
      overlays.subtract(ball)
      status = .note("no unit ball and no axes; O draws them")
    } else {
      overlays.formUnion(ball)
      status = .note("the step's unit ball and the Hessian's axes; O takes them away")
    }
  }
}
