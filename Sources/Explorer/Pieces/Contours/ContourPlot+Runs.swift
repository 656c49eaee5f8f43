import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The runs of the race on the plot.
extension ContourPlot {
  /// The entries that take part, the selected one last, over the others.
  var order: [Int] {
    race.experiment.entries.indices.filter { hasPaths && race.experiment.entries[$0].isOn }
      .sorted { ($0 == selectedEntry ? 1 : 0, $1) < ($1 == selectedEntry ? 1 : 0, $0) }
  }

  private func isDimmed(_ index: Int) -> Bool { isSpotlit && index != selectedEntry }

  private func colour(of index: Int, _ look: Look) -> Colour {
    isDimmed(index) ? look.palette.ghost : look.palette.entry(race.experiment.entries[index].colour)
  }

  /// How a trail is drawn: the selected entry's is whole wherever others cross it, then the first entry's.
  private func pen(of index: Int, _ look: Look) -> TrailPen {
    let rank = index == selectedEntry ? 200 : isDimmed(index) ? 1 : 100 - min(index, 90)
    return TrailPen(
      colour(of: index, look), sign: .digit(ofEntry: index), rank: UInt8(rank),
      // Where it becomes faint it becomes narrow, too: a step changes one segment there, not two.
      fade: isDimmed(index) ? 1 : 16, broad: isDimmed(index) ? 0 : 10, marksPlaces: true)
  }

  func drawTrails(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for index in order {
      for start in race.experiment.starts.indices {
        plot.trail(
          scale.trail(of: race.run(entry: index, start: start), on: landscape), pen(of: index, look))
      }
    }
  }

  /// Writes beside every tenth iterate of the selected run which it is, where there is room.
  func drawNumbers(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    guard names != nil, order.contains(selectedEntry),
      let places = scale.places(of: race.run(entry: selectedEntry), on: landscape)
    else { return }
    let style = Style(colour(of: selectedEntry, look), on: .terminal)
    for step in stride(from: 10, to: places.count - 1, by: 10) {
      plot.place(String(step), near: places[step], style: style)
    }
  }

  /// Draws the heads, and at the edge the marks of those that are outside.
  ///
  /// - Parameter isTaken: whether something is to be painted over a cell of the plot.
  func drawHeads(
    on plot: inout Plot, _ scale: PlotScale, _ look: Look, isTaken: (_ x: Int, _ y: Int) -> Bool
  ) {
    var heads: [(loss: Double, head: RunHeads.Head)] = []
    for index in order {
      for start in race.experiment.starts.indices where race.step > 0 || start == 0 {
        let run = race.run(entry: index, start: start)
        guard run.step > 0 else { continue }
        let head = RunHeads.Head(
          glyph: .digit(ofEntry: index), place: scale.place(landscape.project(run.parameters)),
          colour: colour(of: index, look), name: start == 0 ? name(of: index) : nil,
          isFirst: index == selectedEntry)
        heads.append((run.loss, head))
      }
    }
    // Where several meet, the lowest has the spot.
    heads.sort { $0.loss < $1.loss }
    let inside = RunHeads(heads: heads.map(\.head))
    inside.draw(on: &plot)
    var marks = EdgeMarks(of: plot)
    for (_, head) in heads.sorted(by: { $0.head.glyph.base < $1.head.glyph.base })
    where plot.cell(at: head.place) == nil { marks.add(head.glyph, at: head.place, colour: head.colour) }
    for ghost in hasPaths ? ghostsAtHome : [] {
      for start in ghost.frozen.experiment.starts.indices {
        let run = ghost.run(start: start)
        let place = scale.place(landscape.project(run.parameters))
        guard run.step > 0, plot.cell(at: place) == nil else { continue }
        marks.add(Glyph(ghost.frozen.letter), at: place, colour: look.palette.ghost)
      }
    }
    marks.draw(on: &plot, look) { [plot] in plot.hasMarker(x: $0, y: $1) || isTaken($0, $1) }
  }

  private func name(of index: Int) -> String? {
    guard let names, names.indices.contains(index) else { return nil }
    return names[index]
  }

  /// Says where a run stayed for long.
  func drawStalls(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    guard space == nil, !race.experiment.starts.isEmpty else { return }
    let minima = landscape.minima.map(scale.place)
    for index in order where !isDimmed(index) {
      guard let name = name(of: index) else { continue }
      let run = race.run(entry: index)
      guard let places = scale.places(of: run, on: landscape), let stall = RunStall.longest(of: places) else {
        continue
      }
      // At a minimum that is no news.
      guard !minima.contains(where: { abs($0.x - stall.place.x) <= 2 && abs($0.y - stall.place.y) <= 1 })
      else { continue }
      let colour = colour(of: index, look)
      plot.marker(
        look.glyphs == .ascii ? "O" : "○", at: stall.place, style: Style(colour, on: .terminal, .bold))
      plot.place(
        "\(Text.sanitised(name)): \(stall.steps) steps here", near: stall.place,
        style: Style(colour, on: .terminal))
    }
  }
}
