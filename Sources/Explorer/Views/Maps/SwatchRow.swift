import Canvas
import Experiments

/// What the colours of a map tell, in one row: in the fullest wording in which all of it has room.
struct SwatchRow {
  struct Part {
    let tone: Tone
    /// What it stands for, the fullest wording first; as many as the other parts have.
    let wordings: [String]
  }

  let parts: [Part]

  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let count = parts.map(\.wordings.count).min() ?? 0
    guard count > 0 else { return }
    func columns(_ wording: Int) -> Int {
      parts.reduce(0) { $0 + 2 + Text.width(of: text($1, wording)) } - 2
    }
    let wording = (0..<count).first { columns($0) <= row.width } ?? count - 1
    var x = row.x
    for part in parts {
      let text = text(part, wording)
      guard x + Text.width(of: text) <= row.right else { break }
      canvas.swatch(part.tone, x: x, y: row.y, look)
      x += 2
      x += canvas.text(text, x: x, y: row.y, style: look.text)
    }
  }

  private func text(_ part: Part, _ wording: Int) -> String { " \(part.wordings[wording])  " }

  /// A share in wordings of fewer and fewer digits.
  static func shares(_ share: Double) -> (long: String, short: String) {
    func percent(_ decimals: Int) -> String { "\(NumberText.fixed(share * 100, decimals: decimals)) %" }
    return (percent(1), share > 0 && share < 0.005 ? "<1 %" : percent(0))
  }
}
