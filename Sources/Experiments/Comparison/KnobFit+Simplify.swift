import OptimizerCore

extension KnobFit {
  /// Goes without the numbers that do not pay: one after the other goes back to its default, and the others are fitted again;
  /// it stays there if there is less to be said of the run then.
  mutating func simplify() {
    for knob in knobs where knob.role != .rate && values[knob.key] != knob.defaultValue {
      var trial = self
      trial.values[knob.key] = knob.defaultValue
      trial.cost = trial.cost(trial.values)
      trial.improve(knobs.filter { $0.role == .rate || trial.values[$0.key] != $0.defaultValue })
      trial.round()
      if trial.fitted.length < fitted.length { self = trial }
    }
  }
}
