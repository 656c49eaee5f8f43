import Canvas
import Landscapes
import Pixels
import Scenes

/// What is said in the picture beside the ways: the numbers of iterates, and where a run rests.
extension Figure {
  /// Words in the picture.
  struct Note {
    let text: String
    let name: String
    /// The middle of the text.
    let place: SIMD2<Double>
    let colour: Colour
    let style: Style
    var box: Box {
      let width = Figure.width(of: text, size: style.size)
      return Box(
        left: place.x - width / 2, top: place.y - style.height / 2, width: width, height: style.height)
    }

    /// How words are written.
    enum Style {
      /// A name beside its head.
      case name
      /// What is said of an iterate.
      case remark

      var size: Double { self == .name ? 12 : 9.5 }
      var height: Double { size + 2.5 }
      /// How far from the place they begin: a head is a disc.
      var gap: Double { self == .name ? 13 : 8 }
    }
  }

  /// The width of a cell: what is nearer than that is one place to the eye.
  private static let cell = 7.0

  /// Where runs stayed for long.
  var rests: [Portrait.Rest] {
    portrait.rests { place($0) / Figure.cell }.filter { plot.contains(place($0.point)) }
  }

  /// The words that have room.
  func notes(_ placer: inout LabelPlacer) -> [Note] {
    var notes: [Note] = []
    func add(
      _ text: String, name: String, near place: SIMD2<Double>, within lines: Int, _ runner: Portrait.Runner,
      _ style: Note.Style = .remark
    ) {
      guard
        let place = placer.place(
          width: Figure.width(of: text, size: style.size), height: style.height, near: place, from: style.gap,
          within: lines)
      else { return }
      let colour = colour(of: runner).standingOut(from: palette.ground, by: 4.5)
      notes.append(Note(text: text, name: name, place: place, colour: colour, style: style))
    }
    for head in placedHeads {
      if let text = head.runner.name {
        add(text, name: "name", near: head.place, within: 4, head.runner, .name)
      }
    }
    for rest in rests { add(rest.words, name: "rest", near: place(rest.point), within: 4, rest.runner) }
    for number in portrait.numbers where plot.contains(place(number.point)) {
      add(String(number.step), name: "number", near: place(number.point), within: 3, number.runner)
    }
    return notes
  }

  /// Marks what the labels of contour lines are to keep clear of.
  ///
  /// - Parameter room: what is left free around words: a number beside another might pass for one with it.
  func occupy(_ placer: inout LabelPlacer, room: Double = 6) {
    var own = LabelPlacer(box: plot)
    occupyShapes(&own)
    occupyShapes(&placer)
    for note in notes(&own) { placer.occupy(note.box.grown(by: room), thing: -2) }
  }

  /// Rings where runs rest, and the words, on a ground that contour lines do not run through.
  var remarked: [Picture.Item] {
    var placer = LabelPlacer(box: plot)
    occupyShapes(&placer)
    let rings = rests.flatMap { rest in
      let ring = Picture.Shape.circle(place(rest.point), radius: 6.5)
      return [
        Picture.Item(ring, pen: Picture.Pen(stroke: palette.ground, width: 3.6, opacity: 0.6)),
        Picture.Item(ring, pen: Picture.Pen(stroke: colour(of: rest.runner), width: 1.8), name: "ring"),
      ]
    }
    let words = notes(&placer).flatMap { note in
      let (box, middle) = (note.box, note.place)
      let ends = [SIMD2(box.left + 4, middle.y), SIMD2(box.right - 4, middle.y)]
      return [
        Picture.Item(
          .lines([Picture.Line(ends)]),
          pen: Picture.Pen(stroke: palette.ground, width: note.style.height, opacity: 0.6, isRound: true)),
        Picture.Item(
          .text(label(note)), pen: Picture.Pen(fill: note.colour), name: note.name),
      ]
    }
    return rings + words
  }

  private func label(_ note: Note) -> Picture.Label {
    let size = note.style.size
    var label = Picture.Label(note.text, at: note.place + SIMD2(0, 0.38 * size), size: size)
    (label.anchor, label.isBold) = (.middle, note.style == .name)
    return label
  }
}
