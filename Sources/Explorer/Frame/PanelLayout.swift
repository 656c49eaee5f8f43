import Canvas

/// Where the parts of the panel stand, for the room there is.
///
/// What is wanted, from the most to the least: a row an entry, the knobs, the curve, the words under each entry, the
/// recipe, the gauge; what is left over makes the curve taller. A narrow panel has the entries, the curve and the words.
struct PanelLayout {
  /// The rule and the entries.
  let race: Rect
  /// 1, or 2 with the words under each entry.
  let rowsPerEntry: Int
  /// Whether the selected entry alone has words under it.
  let selectedHasWords: Bool
  /// The ghosts, below the entries.
  let ghosts: Rect
  /// The rule and the loss curve.
  let curve: Rect?
  /// The rule, the recipe and the knobs of the selected entry.
  let optimizer: Rect
  let showsRecipe: Bool
  /// The rows of the gauge under the knobs.
  let gaugeRows: Int
  /// The rule and the bars of the singular values, where there is a matrix.
  let spectrum: Rect?

  /// The columns that a knob with its slider needs; a panel that has fewer is narrow.
  static let knobColumns = 36

  init(_ panel: Rect, entries: Int, ghosts: Int, knobs: Int, recipe: Int, spectrum: Int = 0) {
    // A ghost has as many rows as an entry.
    let living = max(1, entries)
    let entries = living + ghosts
    let isNarrow = panel.width < PanelLayout.knobColumns
    let (knobs, recipe, spectrum) = isNarrow ? (0, 0, 0) : (knobs, recipe, spectrum)
    // A rule, a row an entry, a blank row; then a rule, the knobs, the line on stability.
    var free = panel.height - entries - 2 - (isNarrow ? 0 : 2)
    // The bars come before a long list of knobs, which scrolls, but not before the first five.
    let spectrumRows = spectrum > 0 && free >= min(knobs, 5) + spectrum + 1 ? spectrum + 1 : 0
    free -= spectrumRows
    let knobRows = min(knobs, max(3, free))
    free -= knobRows
    var curveRows = 0
    // And a blank row before what comes below it.
    let blank = isNarrow ? 0 : 1
    if free >= 5 + blank {
      curveRows = 5
      free -= curveRows + blank
    }
    rowsPerEntry = free >= entries ? 2 : 1
    if rowsPerEntry == 2 { free -= entries }
    selectedHasWords = rowsPerEntry == 1 && free >= 1
    if selectedHasWords { free -= 1 }
    showsRecipe = recipe > 0 && free >= recipe + 1
    if showsRecipe { free -= recipe + 1 }
    gaugeRows = isNarrow ? 0 : min(max(0, free), GaugeStrip.rows)
    free -= gaugeRows
    if curveRows > 0 { curveRows += min(max(0, free), 30) }

    let top = panel.splitTop(1 + entries * rowsPerEntry + (selectedHasWords ? 1 : 0))
    let ghostRows = top.top.splitBottom(ghosts * rowsPerEntry)
    race = ghostRows.rest
    self.ghosts = ghostRows.bottom
    var rest = top.rest.inset(top: 1)
    if curveRows > 0 {
      let split = rest.splitTop(curveRows)
      curve = split.top
      rest = split.rest.inset(top: 1)
    } else {
      curve = nil
    }
    if spectrumRows > 0 {
      let split = rest.splitBottom(spectrumRows)
      self.spectrum = split.bottom.inset(top: 1)
      rest = split.rest
    } else {
      self.spectrum = nil
    }
    optimizer = isNarrow ? rest.splitBottom(0).bottom : rest
  }
}
