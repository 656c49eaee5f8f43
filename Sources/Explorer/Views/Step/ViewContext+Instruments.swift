import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension ViewContext {
  /// What the overlays show at the playhead.
  ///
  /// - Parameters:
  ///   - moment: the step that is looked at, where it is not the one that led to the playhead.
  ///   - steps: the steps looked at last.
  ///   - alwaysArrows: whether its arrows are drawn whatever the overlays are.
  func instruments(
    _ moment: StepMoment? = nil, alwaysArrows: Bool = false, keeping steps: inout StepMemory
  ) -> Instruments {
    guard let run = selectedRun, entries[selectedEntry].isOn else { return Instruments() }
    let hasArrows = alwaysArrows || !overlays.isDisjoint(with: [.arrows, .probes])
    let hasTerms = overlays.contains(.terms)
    let needsMoment = hasArrows || hasTerms || overlays.contains(.ball)
    let moment =
      moment
      ?? (needsMoment
        ? steps.done(of: race, entry: selectedEntry, wantsPast: hasTerms) : nil)
    let landscape = nextLandscape
    // With arrows all is where the step began, without them where it led.
    let isAtBeginning = (hasArrows || hasTerms) && (moment?.step ?? 0) > 0
    let parameters = isAtBeginning ? moment?.before ?? run.parameters : run.parameters
    let place = landscape.project(parameters)
    var instruments = Instruments()
    if hasArrows { instruments.picture = moment.map { StepPicture($0) } }
    if hasTerms, let moment, moment.step > 0, moment.isDone {
      instruments.terms = StepPicture(termsOf: moment)
      instruments.hasNoTerms = instruments.terms == nil
    }
    if overlays.contains(.field) { instruments.field = StepField(of: run, on: landscape) }
    if overlays.contains(.noise) {
      instruments.noise = NoisePicture(
        NoiseScatter(
          of: race.experiment.noise, at: parameters, on: landscape, seed: race.experiment.seed),
        around: place, batch: race.experiment.noise.batchSize)
    }
    if overlays.contains(.axes) { instruments.axes = HessianAxes(of: landscape, at: place, step: run.step) }
    if overlays.contains(.ball), let moment, moment.step > 0 {
      instruments.ball = BallPicture(
        of: moment.optimizer, before: moment.before, around: place, on: moment.landscape)
    }
    return instruments
  }
}
