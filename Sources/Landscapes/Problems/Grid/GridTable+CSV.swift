internal import OptimizerCore

extension GridTable {
  /// Reads comma-separated values in one of three forms: columns x, y and loss, a row a point, in any order; a matrix with
  /// x in its first row and y in its first column, and no number in the corner; a matrix alone, whose first row has the
  /// smallest y.
  ///
  /// A number in the corner is a loss. Where the rest of the first row and of the first column goes one way all along, and
  /// nobody says where the losses are, they might be x and y as well: that is refused.
  ///
  /// - Parameters:
  ///   - x: where the first and the last column of a matrix alone are; from 0 in steps of 1, if nothing is said.
  ///   - y: the same for the rows.
  init(csv bytes: [UInt8], x: (Double, Double)?, y: (Double, Double)?) throws(DataError) {
    let placesKnown = DataError("x and y are in the file, so they cannot be given too")
    var reader = try CSVReader(bytes)
    guard var first = try reader.next() else {
      throw DataError("the file is empty; a row has the losses along x, separated by commas")
    }
    // How NumPy marks a line of names.
    if first.fields[0].hasPrefix("#") { first.fields[0].removeFirst() }
    let fields = first.fields.map(\.withoutBlanks)
    guard fields.count > 1 else {
      throw DataError(
        "a row has several numbers with commas between, got '\(Excerpt.of(fields[0]))'", line: first.line)
    }
    let isNumber = fields.map { Double($0) != nil }
    let isNamed = !isNumber.contains(true)
    // A spline takes four columns, so three without names are no matrix.
    if isNamed || fields.count == 3 {
      guard x == nil, y == nil else { throw placesKnown }
      let places = isNamed ? try Self.places(of: fields, line: first.line) : (x: 0, y: 1, loss: 2)
      try self.init(points: &reader, after: isNamed ? nil : first, places, width: fields.count)
      return
    }
    let hasAxes = !isNumber[0] && !isNumber.dropFirst().contains(false)
    if hasAxes, x != nil || y != nil { throw placesKnown }
    self = try Self.matrix(&reader, first: (fields, first.line), hasAxes: hasAxes, x: x, y: y)
  }

  // MARK: A row a point

  private static func places(
    of names: [String], line: Int
  ) throws(DataError) -> (x: Int, y: Int, loss: Int) {
    guard let x = names.firstIndex(of: "x"), let y = names.firstIndex(of: "y"),
      let loss = names.firstIndex(of: "loss")
        ?? (names.count == 3 ? [0, 1, 2].first { $0 != x && $0 != y } : nil)
    else {
      throw DataError(
        "the columns of a grid are x, y and loss, got '\(Excerpt.of(names.joined(separator: ",")))'",
        line: line
      )
    }
    return (x, y, loss)
  }

  private init(
    points reader: inout CSVReader, after first: (fields: [String], line: Int)?,
    _ places: (x: Int, y: Int, loss: Int), width: Int
  ) throws(DataError) {
    var points: [(x: Double, y: Double, loss: Double, line: Int)] = []
    var row = first
    if row == nil { row = try reader.next() }
    while let here = row {
      if here.fields == [""] {
        if try reader.hasOnlyBlankLines() { break }
        throw DataError("an empty line between rows; leave it out", line: here.line)
      }
      let numbers = try Self.numbers(here.fields, count: width, line: here.line)
      // Adding 0 makes one number of both zeros.
      points.append((numbers[places.x] + 0, numbers[places.y] + 0, numbers[places.loss], here.line))
      guard points.count <= Self.most else {
        throw DataError("more than \(Self.most) values", line: here.line)
      }
      row = try reader.next()
    }
    let (xs, ys) = (Set(points.map(\.x)).sorted(), Set(points.map(\.y)).sorted())
    let columns = Dictionary(uniqueKeysWithValues: xs.enumerated().map { ($1, $0) })
    let rows = Dictionary(uniqueKeysWithValues: ys.enumerated().map { ($1, $0) })
    let size = xs.count * ys.count
    guard size <= 2 * points.count + 1000 else {
      throw DataError(Self.incomplete(xs.count, ys.count, points.count))
    }
    var values = [Double?](repeating: nil, count: size)
    for point in points {
      guard let column = columns[point.x], let row = rows[point.y] else { continue }
      let place = row * xs.count + column
      guard values[place] == nil else {
        throw DataError(
          "the point x = \(point.x.shortest), y = \(point.y.shortest) is there twice", line: point.line)
      }
      values[place] = point.loss
    }
    if let hole = values.firstIndex(where: { $0 == nil }) {
      throw DataError(
        Self.incomplete(xs.count, ys.count, points.count)
          + "; there is none at x = \(xs[hole % xs.count].shortest), y = \(ys[hole / xs.count].shortest)")
    }
    try self.init(x: xs, y: ys, values: values.compactMap { $0 })
  }

  private static func incomplete(_ x: Int, _ y: Int, _ count: Int) -> String {
    "a grid has a loss at every x for every y, here \(x) times \(y), got \(count) rows"
  }

  // MARK: A matrix

  private static func matrix(
    _ reader: inout CSVReader, first: (fields: [String], line: Int), hasAxes: Bool, x: (Double, Double)?,
    y: (Double, Double)?
  ) throws(DataError) -> GridTable {
    let width = first.fields.count
    var across: [Double] = []
    var up: [Double] = []
    var rows: [[Double]] = []
    var count = 0
    var row: (fields: [String], line: Int)? = first
    if hasAxes {
      across = try numbers(Array(first.fields.dropFirst()), count: width - 1, line: first.line, from: 2)
      row = try reader.next()
    }
    while let here = row {
      if here.fields == [""] {
        if try reader.hasOnlyBlankLines() { break }
        throw DataError("an empty line between rows; leave it out", line: here.line)
      }
      var numbers = try numbers(here.fields, count: width, line: here.line)
      if hasAxes { up.append(numbers.removeFirst()) }
      count += numbers.count
      rows.append(numbers)
      guard count <= most else { throw DataError("more than \(most) values", line: here.line) }
      row = try reader.next()
    }
    guard !rows.isEmpty else { throw DataError("there is a row of x but none of losses") }
    guard hasAxes else {
      if x == nil, y == nil, mayHaveAxes(rows) { throw unclearCorner(rows) }
      return try placed(rows, x: x, y: y)
    }
    return try GridTable(x: across, y: up, values: rows.flatMap { $0 })
  }

  /// Whether the first row and the first column, the corner aside, could be places.
  private static func mayHaveAxes(_ rows: [[Double]]) -> Bool {
    func goesOneWay(_ numbers: [Double]) -> Bool {
      let pairs = zip(numbers, numbers.dropFirst())
      return numbers.count >= fewest && (pairs.allSatisfy(<) || pairs.allSatisfy(>))
    }
    return goesOneWay(Array(rows[0].dropFirst())) && goesOneWay(rows.dropFirst().map { $0[0] })
  }

  private static func unclearCorner(_ rows: [[Double]]) -> DataError {
    DataError(
      "the first row and the first column go one way each, so they may be x and y, or losses: if x and y, leave the corner, "
        + "\(rows[0][0].shortest), empty; if losses, say where they are, as in grid(…, x=0:\(rows[0].count - 1), "
        + "y=0:\(rows.count - 1))")
  }

  private static func numbers(
    _ fields: [String], count: Int, line: Int, from column: Int = 1
  ) throws(DataError) -> [Double] {
    guard fields.count == count else {
      throw DataError("\(count) numbers are wanted, as in the first row, got \(fields.count)", line: line)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for (place, field) in fields.enumerated() {
      let written = field.withoutBlanks
      guard let value = Double(written: written) else {
        let what = written.isEmpty ? "there is no number" : "'\(Excerpt.of(written))' is no finite number"
        throw DataError("\(what) in column \(place + column): \(holeAdvice)", line: line)
      }
      numbers.append(value)
    }
    return numbers
  }
}
