import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels
import Scenes

extension Figure {
  /// What is written below each other.
  private struct Column {
    var items: [Picture.Item] = []
    /// Where the next line stands.
    var y: Double
    /// Where marks stand, and words.
    let left: Double
    var indent: Double { left + 26 }

    /// Writes words, in as many lines as they need.
    mutating func write(
      _ words: String, size: Double, colour: Colour, face: Picture.Label.Face = .sans, isBold: Bool = false
    ) {
      let room = Figure.width - indent - 16
      let columns = Int(clamped: room / (size * (face == .sans ? 0.56 : 0.61)))
      for part in Text.wrapped(words, to: columns) {
        items.append(
          Figure.text(part, x: indent, y: y, size: size, colour: colour, face: face, isBold: isBold))
        y += size + 5
      }
    }

    /// Writes letters in their colours, and words after them where there is room, else below.
    mutating func write(_ letters: [(text: String, colour: Colour)], _ words: String, colour: Colour) {
      var x = indent
      for letter in letters {
        items.append(Figure.text(letter.text, x: x, y: y, size: 11, colour: letter.colour, isBold: true))
        x += Figure.width(of: letter.text, size: 11) + 7
      }
      if x + Figure.width(of: words, size: 11) < Figure.width - 16 {
        items.append(Figure.text(words, x: x, y: y, size: 11, colour: colour))
        y += 16
      } else {
        y += 16
        write(words, size: 11, colour: colour)
      }
    }
  }

  /// Who is who, what each came to and what it cost; then the marks.
  func legend(left: Double, top: Double) -> (item: Picture.Item, bottom: Double) {
    var column = Column(y: top + 12, left: left)
    for (index, runners) in entries {
      let entry = race.experiment.entries[index]
      column.items += badge(of: runners[0], SIMD2(left + 9, column.y - 4.5))
      column.write(entry.label, size: 13, colour: palette.strong, isBold: true)
      let spec = race.experiment.spec(of: entry, at: race.step)
      column.write(spec.description, size: 9.5, colour: palette.muted, face: .mono)
      for runner in runners {
        let words = words(about: race.run(entry: index, start: runner.start))
        column.write(words, size: 11, colour: palette.text)
      }
      column.y += 8
    }
    for runner in portrait.ghosts where runner.start == 0 {
      guard let ghost = subject.ghosts.first(where: { String($0.letter) == runner.sign }) else { continue }
      let run = ghost.race.run(entry: ghost.entry)
      column.items += badge(of: runner, SIMD2(left + 9, column.y - 4.5))
      column.write("\(run.entry.label), as it was", size: 11, colour: palette.muted)
      column.write(loss(of: run), size: 11, colour: palette.muted)
      column.y += 8
    }
    explainMarks(in: &column)
    return (Picture.Item(.group(column.items, clip: nil), name: "legend"), column.y)
  }

  /// What marks, fine lines and arrows mean.
  private func explainMarks(in column: inout Column) {
    for (kind, words) in marks {
      if let mark = mark(kind, SIMD2(column.left + 9, column.y - 4)) { column.items.append(mark) }
      column.write(words, size: 11, colour: palette.muted)
      column.y += 3
    }
    if let crowd = portrait.crowd {
      let ends = [SIMD2(column.left + 1, column.y - 4), SIMD2(column.left + 17, column.y - 4)]
      column.items.append(Picture.Item(.lines([Picture.Line(ends)]), pen: pen(of: crowd)))
      let count = crowd.fan.runs.count
      column.write("\(count) draws of the noise for \(crowd.sign)", size: 11, colour: palette.muted)
      column.y += 3
    }
    for (letters, words) in instrumentWords {
      column.write(letters, words, colour: palette.muted)
      column.y += 3
    }
  }

  /// The entries that take part with their runs, in the order of the race.
  private var entries: [(index: Int, runners: [Portrait.Runner])] {
    Dictionary(grouping: portrait.runners) { $0.entry ?? 0 }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  private func loss(of run: Run) -> String {
    "f = \(NumberText.brief(run.loss, digits: 2)) after \(NumberText.count(run.step)) steps"
  }

  /// What a run came to, where, and at what cost.
  private func words(about run: Run) -> String {
    var parts = [run.outcome(on: landscape, in: race.experiment.window).words]
    parts.append(loss(of: run))
    parts.append("\(NumberText.count(run.cost.evaluations)) gradients")
    if !plot.contains(place(landscape.project(run.parameters))) { parts.append("outside the picture") }
    if landscape.plane != nil, run.distanceFromPlane > 1e-12 * window.diagonal {
      parts.append("\(NumberText.brief(run.distanceFromPlane, digits: 2)) off this plane")
    }
    return parts.joined(separator: ", ")
  }

  /// The marks of the picture, and what they mean.
  private var marks: [(kind: Portrait.Mark.Kind, words: String)] {
    func count(_ kind: Portrait.Mark.Kind) -> Int {
      portrait.marks.count { $0.kind == kind && (kind == .start || window.contains($0.point)) }
    }
    let words: [(Portrait.Mark.Kind, String)] = [
      (.start, count(.start) == 1 ? "start" : "starts"), (.minimum, "minimum"), (.saddle, "saddle"),
    ]
    return words.filter { count($0.0) > 0 }
  }
}
