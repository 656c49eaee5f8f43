/// A flat program over a buffer of registers: inputs first, then literals, then one register an instruction.
package struct Tape: Sendable {
  /// What depends on no variable: run once per change of constants and `t`, not per evaluation.
  let preparation: [Instruction]
  /// What depends on variables.
  let body: [Instruction]
  let literals: [Double]
  let firstLiteral: Int
  let slotCount: Int
  /// The registers of the results.
  let outputs: [Int32]

  /// The results for a value of each input: a single look, which sets up a machine and takes it down again.
  package func results(_ inputs: [Double]) -> [Double] {
    let machine = TapeMachine<Double>(self, inputs: inputs)
    defer { machine.deallocate() }
    machine.run()
    return outputs.indices.map { machine[result: $0] }
  }

  /// The first result for every row of a table whose columns are the inputs, equally long.
  package func rows(_ columns: [[Double]]) -> [Double] {
    let machine = TapeMachine<Double>(self, inputs: columns.map { $0.first ?? 0 })
    defer { machine.deallocate() }
    return (0..<(columns.first?.count ?? 0)).map { row in
      for (place, column) in columns.enumerated() { machine.registers[place] = column[row] }
      machine.prepare()
      machine.run()
      return machine[result: 0]
    }
  }

  /// The first result at every pair of a value of one input and one of another, those of `down` outside; eight at a time.
  package func grid(
    _ inputs: [Double], across: (input: Int, values: [Double]), down: (input: Int, values: [Double])
  ) -> [Double] {
    let machine = TapeMachine<Lanes>(self, inputs: inputs.map { Lanes(repeating: $0) })
    defer { machine.deallocate() }
    let (columns, rows) = (across.values.count, down.values.count)
    var values = [Double](repeating: 0, count: columns * rows)
    var (column, row) = (0, 0)
    var x = Lanes()
    var y = Lanes()
    values.withUnsafeMutableBufferPointer { values in
      for first in stride(from: 0, to: columns * rows, by: Lanes.laneCount) {
        let used = min(Lanes.laneCount, columns * rows - first)
        for lane in 0..<used {
          x[lane] = across.values[column]
          y[lane] = down.values[row]
          column += 1
          if column == columns {
            column = 0
            row += 1
          }
        }
        machine.registers[across.input] = x
        machine.registers[down.input] = y
        machine.run()
        let result = machine[result: 0]
        for lane in 0..<used { values[first + lane] = result[lane] }
      }
    }
    return values
  }
}
