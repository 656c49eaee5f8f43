import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels
import Scenes

extension Figure {
  /// Who is who, what each came to and what it cost; then the marks.
  func legend(left: Double, top: Double) -> (item: Picture.Item, bottom: Double) {
    let room = Figure.width - left - 16
    let indent = left + 26
    var items: [Picture.Item] = []
    var y = top + 12
    func line(
      _ words: String, size: Double, colour: Colour, face: Picture.Label.Face = .sans, isBold: Bool = false
    ) {
      let columns = Int(clamped: (room - 26) / (size * (face == .sans ? 0.56 : 0.61)))
      for part in Text.wrapped(words, to: columns) {
        items.append(
          Figure.text(part, x: indent, y: y, size: size, colour: colour, face: face, isBold: isBold))
        y += size + 5
      }
    }
    for (index, runners) in entries {
      let entry = race.experiment.entries[index]
      items += badge(of: runners[0], SIMD2(left + 9, y - 4.5))
      line(entry.label, size: 13, colour: palette.strong, isBold: true)
      let spec = race.experiment.spec(of: entry, at: race.step)
      line(spec.description, size: 9.5, colour: palette.muted, face: .mono)
      for runner in runners {
        line(words(about: race.run(entry: index, start: runner.start)), size: 11, colour: palette.text)
      }
      y += 8
    }
    for runner in portrait.ghosts where runner.start == 0 {
      guard let ghost = subject.ghosts.first(where: { String($0.letter) == runner.sign }) else { continue }
      let run = ghost.race.run(entry: ghost.entry)
      items += badge(of: runner, SIMD2(left + 9, y - 4.5))
      line("\(run.entry.label), as it was", size: 11, colour: palette.muted)
      line(loss(of: run), size: 11, colour: palette.muted)
      y += 8
    }
    for (kind, words) in marks {
      if let mark = mark(kind, SIMD2(left + 9, y - 4)) { items.append(mark) }
      line(words, size: 11, colour: palette.muted)
      y += 3
    }
    if let crowd = portrait.crowd {
      items.append(
        Picture.Item(
          .lines([Picture.Line([SIMD2(left + 1, y - 4), SIMD2(left + 17, y - 4)])]), pen: pen(of: crowd)))
      line("\(crowd.fan.runs.count) draws of the noise for \(crowd.sign)", size: 11, colour: palette.muted)
    }
    return (Picture.Item(.group(items, clip: nil), name: "legend"), y)
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
