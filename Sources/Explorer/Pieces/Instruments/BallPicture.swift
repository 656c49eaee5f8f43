import Canvas
import Landscapes
import Scenes

/// The unit ball in which a step was measured, or the segment of a line search, on a plot.
struct BallPicture {
  let ball: Portrait.Ball

  /// Draws it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    let colour = look.palette.accent
    let style = look.text.with(colour)
    var remarks: [[(String, Style)]] = []
    if ball.isThere {
      let outline = ball.outline(on: scale.measure)
      guard !outline.isEmpty else { return [] }
      plot.trail(outline.map(scale.place), .over(colour, sign: plot.rung == .ascii ? "@" : "◦")) { _ in 1 }
      remarks.append([("ball ", style), ("\(ball.words), shape only", look.muted)])
    } else if ball.trials.isEmpty {
      remarks.append([("no ball: ", style), (ball.words, look.muted)])
    }
    guard let last = ball.trials.last else { return remarks }
    if let part = scale.part(from: ball.place, to: last) {
      plot.dashes(from: part.from, to: part.to, colour: colour)
    }
    for trial in ball.trials {
      plot.marker(plot.rung == .ascii ? "." : "·", at: scale.place(trial), style: style.on(.terminal).bold)
    }
    if let chosen = ball.chosen {
      plot.marker(plot.rung == .ascii ? "#" : "◉", at: scale.place(chosen), style: style.on(.terminal).bold)
    }
    remarks.append([("search ", style), ("\(ball.trials.count) trials", look.muted)])
    return remarks
  }
}
