import Canvas
import Experiments

/// What stands behind the entries' loss curves: the ghosts, and the band of the fan.
struct CurveGuests {
  /// A recorded moment of a loss curve.
  struct Row {
    var step: Double
    var evaluations: Double
    var loss: Double
  }

  /// The ghosts' losses up to the playhead, or as far as each goes.
  var ghosts: [[Row]] = []
  /// The loss that a tenth of the fan's runs do not exceed, half of them, and nine tenths, as long as each other; empty
  /// without a fan. Where a run ended on a value that is not finite its loss counts as infinite.
  var band: (low: [Row], median: [Row], high: [Row]) = ([], [], [])

  /// - Parameter columns: about how many moments a curve needs.
  init(_ explorer: Explorer, columns: Int) {
    for ghost in explorer.ghosts where explorer.isAtHome(ghost) {
      let history = ghost.run().history
      ghosts.append(
        CurveGuests.indices(of: history, until: ghost.run().step, columns: columns).map {
          Row(
            step: Double(history.steps[$0]), evaluations: Double(history.evaluations(at: $0)),
            loss: history.losses[$0])
        })
    }
    // The run with the longest record says at which steps to look.
    guard let fan = explorer.shownFan, let longest = fan.runs.max(by: { $0.lastStep < $1.lastStep }) else {
      return
    }
    let history = longest.history
    let step = min(explorer.race.step, fan.completeStep)
    for index in CurveGuests.indices(of: history, until: step, columns: columns) {
      let losses = fan.losses(at: history.steps[index])
      func row(_ q: Double) -> Row {
        Row(
          step: Double(history.steps[index]), evaluations: Double(history.evaluations(at: index)),
          loss: Fan.quantile(q, ofSorted: losses))
      }
      band.low.append(row(0.1))
      band.median.append(row(0.5))
      band.high.append(row(0.9))
    }
  }

  /// The rows to look at: at most a few a column, the last always.
  private static func indices(of history: History, until step: Int, columns: Int) -> [Int] {
    guard let last = history.index(at: step) else { return [] }
    let stride = max(1, (last + 1) / max(1, columns * 2))
    return Array(Swift.stride(from: 0, to: last, by: stride)) + [last]
  }
}

extension Explorer {
  /// Lays the band of the fan behind what has been drawn of a curve: a ground of its own, or where colours are few a
  /// glyph strewn over the blanks.
  ///
  /// - Parameters:
  ///   - low: the lower edge, as places in cells from the top left of `area`.
  ///   - high: the upper edge, likewise, at the same columns.
  func paintBand(
    _ low: [SIMD2<Double>], _ high: [SIMD2<Double>], on canvas: inout Canvas, _ area: Rect, _ look: Look
  ) {
    guard low.count == high.count, low.count > 1 else { return }
    let colour = look.palette.entry(race.experiment.entries[selectedEntry].colour)
    var segment = 0
    for column in 0..<area.width {
      let x = Double(column) + 0.5
      guard x >= low[0].x - 0.5, x <= low[low.count - 1].x + 0.5 else { continue }
      while segment + 2 < low.count, low[segment + 1].x < x { segment += 1 }
      let (a, b) = (segment, segment + 1)
      let span = low[b].x - low[a].x
      let share = span > 0 ? min(max((x - low[a].x) / span, 0), 1) : 0
      func between(_ edge: [SIMD2<Double>]) -> Double {
        let (from, to) = (edge[a].y, edge[b].y)
        return from.isFinite && to.isFinite ? from + (to - from) * share : share < 0.5 ? from : to
      }
      let (upper, lower) = (between(high), between(low))
      guard !upper.isNaN, !lower.isNaN else { continue }
      let first = Int(min(max(upper, 0), Double(area.height)))
      let last = Int(min(max(lower, 0), Double(area.height) - 0.01))
      guard first <= last else { continue }
      for row in first...last {
        let (cellX, cellY) = (area.x + column, area.y + row)
        switch look.palette.depth {
        case .direct, .indexed256:
          let ground = look.palette.ground.mixed(with: colour, amount: 0.25)
          canvas[cellX, cellY].style = canvas[cellX, cellY].style.on(ground.quantised(to: look.palette.depth))
        case .ansi16, .ansi8, .none:
          guard canvas[cellX, cellY].glyph == .space else { continue }
          let glyph: Glyph = appearance.glyphs == .ascii ? ":" : "░"
          canvas[cellX, cellY] = Cell(
            glyph, look.faint.with(look.palette.depth == .none ? .terminal : colour))
        }
      }
    }
  }
}
