import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// An update rule, a line each, with the numbers of the step that led to the playhead.
struct RecipeList {
  let lines: [RecipeText<Double>]
  /// What the rule is on a landscape without a matrix, if that is something else.
  let note: String?
  /// What it stores; nil where nobody asks.
  var memory: String?
  /// How many parameters there are.
  let dimension: Int
  /// Whether a step was taken.
  let hasNumbers: Bool

  static let none = RecipeList(lines: [], note: nil, dimension: 2, hasNumbers: false)

  /// The rows that it takes.
  var rows: Int { lines.isEmpty || note == nil ? lines.count : lines.count + 1 }

  /// Returns the first row below it.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ numberStyle: Style, _ look: Look) -> Int {
    var y = rect.y
    for line in lines where y < rect.bottom {
      let texts = [line.text, line.short].map(look.spelled)
      let numbers = hasNumbers ? vector(line.values, room: rect.width - Text.width(of: texts[0]) - 2) : ""
      let room = rect.width - (numbers.isEmpty ? 0 : Text.width(of: numbers) + 2)
      let text = texts.first { Text.width(of: $0) <= room } ?? texts[1]
      canvas.text(text, x: rect.x, y: y, style: look.text, width: max(0, room))
      canvas.text(rightAligned: numbers, right: rect.right, y: y, style: numberStyle)
      y += 1
    }
    guard !lines.isEmpty else { return y }
    if let note, y < rect.bottom {
      canvas.text(Text.truncated(note, to: rect.width), x: rect.x, y: y, style: look.muted)
      y += 1
    }
    // In the row that keeps it and the knobs apart.
    if let memory, y < rect.bottom {
      canvas.text(Text.truncated("state: \(memory)", to: rect.width), x: rect.x, y: y, style: look.faint)
    }
    return y + 1
  }

  /// A vector of a few numbers, `(−1.204, +0.388)`; of more than two parameters its length, `‖·‖ = 2.31`, where not all
  /// of it fits.
  private func vector(_ values: [Double], room: Int) -> String {
    guard !values.isEmpty else { return "" }
    if dimension > 2, values.count > 1 {
      let whole = "(\(values.map { NumberText.brief($0) }.joined(separator: ", ")))"
      if Text.width(of: whole) <= room { return whole }
      let length = values.euclideanNorm
      return "‖·‖ = \(NumberText.brief(length))"
    }
    let texts = values.prefix(3).map { NumberText.brief($0) }
    let inside = texts.joined(separator: ", ") + (values.count > 3 ? ", …" : "")
    return values.count == 1 ? inside : "(\(inside))"
  }
}
