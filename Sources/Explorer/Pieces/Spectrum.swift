import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The singular values of what an optimizer makes of a matrix gradient: a column before, a column after.
struct Spectrum {
  /// One column of bars.
  struct Column {
    /// The letter of the state, such as `M`.
    let symbol: String
    /// Its singular values, largest first.
    let values: [Double]
  }

  /// One column, or two: the last two pieces of state that have the shape of the parameters.
  let columns: [Column]

  /// The rows that it takes: a rule and a bar each.
  var rows: Int { columns.isEmpty ? 0 : 1 + (columns.map(\.values.count).max() ?? 0) }

  static let none = Spectrum(columns: [])

  private init(columns: [Column]) { self.columns = columns }

  /// The spectrum of an optimizer's state on the first matrix among the parameters; empty where there is none.
  init(of state: [SlotValue<Double>], on layout: ParameterLayout) {
    guard let block = layout.blocks.first(where: { !$0.isVector }) else {
      self = .none
      return
    }
    let matrices = state.filter {
      $0.drawing == .arrow && ($0.values.isEmpty || $0.values.count == layout.count)
    }
    columns = matrices.suffix(2).map { slot in
      // Before the first step there is nothing, and the rows are kept free so that the panel does not jump.
      guard !slot.values.isEmpty else {
        return Column(
          symbol: slot.symbol, values: [Double](repeating: 0, count: min(block.rows, block.columns)))
      }
      let decomposition = SingularValueDecomposition(
        Array(slot.values[block.range]), rows: block.rows, columns: block.columns)
      return Column(symbol: slot.symbol, values: decomposition.values)
    }
  }
}

extension Spectrum {
  /// Bars side by side, each column to the scale of its largest value.
  ///
  /// - Parameter showsNumbers: whether there are values yet.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ style: Style, showsNumbers: Bool, _ look: Look) {
    guard rect.height > 1, !columns.isEmpty else { return }
    canvas.rule(
      titled: "Singular values", remark: columns.map(\.symbol).joined(separator: " → "),
      in: rect.splitTop(1).top, look)
    let width = (rect.width - 3) / 2
    for (place, column) in columns.enumerated() {
      let left = rect.x + place * (width + 3)
      let largest = column.values.first ?? 0
      for (i, value) in column.values.enumerated() where rect.y + 1 + i < rect.bottom {
        let y = rect.y + 1 + i
        let number = !showsNumbers ? "" : value.isFinite ? NumberText.brief(value) : "NaN"
        canvas.text(rightAligned: number, right: left + width, y: y, style: look.text)
        let room = width - 8
        guard room > 0, largest > 0, value.isFinite, largest.isFinite else { continue }
        // A value that is not 0 leaves a mark, however small it is beside the largest.
        let bar = value > 0 ? max(1, Int(clamped: (value / largest * Double(room)).rounded())) : 0
        canvas.rule(x: left, y: y, width: bar, glyph: "━", style: style)
      }
    }
  }
}
