import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The colours and styles of one frame.
struct Look {
  let palette: Palette
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
    palette = Palette(theme: appearance.theme, depth: appearance.depth)
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
}
