internal import OptimizerCore

extension DataTable {
  /// Reads comma-separated values: a line of names, then a line a row, with quotes as RFC 4180 has them. Empty lines at the
  /// end are none.
  ///
  /// - Throws: `line 3: x must be a finite number, got 'n/a'`.
  public init(csv text: String) throws(DataError) { try self.init(csv: Array(text.utf8)) }

  /// The same from the bytes of a file.
  init(csv bytes: [UInt8]) throws(DataError) {
    var reader = try CSVReader(bytes)
    guard let header = try reader.next() else {
      throw DataError("the file is empty; a table begins with a line of names, such as x,y")
    }
    let names = header.fields.map(\.withoutBlanks)
    try Self.check(names, line: header.line)
    var columns = [[Double]](repeating: [], count: names.count)
    while let row = try reader.next() {
      if row.fields == [""] {
        // Only at the end: a blank line between rows is a row without numbers.
        if try reader.hasOnlyBlankLines() { break }
        throw DataError("an empty line between rows; leave it out", line: row.line)
      }
      guard row.fields.count == names.count else {
        throw DataError(
          "\(names.count) numbers are wanted, one for each of \(Self.list(names)), got \(row.fields.count)",
          line: row.line)
      }
      for (place, field) in row.fields.enumerated() {
        let written = field.withoutBlanks
        guard !written.isEmpty else {
          throw DataError("\(names[place]) is missing; fill it in or leave the row out", line: row.line)
        }
        guard let value = Double(written: written) else {
          throw DataError(
            "\(names[place]) must be a finite number, got '\(Excerpt.of(written))'", line: row.line)
        }
        columns[place].append(value)
      }
      guard columns[0].count <= Self.maximumRows else {
        throw DataError("more than \(Self.maximumRows) rows", line: row.line)
      }
    }
    guard !columns[0].isEmpty else { throw DataError("there are names but no rows") }
    self.init(names: names, columns: columns)
  }

  private static func list(_ names: [String]) -> String {
    names.count <= 6 ? names.joined(separator: ", ") : names.prefix(6).joined(separator: ", ") + ", …"
  }

  private static func check(_ names: [String], line: Int) throws(DataError) {
    guard names.count <= maximumColumns else {
      throw DataError("more than \(maximumColumns) columns", line: line)
    }
    for (place, name) in names.enumerated() {
      guard ExpressionLexer.isName(name) else {
        throw DataError(
          "a column's name is made of ASCII letters, digits and _ and begins with a letter, got "
            + "'\(Excerpt.of(name))'", line: line)
      }
      // Two underscores are in the names that the program gives to parts of a model.
      guard !ExpressionVocabulary.languageNames.contains(name), !ExpressionVocabulary.isInner(name) else {
        throw DataError("a column cannot be called '\(name)', which has a meaning already", line: line)
      }
      if names[..<place].contains(name) {
        throw DataError("the column '\(name)' is there twice", line: line)
      }
    }
  }
}
