/// The columns of a table as machines read them: eight rows at a time, the last one repeated to fill up.
///
/// Made once and shared by all machines over the same rows.
package final class SampleColumns: @unchecked Sendable {
  // Written here and nowhere else.
  let columns: [UnsafeMutablePointer<Lanes>]
  /// What each row counts in the mean; nil where all count 1.
  let weights: UnsafeMutablePointer<Lanes>?
  /// How many rows there are.
  package let count: Int

  /// Columns that are equally long and not empty, and a weight for each row, or none where all count alike.
  package init(_ columns: [[Double]], weights: [Double] = []) {
    let rows = columns.first?.count ?? 0
    precondition(
      rows > 0 && columns.allSatisfy { $0.count == rows }, "every column has a number for each row")
    precondition(weights.isEmpty || weights.count == rows, "every row has a weight, or none has")
    count = rows
    func packed(_ column: [Double]) -> UnsafeMutablePointer<Lanes> {
      let memory = UnsafeMutablePointer<Lanes>.allocate(capacity: (rows + 7) / 8)
      memory.initialize(repeating: Lanes(repeating: column[rows - 1]), count: (rows + 7) / 8)
      for (row, value) in column.enumerated() { memory[row / 8][row % 8] = value }
      return memory
    }
    self.columns = columns.map(packed)
    self.weights = weights.isEmpty ? nil : packed(weights)
  }

  deinit {
    for column in columns { column.deallocate() }
    weights?.deallocate()
  }
}
