import Landscapes
import OptimizerCore

/// The columns of a recorded run, as a file of any form has them, on the way to a trajectory.
struct TrajectoryTable {
  /// What a column is.
  enum Column: Hashable {
    case run, step, evaluations, loss, rate
    /// A parameter, by its place.
    case parameter(Int)
  }

  /// The most rows.
  static let mostRows = 1_000_000
  /// The most numbers in all.
  static let mostNumbers = 16_000_000
  /// The most gradients that one row may claim.
  static let mostEvaluations = 10_000

  /// The columns that mean something, with their places in a row.
  private let columns: [(column: Column, place: Int)]
  private let dimension: Int
  /// Whether the rows were taken out of a list of runs already.
  var isOneRun = false
  private var rows: [(numbers: [Column: Double], line: Int?)] = []

  /// Columns by their names: x and y, or p0, p1, …, and of run, step, evaluations, loss and lr what there is.
  init(names: [String], line: Int?) throws(DataError) {
    let places = Dictionary(zip(names, names.indices)) { first, _ in first }
    var columns: [(column: Column, place: Int)] = []
    var count = 0
    if let x = places["x"], let y = places["y"] {
      columns = [(.parameter(0), x), (.parameter(1), y)]
      count = 2
    } else {
      while let place = places["p\(count)"] {
        columns.append((.parameter(count), place))
        count += 1
      }
      let numbered = names.count { $0.wholeMatch(of: /p[0-9]+/) != nil }
      guard numbered == count else {
        throw DataError(
          "the parameters are p0, p1, … without a gap, each once: there are \(numbered), but "
            + (places["p\(count)"] == nil ? "no p\(count)" : "one is there twice"), line: line)
      }
    }
    guard count > 0 else {
      throw DataError(
        "a recorded run has columns x and y, or p0, p1, …, got "
          + "'\(Excerpt.of(names.joined(separator: ",")))'", line: line)
    }
    for (name, column) in [
      ("run", Column.run), ("step", .step), ("evaluations", .evaluations), ("loss", .loss), ("lr", .rate),
    ] {
      guard let place = places[name] else { continue }
      columns.append((column, place))
    }
    if places.count < names.count,
      let twice = columns.lazy.map({ names[$0.place] }).first(where: { name in
        names.count { $0 == name } > 1
      })
    {
      throw DataError("the column '\(Excerpt.of(twice))' is there twice", line: line)
    }
    self.columns = columns
    dimension = count
  }

  /// A row by the texts of its fields.
  mutating func add(fields: [String], names: [String], line: Int) throws(DataError) {
    guard fields.count == names.count else {
      throw DataError(
        "\(names.count) fields are wanted, as in the first row, got \(fields.count)", line: line)
    }
    var numbers: [Column: Double] = [:]
    for (column, place) in columns {
      let written = fields[place].withoutBlanks
      if written.isEmpty, Self.mayBeMissing(column) { continue }
      guard let number = Double(written) else {
        throw DataError("\(names[place]) must be a number, got '\(Excerpt.of(written))'", line: line)
      }
      numbers[column] = number
    }
    try add(numbers, line: line)
  }

  /// A row by its numbers, of which one is missing where it is nil.
  mutating func add(line: Int?, _ number: (Int) throws(DataError) -> Double?) throws(DataError) {
    var numbers: [Column: Double] = [:]
    for (column, place) in columns {
      guard let value = try number(place) else {
        if Self.mayBeMissing(column) { continue }
        throw DataError("a coordinate, step or run is missing", line: line)
      }
      numbers[column] = value
    }
    try add(numbers, line: line)
  }

  private static func mayBeMissing(_ column: Column) -> Bool {
    column == .loss || column == .rate || column == .evaluations
  }

  private mutating func add(_ numbers: [Column: Double], line: Int?) throws(DataError) {
    rows.append((numbers, line))
    guard rows.count <= Self.mostRows, rows.count * dimension <= Self.mostNumbers else {
      throw DataError(
        "more than \(Self.mostRows) rows or \(Self.mostNumbers) numbers; leave rows out, a column 'step' says which",
        line: line)
    }
  }

  /// The trajectory.
  ///
  /// - Parameters:
  ///   - path: what the file is called.
  ///   - run: which of several runs.
  func trajectory(path: String, run: Int?) throws(DataError) -> Trajectory {
    let chosen = isOneRun ? rows : try chosenRows(path: path, run: run)
    guard !chosen.isEmpty else { throw DataError("there are no rows") }
    var found: [Trajectory.Row] = []
    var (first, spent) = (0, 0)
    for (place, row) in chosen.enumerated() {
      let step = try whole(row, .step, "step", at: 1e9) ?? place
      if place == 0 { first = step }
      if let last = found.last, step - first <= last.step {
        throw DataError("step must go up, got \(step) after \(last.step + first)", line: row.line)
      }
      let point = point(of: row)
      guard point.allSatisfy(\.isFinite) else {
        guard place > 0 else {
          throw DataError("the run begins at a point that is not finite", line: row.line)
        }
        // A run that is lost stays lost: what comes after is another, or the file is damaged.
        if let back = chosen[(place + 1)...].first(where: { self.point(of: $0).allSatisfy(\.isFinite) }) {
          throw DataError(
            "the point is not finite, and \(back.line.map { "in line \($0)" } ?? "later") it is again; leave such rows out, a column 'step' says which",
            line: row.line)
        }
        return Trajectory(path: path, run: run, rows: found, firstStep: first, lostAt: step - first)
      }
      let total = try whole(row, .evaluations, "evaluations", at: 1e12)
      let taken = total.map { $0 - spent } ?? (step - first - (found.last?.step ?? 0))
      if let total { spent = total }
      guard place == 0 || (0...Self.mostEvaluations).contains(taken) || total == nil else {
        throw DataError(
          "evaluations count the gradients so far, at most \(Self.mostEvaluations) a row, got \(taken) more",
          line: row.line)
      }
      found.append(
        Trajectory.Row(
          step: step - first, point: point, loss: row.numbers[.loss].flatMap { $0.isNaN ? nil : $0 },
          rate: row.numbers[.rate].flatMap { $0.isFinite ? $0 : nil },
          evaluations: place == 0 ? 0 : min(taken, Self.mostEvaluations)))
    }
    return Trajectory(path: path, run: run, rows: found, firstStep: first)
  }

  private typealias Row = (numbers: [Column: Double], line: Int?)

  private func point(of row: Row) -> [Double] {
    (0..<dimension).map { row.numbers[.parameter($0)] ?? .nan }
  }

  private func chosenRows(path: String, run: Int?) throws(DataError) -> [Row] {
    guard !rows.isEmpty else { throw DataError("there are no rows") }
    guard columns.contains(where: { $0.column == .run }) else {
      guard run == nil else {
        throw DataError("there is no column 'run', so run= says nothing; leave it out")
      }
      return rows
    }
    var numbers: [Int] = []
    for row in rows {
      guard let number = try whole(row, .run, "run", at: 1e9) else { continue }
      if !numbers.contains(number) { numbers.append(number) }
      guard numbers.count <= 1000 else { throw DataError("more than 1000 runs", line: row.line) }
    }
    let list = numbers.prefix(9).map(String.init).joined(separator: ", ") + (numbers.count > 9 ? ", …" : "")
    guard let run else {
      guard numbers.count == 1 else {
        throw DataError(
          "there are \(numbers.count) runs (\(list)); name one, as in recorded(\(Excerpt.of(path)), run=\(numbers[0]))"
        )
      }
      return rows
    }
    guard numbers.contains(run) else { throw DataError("there is no run \(run), only \(list)") }
    return rows.filter { $0.numbers[.run] == Double(run) }
  }

  private func whole(
    _ row: Row, _ column: Column, _ name: String, at most: Double
  ) throws(DataError) -> Int? {
    guard let number = row.numbers[column] else { return nil }
    guard number >= 0, number <= most, number == number.rounded() else {
      throw DataError(
        "\(name) must be a whole number, at least 0, got '\(number.shortest)'", line: row.line)
    }
    return Int(number)
  }
}
