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
    func columns(_ wording: Int, gap: Int) -> Int {
      parts.reduce(-gap) { $0 + 3 + Text.width(of: $1.wordings[wording]) + gap }
    }
    let wording = (0..<count).first { columns($0, gap: 2) <= row.width } ?? count - 1
    let gap = columns(wording, gap: 2) <= row.width ? 2 : 1
    var x = row.x
    for part in parts {
      let text = part.wordings[wording]
      guard x + 3 + Text.width(of: text) <= row.right else { break }
      canvas.swatch(part.tone, x: x, y: row.y, look)
      x += 3
      x += canvas.text(text, x: x, y: row.y, style: look.text) + gap
    }
  }

  /// A share in wordings of fewer and fewer digits.
  static func shares(_ share: Double) -> (long: String, short: String) {
    func percent(_ decimals: Int) -> String { "\(NumberText.fixed(share * 100, decimals: decimals)) %" }
    return (percent(1), share > 0 && share < 0.005 ? "<1 %" : percent(0))
  }
}
