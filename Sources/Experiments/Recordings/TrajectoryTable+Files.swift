import Landscapes
import OptimizerCore

extension TrajectoryTable {
  /// Reads comma-separated values: a line of names, or two columns of numbers without one, which are x and y.
  init(csv bytes: [UInt8]) throws(DataError) {
    var reader = try CSVReader(bytes)
    guard var first = try reader.next() else {
      throw DataError("the file is empty; a recorded run has columns x and y, or p0, p1, …")
    }
    // How NumPy marks a line of names.
    if first.fields[0].hasPrefix("#") { first.fields[0].removeFirst() }
    let fields = first.fields.map(\.withoutBlanks)
    let isBare = !fields.contains { Double($0) == nil }
    guard !isBare || fields.count == 2 else {
      throw DataError(
        "name the columns in a first line, such as x,y,loss: \(fields.count) columns may be anything",
        line: first.line)
    }
    let names = isBare ? ["x", "y"] : fields
    try self.init(names: names, line: first.line)
    var row = isBare ? first : try reader.next()
    while let here = row {
      if here.fields == [""] {
        if try reader.hasOnlyBlankLines() { break }
        throw DataError("an empty line between rows; leave it out", line: here.line)
      }
      try add(fields: here.fields, names: names, line: here.line)
      row = try reader.next()
    }
  }

  /// The most bytes of a JSON text, which takes many times as much while it is read.
  private static let mostJSON = 64 << 20

  /// Reads JSON: what `trace` writes; rows as objects; points as arrays of numbers; or columns by their names.
  init(json bytes: [UInt8], run: Int?) throws(DataError) {
    guard bytes.count <= Self.mostJSON else {
      throw DataError("more than \(Self.mostJSON >> 20) MiB of JSON; write CSV")
    }
    let value = try JSONValue(bytes)
    var rows = value.array
    var isOneRun = false
    if let runs = value["runs"]?.array {
      guard runs.count == 1 || run != nil else {
        throw DataError("there are \(runs.count) runs; name one, as in run=1")
      }
      let place = (run ?? 1) - 1
      guard runs.indices.contains(place) else {
        throw DataError("there is no run \(place + 1), only \(runs.count)")
      }
      rows = runs[place]["steps"]?.array
      isOneRun = true
    }
    for key in ["steps", "trajectory", "points"] where rows == nil { rows = value[key]?.array }
    if let rows {
      try self.init(rows: rows)
    } else if !value.keys.isEmpty {
      try self.init(columns: value)
    } else {
      throw DataError("a recorded run is an array of points or of rows, or an object of columns")
    }
    self.isOneRun = isOneRun
  }

  private init(rows: [JSONValue]) throws(DataError) {
    guard let first = rows.first else { throw DataError("there are no rows") }
    let point = first.numbers ?? first["point"]?.numbers
    let dimension = point?.count ?? 0
    let coordinates = dimension == 2 ? ["x", "y"] : (0..<dimension).map { "p\($0)" }
    let others = first.array == nil ? first.keys.filter { $0 != "point" } : []
    let names = coordinates + others
    try self.init(names: names, line: first.line)
    for row in rows {
      let numbers = row.numbers ?? row["point"]?.numbers ?? []
      guard numbers.count == dimension else {
        throw DataError(
          dimension > 0
            ? "a point has \(dimension) numbers, as the first one, got \(numbers.count)"
            : "a row is an object of numbers, as the first one", line: row.line)
      }
      try add(line: row.line) { (place: Int) throws(DataError) -> Double? in
        if place < dimension { return numbers[place] }
        guard let value = row[names[place]] else { return nil }
        guard let number = value.number else {
          throw DataError("\(Excerpt.of(names[place])) must be a number", line: value.line)
        }
        // Where nothing was recorded.
        return number.isNaN && ["lr", "loss", "evaluations"].contains(names[place]) ? nil : number
      }
    }
  }

  private init(columns value: JSONValue) throws(DataError) {
    let names = value.keys.filter { value[$0]?.numbers != nil }
    try self.init(names: names, line: value.line)
    let columns = names.map { value[$0]?.numbers ?? [] }
    let count = columns[0].count
    for (name, column) in zip(names, columns) where column.count != count {
      throw DataError(
        "the columns must be equally long: '\(Excerpt.of(names[0]))' has \(count) numbers, "
          + "'\(Excerpt.of(name))' has \(column.count)", line: value.line)
    }
    for row in 0..<count { try add(line: nil) { (place: Int) in columns[place][row] } }
  }
}
