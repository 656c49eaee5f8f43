internal import OptimizerCore

/// A recipe for rows: `u: uniform(-3,3); v: 2*u - 1 + normal(0.4)`.
///
/// A column is an expression of the columns before it (those that begin with `let` are no columns of the table), of `row` (from 0), `rows` (how many there are) and of draws:
/// `uniform(a,b)`, `normal(sd)`, `bernoulli(p)`, which are independent from row to row and wherever they are written.
/// `levels(k, expression)` says in which of k parts with equally many rows the expression's value lies, from 0;
/// `bands(k, expression)` in which of k parts of equal width.
public struct DataGenerator: Sendable, Hashable {
  private enum Cut: Sendable, Hashable { case none, levels(Int), bands(Int) }

  private struct Column: Sendable, Hashable {
    let name: String
    /// Whether it only serves those behind it.
    let isHidden: Bool
    /// The expression with its draws as names.
    let text: String
    let cut: Cut
    let uniforms: Int
    let normals: Int
  }

  /// The text.
  public let text: String
  private let columns: [Column]

  private let constants: [String]

  /// The names of the columns.
  public var names: [String] { columns.filter { !$0.isHidden }.map(\.name) }

  /// Reads a recipe.
  ///
  /// - Parameter constants: names that its expressions may use besides the columns before them.
  /// - Throws: `in column v: unknown name 'w'`.
  public init(_ text: String, constants: [String] = []) throws(DataError) {
    guard text.utf8.count <= 4000 else {
      throw DataError("a recipe for data is at most 4000 characters long")
    }
    self.text = text
    self.constants = constants
    var columns: [Column] = []
    for part in CallSplitter.parts(of: text, at: ";") where !part.withoutBlanks.isEmpty {
      guard let colon = part.firstIndex(of: ":") else {
        throw DataError(
          "a column is written name: expression, such as v: 2*u + normal(0.4), got '\(Excerpt.of(part))'")
      }
      var name = part[..<colon].withoutBlanks
      let isHidden = name.hasPrefix("let ")
      if isHidden { name = name.dropFirst(4).withoutBlanks }
      guard ExpressionLexer.isName(name), !ExpressionVocabulary.languageNames.contains(name),
        !["row", "rows"].contains(name), !ExpressionVocabulary.isInner(name), !constants.contains(name),
        !columns.contains(where: { $0.name == name })
      else { throw DataError("a column needs a name of its own, got '\(Excerpt.of(name))'") }
      columns.append(try Self.column(name, isHidden, part[part.index(after: colon)...].withoutBlanks))
    }
    guard columns.contains(where: { !$0.isHidden }) else {
      throw DataError("a recipe for data has a column, such as u: uniform(-3,3)")
    }
    self.columns = columns
    // What is wrong with an expression is said now, not when rows are asked for.
    for place in columns.indices { _ = try program(of: place) }
  }

  private static func column(_ name: String, _ isHidden: Bool, _ text: String) throws(DataError) -> Column {
    var (text, cut) = (text, Cut.none)
    for (word, make) in [("levels", Cut.levels), ("bands", Cut.bands)] where text.hasPrefix(word + "(") {
      let inside = text.dropFirst(word.count + 1)
      let parts = CallSplitter.parts(of: String(inside.dropLast()), at: ",")
      guard text.hasSuffix(")"), parts.count >= 2, let k = Int(written: parts[0]), (2...100).contains(k)
      else {
        throw DataError("in column \(name): \(word)(k, expression) cuts into k parts, k from 2 to 100")
      }
      cut = make(k)
      text = parts.dropFirst().joined(separator: ",")
    }
    // Draws get names of this form, which therefore no one else may use.
    guard !text.contains("__") else {
      throw DataError("in column \(name): a name has no '__' in it, got '\(Excerpt.of(text))'")
    }
    var (uniforms, normals) = (0, 0)
    let expanded = try expand(text, column: name, &uniforms, &normals, depth: 0)
    return Column(
      name: name, isHidden: isHidden, text: expanded, cut: cut, uniforms: uniforms, normals: normals)
  }

  /// Writes draws as names: `uniform(a,b)` becomes `((a)+((b)-(a))*draw__u1)`.
  private static func expand(
    _ text: String, column: String, _ uniforms: inout Int, _ normals: inout Int, depth: Int
  ) throws(DataError) -> String {
    guard depth < 16 else { throw DataError("in column \(column): draws are nested too deeply") }
    for word in ["uniform", "normal", "bernoulli"] {
      guard let range = text.firstRange(of: word + "(") else { continue }
      if range.lowerBound > text.startIndex {
        let before = text[text.index(before: range.lowerBound)]
        if before.isLetter || before.isNumber || before == "_" { continue }
      }
      var (level, end) = (1, range.upperBound)
      while end < text.endIndex, level > 0 {
        if text[end] == "(" { level += 1 }
        if text[end] == ")" { level -= 1 }
        end = text.index(after: end)
      }
      guard level == 0 else { throw DataError("in column \(column): \(word)( lacks its closing parenthesis") }
      let inside = String(text[range.upperBound..<text.index(before: end)])
      let arguments = CallSplitter.parts(of: inside, at: ",").map(\.withoutBlanks)
      let drawn: String
      switch (word, arguments.count) {
      case ("uniform", 2):
        uniforms += 1
        drawn = "((\(arguments[0]))+((\(arguments[1]))-(\(arguments[0])))*draw__u\(uniforms))"
      case ("normal", 1):
        normals += 1
        drawn = "((\(arguments[0]))*draw__n\(normals))"
      case ("bernoulli", 1):
        uniforms += 1
        drawn = "(draw__u\(uniforms)<(\(arguments[0])))"
      default:
        throw DataError(
          "in column \(column): draws are uniform(low,high), normal(sd) and bernoulli(p), got "
            + "'\(Excerpt.of(word + "(" + inside + ")"))'")
      }
      let changed = text[..<range.lowerBound] + drawn + text[end...]
      return try expand(String(changed), column: column, &uniforms, &normals, depth: depth + 1)
    }
    return text
  }

  /// A column compiled, of the columns before it, the place of the row, the constants and the draws.
  private func program(of place: Int) throws(DataError) -> ExpressionProgram {
    let column = columns[place]
    let names =
      columns[..<place].map(\.name) + ["row", "rows"] + constants
      + (0..<column.uniforms).map { "draw__u\($0 + 1)" } + (0..<column.normals).map { "draw__n\($0 + 1)" }
    do {
      return try ExpressionProgram(
        column.text,
        ExpressionVocabulary(
          names.map { ExpressionInput($0, .variable) },
          invitation: "write a column, such as 2*u + normal(0.4)"))
    } catch {
      throw DataError("in column \(column.name): \(error.message)")
    }
  }

  /// The rows of a seed. A longer table begins with the rows of a shorter one, but for `rows`, `levels` and `bands`, which
  /// look at all of them.
  ///
  /// - Throws: `in column v: row 3 is not a finite number`, or which constant has no value.
  public func table(
    rows: Int, seed: UInt64, constants values: [String: Double] = [:]
  ) throws(DataError) -> DataTable {
    try table(from: 0, rows: rows, seed: seed, constants: values)
  }

  /// Why rows can only be made all at once, if so: some of them are told by all others.
  public var wholeObstacle: String? {
    for column in columns {
      if column.cut != .none { return "the column \(column.name) is cut by all rows of a table" }
      let words = column.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      if words.contains("rows") { return "the column \(column.name) counts all rows of a table" }
    }
    return nil
  }

  /// The columns compiled.
  func tapes() throws(DataError) -> [Tape] {
    try columns.indices.map { place throws(DataError) in try program(of: place).tape }
  }

  /// So many rows from one on, counted from 0; of a recipe without `wholeObstacle` those of any longer table.
  ///
  /// - Parameter tapes: the columns compiled, where they are.
  func table(
    from first: Int, rows: Int, seed: UInt64, constants values: [String: Double], tapes: [Tape]? = nil
  ) throws(DataError) -> DataTable {
    precondition((1...DataTable.maximumRows).contains(rows), "a table has 1 to a million rows")
    let generator = Philox(seed: seed)
    var shared = [(first..<first + rows).map(Double.init), [Double](repeating: Double(rows), count: rows)]
    for name in constants {
      guard let value = values[name] else { throw DataError("the constant '\(name)' has no value") }
      shared.append([Double](repeating: value, count: rows))
    }
    var table: [[Double]] = []
    for (place, column) in columns.enumerated() {
      let drawn = (0..<column.uniforms + column.normals).map { k in
        let stream = UInt32(truncatingIfNeeded: 1000 * place + k)
        return (first..<first + rows).map { row in
          k < column.uniforms
            ? generator.uniforms(step: row, stream: stream, index: 0).0
            : generator.normals(step: row, stream: stream, index: 0).0
        }
      }
      let tape = if let tapes { tapes[place] } else { try program(of: place).tape }
      let computed = tape.rows(table + shared + drawn)
      if let row = computed.firstIndex(where: { !$0.isFinite }) {
        throw DataError("in column \(column.name): row \(first + row + 1) is not a finite number")
      }
      table.append(Self.cut(computed, column.cut))
    }
    let shown = columns.indices.filter { !columns[$0].isHidden }
    return DataTable(names: names, columns: shown.map { table[$0] })
  }

  private static func cut(_ values: [Double], _ cut: Cut) -> [Double] {
    let sorted = values.sorted()
    let thresholds: [Double]
    switch cut {
    case .none: return values
    case .levels(let k):
      thresholds = (1..<k).map { part in
        // The quantile between its neighbours, as NumPy's default has it.
        let place = Double(part) / Double(k) * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
      }
    case .bands(let k):
      let (least, most) = (sorted[0], sorted[sorted.count - 1])
      thresholds = (1..<k).map { least + (most - least) * Double($0) / Double(k) }
    }
    return values.map { value in Double(thresholds.count { $0 < value }) }
  }
}
