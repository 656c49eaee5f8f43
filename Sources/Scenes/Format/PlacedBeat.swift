import Experiments

/// A beat with the experiment whose knobs it sets.
struct PlacedBeat {
  let beat: Beat
  let experiment: Experiment
}
