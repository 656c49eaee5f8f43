/// A run that was recorded elsewhere: where it was after which step, and what else was written down.
public final class Trajectory: Sendable, Hashable {
  /// Where a recorded run was.
  public struct Row: Sendable, Hashable {
    /// After which step, counted from the first row, which has 0.
    public let step: Int
    /// The parameters.
    public let point: [Double]
    /// The loss that was recorded, if one was.
    public let loss: Double?
    /// The learning rate that was recorded.
    public let rate: Double?
    /// The gradients asked for on the way from the row before.
    public let evaluations: Int

    /// A row.
    public init(step: Int, point: [Double], loss: Double? = nil, rate: Double? = nil, evaluations: Int) {
      self.step = step
      self.point = point
      self.loss = loss
      self.rate = rate
      self.evaluations = evaluations
    }
  }

  /// The file, as it was named.
  public let path: String
  /// Which run of the file, if it had to be said.
  public let run: Int?
  /// The rows, at least one, by ascending steps; all finite, and of one dimension.
  public let rows: [Row]
  /// The step that the file gives its first row.
  public let firstStep: Int
  /// The step from which on the recording is not finite, if it is not to its end.
  public let lostAt: Int?

  /// A trajectory of at least one row.
  public init(path: String, run: Int? = nil, rows: [Row], firstStep: Int = 0, lostAt: Int? = nil) {
    precondition(!rows.isEmpty, "a trajectory has a start")
    self.path = path
    self.run = run
    self.rows = rows
    self.firstStep = firstStep
    self.lostAt = lostAt
  }

  /// Makes the trajectory of a file that a spec names, or says what is wrong with it.
  public typealias Reader = @Sendable (_ path: String, _ run: Int?) throws(SpecError) -> Trajectory

  /// No files can be read here.
  public static let noFiles: Reader = { @Sendable (path: String, _: Int?) throws(SpecError) -> Trajectory in
    throw SpecError("the file '\(Excerpt.of(path))' can be named on the command line and in scenes only")
  }

  /// The number of parameters.
  public var dimension: Int { rows[0].point.count }

  /// The last step that was recorded.
  public var lastStep: Int { rows[rows.count - 1].step }

  /// Why there is no step after the last row.
  public var ending: String {
    lostAt.map { "the recording is not finite from step \($0) on" } ?? StepEvent.recordingEnds
  }

  /// Whether every step is there.
  public var isDense: Bool { lastStep == rows.count - 1 }

  /// How it is written: `recorded(run.csv)`.
  public var text: String {
    "\(Recorded.about.id)(\(path)\(run.map { ", \(Trajectory.runKey)=\($0)" } ?? ""))"
  }

  static let runKey = "run"

  /// The file without its folders and its ending, for names on the screen.
  public var title: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.lastIndex(of: ".").map { $0 > file.startIndex ? file[..<$0] : file[...] } ?? file[...]
    return Excerpt.printable(stem, limit: 24) + (run.map { " \($0)" } ?? "")
  }

  /// Equal if they were read from the same and hold the same.
  public static func == (a: Trajectory, b: Trajectory) -> Bool {
    a === b
      || a.path == b.path && a.run == b.run && a.firstStep == b.firstStep && a.lostAt == b.lostAt
        && a.rows == b.rows
  }

  /// Hashes what is short.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(run)
    hasher.combine(rows.count)
  }
}
