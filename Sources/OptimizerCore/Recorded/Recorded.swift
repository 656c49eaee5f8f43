/// A run that was recorded elsewhere, as an entry of a race: its steps are the rows of a file.
///
/// It begins at the first row, wherever the race starts, and ends with the last. Where steps were left out it stays at the
/// last row before them. It costs what the rows say, a gradient a step if they say nothing.
struct Recorded: Optimizer {
  private let trajectory: Trajectory
  private var g = Vector<Double>()
  private var step = 0
  /// The first row that lies ahead.
  private var place = 1
  private var isOver = false

  init(_ trajectory: Trajectory) { self.trajectory = trajectory }

  /// A recording that stays where it began.
  init() { self.init(Trajectory(path: "", rows: [.init(step: 0, point: [], evaluations: 0)])) }

  static var about: About { about(name: "Recorded run") }

  static func about(name: String) -> About {
    About(
      id: "recorded", name: name, group: .recorded, rate: .none,
      summary: "a run recorded elsewhere, from a file",
      watch: "where it parts from the optimizer that it is said to be",
      citation: "the file")
  }

  static var hyperparameters: [Hyperparameter<Self>] { [] }

  static var slots: [Slot<Self>] { [.gradient { $0.g.values }] }

  static var recipe: [RecipeLine<Self>] { [.gradient, .move("θ ← the next row of the file")] }

  var about: About { Self.about(name: trajectory.title) }

  var stability: Stability { .none("a recorded run has no knob that could be too large") }

  var ball: UnitBall { .undefined("what the step was made of is not in the file") }

  var events: [String] { isOver ? [StepEvent.recordingEnds] : [] }

  mutating func prepare(for layout: ParameterLayout) {
    g = Vector(layout.count)
    (step, place, isOver) = (0, 1, false)
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    step += 1
    guard place < trajectory.rows.count else {
      isOver = true
      return
    }
    guard trajectory.rows[place].step == step else { return }
    let g = self.g.writable()
    for _ in 0..<trajectory.rows[place].evaluations { oracle.gradient(at: θ, into: g) }
    for i in 0..<min(θ.count, trajectory.dimension) { θ[i] = trajectory.rows[place].point[i] }
    place += 1
  }
}

extension Trajectory {
  /// The recording as everybody else sees an optimizer.
  var entry: OptimizerEntry { .recorded(self) }
}
