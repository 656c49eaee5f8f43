internal import OptimizerCore

/// Single looks at a formula: each sets up a machine and takes it down again. Runs use an oracle instead.
extension Formula {
  /// A value for each input, in the order of the programs.
  private func inputs(_ x: Double, _ y: Double, _ constants: [Double], _ step: Int) -> [Double] {
    [x, y, Double(step)] + constants
  }

  func value(x: Double, y: Double, constants: [Double], step: Int) -> Double {
    programs.value.results(inputs(x, y, constants, step))[0]
  }

  /// The slopes along x and y.
  func gradient(x: Double, y: Double, constants: [Double], step: Int) -> [Double] {
    Array(programs.gradient.results(inputs(x, y, constants, step)).dropFirst())
  }

  /// The Hessian's xx, xy and yy.
  func hessian(x: Double, y: Double, constants: [Double], step: Int) -> [Double] {
    programs.hessian.results(inputs(x, y, constants, step))
  }

  /// Samples at the pixel centres of a window; row 0 is the top.
  func field(columns: Int, rows: Int, window: Window, constants: [Double], step: Int) -> Field {
    precondition(columns > 0 && rows > 0, "a field has at least one sample")
    let values = programs.value.grid(
      inputs(0, 0, constants, step),
      across: (0, (0..<columns).map { Field.x($0, of: columns, in: window) }),
      down: (1, (0..<rows).map { Field.y($0, of: rows, in: window) }))
    return Field(columns: columns, rows: rows, window: window, values: values)
  }
}
