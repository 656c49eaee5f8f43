import Foundation

/// What was measured, and under which conditions.
struct Report: Encodable {
  /// The state of the machine.
  struct Machine: Encodable {
    /// Cores that the system offers.
    var cores = ProcessInfo.processInfo.activeProcessorCount
    /// The load average of the last minute when the measurements began, and when they ended.
    var loads: [Double] = []
    /// How far the median round lies above the fastest: in the middle of all measurements, and in the worst.
    var spread = (typical: 0.0, worst: 0.0)
    /// Measurements, and how many of them never settled.
    var measurements = (all: 0, unsettled: 0)

    /// Notes the load now.
    mutating func noteLoad() {
      var loads = [0.0, 0, 0]
      getloadavg(&loads, 3)
      self.loads.append(loads[0])
    }

    private enum Key: CodingKey { case cores, loads, typicalSpread, worstSpread, measurements, unsettled }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(cores, forKey: .cores)
      try container.encode(loads, forKey: .loads)
      try container.encode(spread.typical, forKey: .typicalSpread)
      try container.encode(spread.worst, forKey: .worstSpread)
      try container.encode(measurements.all, forKey: .measurements)
      try container.encode(measurements.unsettled, forKey: .unsettled)
    }
  }

  /// Where and how it was measured.
  var machine = Machine()
  /// Steps, an optimizer each.
  var steps: [StepResult] = []
  /// The picture.
  var pictures: [PictureResult] = []
  /// Maps and rain.
  var sweeps: [PictureResult] = []
  /// Networks.
  var networks: [NetworkResult] = []
  /// Starts of the program.
  var starts: [StartResult] = []
  /// Allocations in a course, by optimizer, for those whose steps are not timed.
  var allocations: [String: Int] = [:]

  /// The limits that the marks in the table refer to.
  private enum Limit {
    static let ratio = 1.25
    static let lanes = 25.0
    static let typed = 1.5
    static let formula = ["momentum": 100.0, "adam": 120.0]
    static let lanesOf = ["adam": 20.0]
  }

  /// Takes in the rounds of all measurements.
  mutating func note(_ timings: [Timing]) {
    let spreads = timings.map(\.spread).sorted()
    guard let worst = spreads.last else { return }
    machine.spread = (spreads[spreads.count / 2], worst)
    machine.measurements = (timings.count, timings.count { !$0.isSettled })
  }

  /// For a program.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// For a person. An asterisk marks what misses its target.
  var text: String {
    var parts: [String] = []
    if !steps.isEmpty { parts.append(stepText) }
    if steps.contains(where: { $0.typed != nil }) { parts.append(typedText) }
    if !allocations.isEmpty { parts.append(allocationText) }
    if !pictures.isEmpty { parts.append(pictureText) }
    if !sweeps.isEmpty { parts.append(sweepText) }
    if !networks.isEmpty { parts.append(networkText) }
    if !starts.isEmpty { parts.append(startText) }
    let loads = machine.loads.map { number($0, 2) }.joined(separator: " to ")
    parts.append(
      """
      Fastest of \(Timing.roundCounts.lowerBound) rounds or more of 50 ms, processor time of one thread. \
      \(machine.cores) cores, load \(loads).
      Noise: the median round is \(number(100 * machine.spread.typical, 1)) % above the fastest, \
      \(number(100 * machine.spread.worst, 0)) % in the worst case; \
      \(machine.measurements.unsettled) of \(machine.measurements.all) measurements had no three rounds within 2 %.
      * misses its target.
      """)
    return parts.joined(separator: "\n\n")
  }

  private var stepText: String {
    var table = Table([
      "optimizer", "C", "C fused", "native", "native/C", "formula", "lanes", "C/lanes", "fused/lanes",
      "allocations",
    ])
    for step in steps {
      let lanesLimit = Limit.lanesOf[step.optimizer] ?? Limit.lanes
      table.add([
        step.optimizer + (step.length < Course.steps ? " (\(step.length) steps)" : ""), number(step.c, 1),
        number(step.fused, 1), number(step.native, 1),
        number(step.ratio, 2, limit: Limit.ratio),
        number(step.formula, 1, limit: Limit.formula[step.optimizer]),
        number(step.lanes, 1, limit: lanesLimit), number(step.gain, 1),
        number(step.fusedGain, 1), number(Double(step.allocations), 0, limit: 0.5),
      ])
    }
    return """
      Nanoseconds a step on Rosenbrock's valley; lanes: for each of eight runs side by side, by the formula.
      C calls rule and gradient through pointers, as chosen by name; C fused has both written into one loop.
      Targets: native/C 1.25; formula: momentum 100, adam 120; lanes 25, adam 20; no allocation.

      \(table.text)
      """
  }

  private var typedText: String {
    var table = Table(["typed rule", "formula/compiled", "lanes/compiled"])
    for step in steps {
      guard let typed = step.typed else { continue }
      table.add([
        step.optimizer, number(typed.formula, 2, limit: Limit.typed),
        number(typed.lanes, 2, limit: Limit.typed),
      ])
    }
    return """
      How many times as long as the compiled rule of the same steps a typed one takes, by the formula. Target: 1.5.

      \(table.text)
      """
  }

  private var allocationText: String {
    let wasteful = allocations.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    let list = wasteful.map { "\($0.key) \($0.value)*" }.joined(separator: ", ")
    return "Allocations in \(Course.steps) steps of the \(allocations.count) others: "
      + (wasteful.isEmpty ? "none" : list)
  }

  private var pictureText: String {
    """
    Milliseconds, Rosenbrock's valley; frames with five optimizers at step 400, in direct colour.

    \(text(of: pictures, called: "picture"))
    """
  }

  private var sweepText: String {
    """
    Milliseconds, thousands of runs. The map is of a typed formula; C is one thread, and stops a run that broke.

    \(text(of: sweeps, called: "runs"))
    """
  }

  private var networkText: String {
    var table = Table(["network", "ms", "target", "steps a second", "C", "C/ours", "allocations"])
    for network in networks {
      table.add([
        network.name, number(network.milliseconds, 4, limit: network.target), number(network.target, 3),
        number(network.rate, 0), number(network.c, 3), number(network.gain, 1),
        number(network.allocations, 1),
      ])
    }
    return """
      Milliseconds a step, 1000 points of peaks; C takes one sample after the other, on one thread. Allocations are a step's.

      \(table.text)
      """
  }

  private var startText: String {
    var table = Table(["start", "ms", "million instructions", "target"])
    for start in starts {
      table.add([
        start.name, number(start.milliseconds, 1),
        number(start.instructions, 1, limit: start.target), number(start.target, 0),
      ])
    }
    return """
      Processor time and instructions of the program on a terminal, from its start to its end.

      \(table.text)
      """
  }

  private func text(of pieces: [PictureResult], called name: String) -> String {
    var table = Table([name, "ms", "target", "C", "ratio"])
    for piece in pieces {
      table.add([
        piece.name, number(piece.milliseconds, 3, limit: piece.target), number(piece.target, 2),
        number(piece.c, 3), number(piece.ratio, 2),
      ])
    }
    return table.text
  }

  private func number(_ value: Double?, _ digits: Int, limit: Double? = nil) -> String {
    guard let value else { return "-" }
    let isOver = limit.map { value > $0 } ?? false
    return String(format: "%.\(digits)f", value) + (isOver ? "*" : "")
  }
}

/// Columns of text: the first to the left, numbers to the right with room for a mark.
struct Table {
  private var rows: [[String]]

  init(_ header: [String]) { rows = [header] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { numberWidth($0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - numberWidth(cell))
        line += column == 0 ? cell + blanks : "  " + blanks + cell + (cell.hasSuffix("*") ? "" : " ")
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// The mark stands outside, so that digits stay under digits.
  private func numberWidth(_ cell: String) -> Int { cell.count - (cell.hasSuffix("*") ? 1 : 0) }
}
