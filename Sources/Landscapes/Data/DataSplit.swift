/// Sets rows aside that no optimizer sees.
enum DataSplit {
  /// The training rows in their order, and the test rows; which is which a seed decides.
  static func split(
    _ table: DataTable, testShare: Double, seed: UInt64
  ) throws(LandscapeError) -> (training: DataTable, test: DataTable?) {
    guard testShare != 0 else { return (table, nil) }
    guard testShare > 0, testShare < 1 else {
      throw LandscapeError("test must be a share from 0 to below 1, got '\(testShare)'")
    }
    let count = Int((testShare * Double(table.count)).rounded())
    guard count >= 1, count < table.count else {
      throw LandscapeError("a share of \(testShare) of \(table.count) rows leaves one of the parts empty")
    }
    let places = Permutation(of: table.count, seed: seed, stream: 7).places
    return (table.rows(places.dropLast(count).sorted()), table.rows(places.suffix(count).sorted()))
  }
}
