import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The colours and styles of one frame.
struct Look {
  let appearance: Appearance
  let palette: Palette
  /// From one number to another: the likeness of an arrow in ASCII would read as "greater than".
  let arrow: String
  let text: Style
  let strong: Style
  let muted: Style
  let faint: Style
  let accent: Style
  let caption: Style
  let good: Style
  let warning: Style
  let key: Style

  init(_ appearance: Appearance) {
    self.appearance = appearance
    palette = appearance.palette
    arrow = appearance.glyphs == .ascii ? "to" : "→"
    text = palette.style(.text)
    strong = palette.style(.strong)
    muted = palette.style(.muted)
    faint = palette.style(.faint)
    accent = palette.style(.accent)
    caption = palette.style(.caption)
    good = palette.style(.good)
    warning = palette.style(.warning)
    key = palette.style(.key)
  }

  /// The characters of the picture.
  var glyphs: GlyphSet { appearance.glyphs }

  /// A text as it is drawn, where its width matters before.
  func spelled(_ text: String) -> String { glyphs == .ascii ? Text.spelled(text) : text }

  /// The mark of a start.
  var startMark: Glyph { glyphs == .ascii ? "S" : "◆" }

  /// The mark of a cursor, and its style.
  var cursor: (mark: Glyph, style: Style) {
    (
      glyphs == .ascii ? "+" : "╋",
      palette.depth == .none
        ? Style(.terminal, on: .terminal, [.reverse, .bold])
        : Style(palette.ground, on: palette.strong, [.bold])
    )
  }

  /// The style of an entry's colour on the page.
  func entry(_ index: Int) -> Style { text.with(palette.entry(index)) }
}

extension Look {
  /// A colour for what lies ahead: closer to the page where there are colours for that.
  func fainter(_ colour: Colour) -> Colour {
    switch palette.depth {
    case .direct, .indexed256:
      palette.ground.mixed(with: colour, amount: palette.depth == .direct ? 0.45 : 0.6).quantised(
        to: palette.depth)
    case .ansi16: palette.faint
    case .ansi8, .none: colour
    }
  }
}
