internal import OptimizerCore

/// Single looks at a formula: each sets up a machine and takes it down again. Runs use an oracle instead.
extension Formula {
  func value(x: Double, y: Double, constants: [Double], step: Int) -> Double {
    let machine = TapeMachine<Double>(valueTape, constants: constants, step: step)
    defer { machine.deallocate() }
    return machine.run(x, y)
  }

  func valueAndGradient(
    x: Double, y: Double, constants: [Double], step: Int
  ) -> (value: Double, gradient: Point) {
    let machine = TapeMachine<Double>(gradientTape, constants: constants, step: step)
    defer { machine.deallocate() }
    let value = machine.run(x, y)
    return (value, Point(x: machine.secondResult, y: machine.thirdResult))
  }

  func hessian(x: Double, y: Double, constants: [Double], step: Int) -> SymmetricMatrix2 {
    let machine = TapeMachine<Double>(hessianTape, constants: constants, step: step)
    defer { machine.deallocate() }
    let xx = machine.run(x, y)
    return SymmetricMatrix2(xx: xx, xy: machine.secondResult, yy: machine.thirdResult)
  }

  /// Samples at the pixel centres of a window, eight at a time; row 0 is the top.
  func field(columns: Int, rows: Int, window: Window, constants: [Double], step: Int) -> Field {
    precondition(columns > 0 && rows > 0, "a field has at least one sample")
    let machine = TapeMachine<Lanes>(valueTape, constants: constants, step: step)
    defer { machine.deallocate() }
    let count = columns * rows
    var values = [Double](repeating: 0, count: count)
    var (column, row) = (0, 0)
    var x = Lanes()
    var y = Lanes()
    values.withUnsafeMutableBufferPointer { values in
      for first in stride(from: 0, to: count, by: Lanes.laneCount) {
        let used = min(Lanes.laneCount, count - first)
        for lane in 0..<used {
          x[lane] = Field.x(column, of: columns, in: window)
          y[lane] = Field.y(row, of: rows, in: window)
          column += 1
          if column == columns {
            column = 0
            row += 1
          }
        }
        let result = machine.run(x, y)
        for lane in 0..<used { values[first + lane] = result[lane] }
      }
    }
    return Field(columns: columns, rows: rows, window: window, values: values)
  }
}
