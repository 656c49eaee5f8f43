import Experiments
import Landscapes
import OptimizerCore

extension ViewContext {
  /// What the runs of maps share with the race now: its knobs as settings, no changes, and a budget.
  ///
  /// A race without a budget lends its maps that of the scene; a scene without one, `Budget.mapSteps` steps.
  func mapExperiment() -> Experiment {
    var experiment = moment.settled
    if experiment.budget == Budget() { experiment.budget = sceneBudget }
    if experiment.budget == Budget() { experiment.budget.steps = Budget.mapSteps }
    return experiment
  }
}
