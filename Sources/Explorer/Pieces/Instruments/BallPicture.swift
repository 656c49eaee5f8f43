import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The unit ball in which a step was measured, around the iterate; of a line search, the segment that it searched.
///
/// Its shape says everything and its size nothing, so it is drawn as large as can be seen, and that is said.
struct BallPicture {
  private let place: Point
  /// The closed line around (0, 0), its furthest point at the distance 1; nil where there is no ball.
  private let outline: [Point]?
  private let words: String
  /// The places that a line search tried, the last of them the end of its segment, and the one it took.
  private let trials: [Point]
  private let chosen: Point?

  /// The ball of the optimizer's last step, drawn around a place.
  init?(of optimizer: any Optimizer<Double>, before: [Double], around place: Point, on landscape: Landscape) {
    guard place.isFinite else { return nil }
    self.place = place
    let ball = optimizer.ball
    outline = ball.outline(on: landscape)
    words = ball.reason ?? ball.name
    guard let search = optimizer.search, !search.trials.isEmpty else {
      (trials, chosen) = ([], nil)
      return
    }
    func point(_ length: Double) -> Point {
      landscape.project(zip(before, search.direction).map { $0 + length * $1 })
    }
    trials = search.trials.sorted().map(point)
    chosen = point(search.chosen)
  }

  /// The distance of the furthest point from the middle, as a share of the plot's smaller side.
  private static let share = 0.22

  /// Draws it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    let colour = look.palette.accent
    let style = look.text.with(colour)
    var remarks: [[(String, Style)]] = []
    if let outline {
      let middle = scale.place(place)
      // Ways on the screen, in rows; one scale for both axes where the window has one.
      let ways = outline.map {
        SIMD2($0.x / scale.window.width * scale.columns, -$0.y / scale.window.height * scale.rows)
      }
      let reach = ways.map { Point(x: $0.x / 2, y: $0.y).norm }.max() ?? 0
      guard reach > 0, reach.isFinite else { return [] }
      let factor = BallPicture.share * min(scale.columns / 2, scale.rows) / reach
      var places = ways.map { middle + $0 * factor }
      if let first = places.first { places.append(first) }
      plot.trail(places, .over(colour, sign: plot.rung == .ascii ? "@" : "◦")) { _ in 1 }
      remarks.append([("ball ", style), ("\(words), shape only", look.muted)])
    } else if trials.isEmpty {
      remarks.append([("no ball: ", style), (words, look.muted)])
    }
    guard let last = trials.last else { return remarks }
    if let part = scale.part(from: place, to: last) {
      plot.dashes(from: part.from, to: part.to, colour: colour)
    }
    for trial in trials {
      plot.marker(plot.rung == .ascii ? "." : "·", at: scale.place(trial), style: style.on(.terminal).bold)
    }
    if let chosen {
      plot.marker(plot.rung == .ascii ? "#" : "◉", at: scale.place(chosen), style: style.on(.terminal).bold)
    }
    remarks.append([("search ", style), ("\(trials.count) trials", look.muted)])
    return remarks
  }
}
