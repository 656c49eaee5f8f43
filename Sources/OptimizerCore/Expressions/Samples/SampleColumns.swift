/// The columns of a table as machines read them: eight rows at a time, the last one repeated to fill up.
///
/// Made once and shared by all machines over the same rows.
package final class SampleColumns: @unchecked Sendable {
  // Written here and nowhere else.
  let columns: [UnsafeMutablePointer<Lanes>]
  /// How many rows there are.
  package let count: Int

  /// Columns that are equally long and not empty.
  package init(_ columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(
      rows > 0 && columns.allSatisfy { $0.count == rows }, "every column has a number for each row")
    count = rows
    self.columns = columns.map { column in
      let memory = UnsafeMutablePointer<Lanes>.allocate(capacity: (rows + 7) / 8)
      memory.initialize(repeating: Lanes(repeating: column[rows - 1]), count: (rows + 7) / 8)
      for (row, value) in column.enumerated() { memory[row / 8][row % 8] = value }
      return memory
    }
  }

  deinit { for column in columns { column.deallocate() } }
}
