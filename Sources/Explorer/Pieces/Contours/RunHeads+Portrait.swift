import Canvas
import Landscapes
import Scenes

extension RunHeads.Head {
  /// The head of a run of a portrait; nil where it has none.
  init?(_ runner: Portrait.Runner, _ look: Look, _ place: (Point) -> SIMD2<Double>) {
    guard let head = runner.head else { return nil }
    self.init(
      glyph: Glyph(sign: runner.sign), place: place(head), colour: look.palette.colour(of: runner),
      name: runner.name, isFirst: runner.isSelected)
  }
}

extension Palette {
  /// The colour of a run of a portrait.
  func colour(of runner: Portrait.Runner) -> Colour { runner.colour.map(entry) ?? ghost }
}

extension Glyph {
  /// The one character that stands for a run of a portrait.
  init(sign: String) { self.init(Character(sign)) }
}

extension Look {
  /// What a point of a portrait is marked with.
  func glyph(of kind: Portrait.Mark.Kind) -> Glyph {
    switch kind {
    case .saddle: "×"
    case .minimum: "+"
    case .start: startMark
    }
  }
}
