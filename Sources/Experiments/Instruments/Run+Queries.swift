import Landscapes
import OptimizerCore

extension Run {
  /// What the step that led to the playhead asked, in order; empty at the start.
  ///
  /// The step is taken again by a copy, from the state before it, so it asks the same. `experiment` must be that of the
  /// run.
  public func queries(in experiment: Experiment) -> [OracleQuery] {
    var before = self
    guard step > 0, before.seek(to: step - 1, in: experiment), before.step == step - 1 else { return [] }
    var optimizer = before.optimizer
    for change in experiment.changes where change.step == step {
      if case .entry(entry.name, let key) = change.target { optimizer.set(key, to: change.value) }
    }
    let objective = experiment.landscape(at: step).makeOracle()
    objective.seed([experiment.seed])
    // Each oracle is held by the one below it, and the lowest by this function.
    return withExtendedLifetime(objective) {
      var asked: Oracle<Double> = objective
      if !experiment.noise.isNone {
        let noisy = objective.derived(NoisyOracle<Double>.self)
        noisy.configure(experiment.noise, seeds: [experiment.seed], stream: stream)
        asked = noisy
      }
      let listener = asked.derived(ListeningOracle.self)
      listener.beginStep(step)
      var point = before.parameters
      var span = point.mutableSpan
      optimizer.step(&span, oracle: listener)
      return listener.queries
    }
  }
}

/// An oracle that writes down what it is asked.
private final class ListeningOracle: DerivedOracle<Double> {
  private(set) var queries: [OracleQuery] = []

  private func note(_ kind: OracleQuery.Kind, _ x: borrowing Span<Double>) {
    queries.append(OracleQuery(kind: kind, parameters: x.indices.map { x[$0] }))
  }

  override func gradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    note(.gradient, x)
    return base.gradient(at: x, into: &gradient)
  }

  override func value(at x: borrowing Span<Double>) -> Double {
    note(.value, x)
    return base.value(at: x)
  }

  override func hessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    note(.hessian, x)
    base.hessian(at: x, into: &hessian)
  }
}
