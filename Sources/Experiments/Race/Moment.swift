package import Landscapes
package import OptimizerCore

/// A race as it stands at its playhead, with what follows from it: made once a frame and handed down, so that nothing in the
/// frame works it out again.
///
/// Keep it no longer than the frame: while it is held, a step of the race copies what the two share.
package struct Moment {
  /// What is run, with all its changes.
  package let experiment: Experiment
  /// The step at the playhead.
  package let step: Int
  /// The last step that any run has recorded.
  package let lastStep: Int
  /// Whether at least one run may take another step.
  package let canStep: Bool
  /// The landscape in force at the playhead.
  package let landscape: Landscape
  /// The experiment that a rerun would begin: the settings and the landscape that the next step will use, and no changes.
  package let settled: Experiment
  /// The runs at the playhead, entry by entry, starts within.
  package let runs: [Run]
  private let outcomes: [Outcome]
  /// What of the curvature there is time to find.
  private let sight: CurvatureSight

  /// The moment of a race.
  ///
  /// - Parameter isMoving: whether the next frame shows another step already.
  package init(of race: Race, isMoving: Bool = false) {
    experiment = race.experiment
    step = race.step
    lastStep = race.lastStep
    canStep = race.canStep
    let landscape = race.landscape
    self.landscape = landscape
    settled = race.experiment.settled(at: race.step + 1)
    sight = CurvatureSight(on: settled.landscape, isMoving: isMoving)
    runs = race.runs
    outcomes = race.experiment.entries.indices.map {
      race.run(entry: $0).outcome(on: landscape, in: race.experiment.window)
    }
  }

  /// The landscape that the next step will use.
  package var nextLandscape: Landscape { settled.landscape }

  /// The run of an entry from one of the starts.
  package func run(entry: Int, start: Int = 0) -> Run { runs[entry * experiment.starts.count + start] }

  /// What an entry's run from the first start is doing.
  package func outcome(entry: Int) -> Outcome { outcomes[entry] }

  /// The settings of an entry that the next step will use.
  package func spec(entry: Int) -> OptimizerSpec { settled.entries[entry].spec }

  /// The value of a knob that the next step will use; nil if there is no such knob.
  package func value(of knob: KnobPath) -> Double? {
    guard case .entry(let name, _) = knob else { return settled.value(of: knob, at: 0) }
    guard let index = experiment.entries.firstIndex(where: { $0.name == name }) else { return nil }
    return experiment.value(of: knob, before: step + 1, for: run(entry: index))
  }

  /// The run of an entry with the knobs that its next step will use: what a gauge looks at.
  package func waitingRun(entry: Int) -> Run { run(entry: entry).waiting(for: experiment.changes) }

  /// What the theory says of an entry with the knobs that the next step will use, where its run stands.
  package func theory(entry: Int) -> Theory {
    Theory(of: spec(entry: entry), on: nextLandscape, at: run(entry: entry).parameters, seeing: sight)
  }

  /// The curvature at an entry's run against what its rule can bear.
  package func gauge(entry: Int) -> Gauge {
    Gauge(of: waitingRun(entry: entry), on: nextLandscape, seeing: sight)
  }

  /// What a quadratic does to an entry's run; empty on other landscapes.
  package func regimes(entry: Int) -> [Regime] {
    nextLandscape.isQuadratic ? Theory(of: waitingRun(entry: entry), on: nextLandscape).regimes : []
  }
}
