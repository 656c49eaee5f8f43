import Canvas
import Experiments
import OptimizerCore

/// The rows of the ghosts below the race table, in its columns; two each where there are words.
struct GhostList {
  let ghosts: [Ghost]
  /// The race that they are compared with.
  let race: Race
  let hasWords: Bool
  /// The columns of the race table.
  let columns: RaceTable.Columns

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let style = look.palette.style(.ghost)
    var y = rect.y
    for ghost in ghosts {
      guard y < rect.bottom else { return }
      let run = ghost.run()
      canvas.text(
        String(ghost.frozen.letter), x: rect.x + 2, y: y, style: look.palette.head(look.palette.ghost))
      canvas.text(
        Text.truncated(
          Text.sanitised("ghost: \(ghost.difference(from: race.experiment))"), to: columns.label),
        x: rect.x + 4, y: y, style: style)
      let numbers = RunNumbers(run)
      canvas.text(rightAligned: numbers.loss, right: columns.loss, y: y, style: style)
      if let (norm, cost) = columns.others {
        canvas.text(rightAligned: numbers.gradientNorm, right: norm, y: y, style: style)
        canvas.text(rightAligned: numbers.evaluations, right: cost, y: y, style: style)
      }
      y += 1
      guard hasWords else { continue }
      if y < rect.bottom {
        canvas.text(
          ghost.words(beside: race, width: rect.width - 4), x: rect.x + 4, y: y, style: look.muted)
      }
      y += 1
    }
  }

  /// What the caption says of the ghosts where the table has no room for it: the newest one's comparison.
  static func caption(of ghosts: [Ghost], beside race: Race, width: Int) -> String? {
    guard let ghost = ghosts.last else { return nil }
    let prefix = "ghost \(ghost.frozen.letter) "
    return prefix + ghost.words(beside: race, width: width - Text.width(of: prefix))
  }
}
