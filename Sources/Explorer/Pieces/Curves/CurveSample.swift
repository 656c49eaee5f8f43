/// A number of a run at a step, where it is not in the run's history.
struct CurveSample: Hashable {
  let step: Int
  let value: Double
}
