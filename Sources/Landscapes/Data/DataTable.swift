/// Rows of numbers with named columns.
public struct DataTable: Sendable, Hashable {
  /// The most rows.
  public static let maximumRows = 1_000_000
  /// The most columns.
  public static let maximumColumns = 1000

  /// The names of the columns.
  public let names: [String]
  /// The columns, in the order of the names; all are equally long.
  public let columns: [[Double]]

  /// A table of at least one column and one row.
  public init(names: [String], columns: [[Double]]) {
    precondition(
      !names.isEmpty && names.count == columns.count && !columns[0].isEmpty
        && columns.allSatisfy { $0.count == columns[0].count },
      "a table has a column for each name, equally long and not empty")
    self.names = names
    self.columns = columns
  }

  /// How many rows there are.
  public var count: Int { columns[0].count }

  /// The column of a name; nil if there is none.
  public func column(_ name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// Some of the rows, in the order of the places given.
  func rows(_ places: [Int]) -> DataTable {
    DataTable(names: names, columns: columns.map { column in places.map { column[$0] } })
  }

  /// The same with the rows in an order that a seed decides.
  func shuffled(seed: UInt64) -> DataTable { rows(Permutation(of: count, seed: seed, stream: 7).places) }
}
