internal import OptimizerCore

/// Where rows come from.
public enum DataSource: Sendable, Hashable {
  /// A recipe, bundled by name or typed.
  case recipe(name: String?, DataGenerator)
  /// A table that was read, and what it is called.
  case table(name: String, DataTable)

  /// How it is written.
  public var text: String {
    switch self {
    case .recipe(let name, let generator): name ?? "{\(generator.text)}"
    case .table(let name, _): name
    }
  }

  /// The names of the columns.
  public var names: [String] {
    switch self {
    case .recipe(_, let generator): generator.names
    case .table(_, let table): table.names
    }
  }

  /// The rows: of a recipe as many as asked for, from a seed; of a table the first so many.
  ///
  /// - Throws: what is wrong with the recipe, or that the table has fewer rows.
  func table(rows: Int, seed: UInt64, constants: [String: Double]) throws(DataError) -> DataTable {
    switch self {
    case .recipe(_, let generator):
      return try generator.table(rows: rows, seed: seed, constants: constants)
    case .table(let name, let table):
      guard rows <= table.count else {
        throw DataError(
          "rows must be at most \(table.count), as many as '\(Excerpt.of(name))' has, got '\(rows)'")
      }
      return rows == table.count ? table : table.rows(Array(0..<rows))
    }
  }

  /// How many rows are taken where nothing is said.
  var usualRows: Int {
    switch self {
    case .recipe: 200
    case .table(_, let table): table.count
    }
  }
}
