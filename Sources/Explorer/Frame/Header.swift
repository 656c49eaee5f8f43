import Canvas
import Experiments

/// The first row: what is shown, and at its right end the step and the speed.
struct Header {
  let title: String
  /// The formula of the landscape, unless it is the title.
  let formula: String?
  /// Its plane and its constants.
  let facts: [String]
  let step: Int
  let isPlaying: Bool
  /// Steps a second.
  let speed: Double
  /// Whether it steps as fast as the machine can.
  var isUnbounded = false

  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) -> [HitRegion] {
    let count = "step \(NumberText.count(step))"
    var right = count
    if row.width >= 40 {
      right += isPlaying ? "  ▶ \(isUnbounded ? "full speed" : "\(NumberText.setting(speed))/s")" : "  paused"
    }
    canvas.text(rightAligned: right, right: row.right, y: row.y, style: isPlaying ? look.good : look.muted)
    let used = (step: Text.width(of: count), all: Text.width(of: right))
    var hits = [
      HitRegion(Rect(x: row.right - used.all, y: row.y, width: used.step, height: 1), .step),
      HitRegion(
        Rect(x: row.right - used.all + used.step, y: row.y, width: used.all - used.step, height: 1), .speed),
    ]
    let end = row.x + max(0, row.width - used.all - 2)
    var x = row.x
    if end - row.x >= 50 {
      x += canvas.text("descent  ", x: x, y: row.y, style: look.accent, width: end - x)
    }
    let name = canvas.text(title, x: x, y: row.y, style: look.strong, width: end - x)
    hits.append(HitRegion(Rect(x: x, y: row.y, width: name, height: 1), .key(.character("L"))))
    x += name
    for (isFormula, fact) in [formula].compactMap({ $0 }).map({ (true, $0) }) + facts.map({ (false, $0) }) {
      let columns = Text.width(of: fact) + 2
      guard x + columns <= end else { continue }
      if isFormula {
        hits.append(HitRegion(Rect(x: x, y: row.y, width: columns, height: 1), .key(.character("f"))))
      }
      x += canvas.text("  \(fact)", x: x, y: row.y, style: look.muted)
    }
    return hits
  }
}
