import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// The panel beside the plot: the race, the curves, the selected optimizer with its knobs.
  func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ look: Look) {
    let recipe = recipeLines()
    let spectrum = spectrum()
    let parts = PanelLayout(panel, of: self)
    paintRace(
      on: &canvas, parts.race,
      words: { parts.rowsPerEntry == 2 || parts.selectedHasWords && $0 == selectedEntry }, look)
    paintGhosts(on: &canvas, parts.ghosts, hasWords: parts.rowsPerEntry == 2, look)
    if let curve = parts.curve { paintCurve(on: &canvas, curve, look) }
    paintOptimizer(
      on: &canvas, parts.optimizer, recipe: parts.showsRecipe ? recipe : [], gauge: parts.gaugeRows, look)
    if let rect = parts.spectrum { paintSpectrum(spectrum, on: &canvas, rect, look) }
  }

  // MARK: The race

  private func paintRace(on canvas: inout Canvas, _ rect: Rect, words: (Int) -> Bool, _ look: Look) {
    paintRule("Race", on: &canvas, rect.splitTop(1).top, look)
    let columns = (loss: rect.right - 16, norm: rect.right - 7, cost: rect.right)
    canvas.text(rightAligned: " loss ", right: columns.loss + 1, y: rect.y, style: look.muted)
    canvas.text(rightAligned: " |∇f| ", right: columns.norm + 1, y: rect.y, style: look.muted)
    if !isBlind { canvas.text(rightAligned: " evals", right: columns.cost, y: rect.y, style: look.muted) }
    guard !race.experiment.entries.isEmpty else {
      canvas.text("no entry yet: a adds one", x: rect.x + 2, y: rect.y + 1, style: look.muted)
      return
    }
    var y = rect.y + 1
    for (index, entry) in race.experiment.entries.enumerated() {
      guard y < rect.bottom else { return }
      let run = race.run(entry: index)
      let isSelected = index == selectedEntry
      let numbers = entry.isOn ? look.text : look.faint
      if isSelected { canvas.text("▸", x: rect.x, y: y, style: look.accent) }
      canvas.text(
        "\(index + 1)", x: rect.x + 2, y: y, style: entry.isOn ? look.palette.head(entry.colour) : look.faint)
      canvas.text(
        Text.truncated(Text.sanitised(label(ofEntry: index)), to: max(0, columns.loss - 9 - rect.x - 4)),
        x: rect.x + 4,
        y: y,
        style: !entry.isOn ? look.faint : isSelected ? look.strong : look.text)
      if entry.isOn {
        canvas.text(rightAligned: NumberText.scientific(run.loss), right: columns.loss, y: y, style: numbers)
        canvas.text(
          rightAligned: NumberText.scientific(run.gradientNorm), right: columns.norm, y: y, style: numbers)
        if !isBlind {
          canvas.text(
            rightAligned: NumberText.count(run.cost.evaluations), right: columns.cost, y: y, style: numbers)
        }
      } else {
        canvas.text(rightAligned: "off", right: columns.cost, y: y, style: look.faint)
      }
      addHits(
        ofEntry: index, row: Rect(x: rect.x, y: y, width: rect.width, height: words(index) ? 2 : 1),
        digit: Rect(x: rect.x + 1, y: y, width: 3, height: 1))
      y += 1
      if words(index) {
        if entry.isOn {
          let outcome = outcome(of: index)
          let words = self.words(of: index, outcome, width: rect.width - 4)
          canvas.text(
            Text.truncated(words, to: rect.width - 4), x: rect.x + 4, y: y, style: style(of: outcome, look))
        }
        y += 1
      }
    }
  }

  private func style(of outcome: Outcome, _ look: Look) -> Style {
    switch outcome {
    case .converged, .atMinimum: look.good
    case .diverged, .growing: look.warning
    default: look.muted
    }
  }

  // MARK: The optimizer

  /// The update rule of the selected entry with the numbers of the step that led to the playhead.
  func recipeLines() -> [RecipeText<Double>] {
    guard !isBlind, race.experiment.entries.indices.contains(selectedEntry) else { return [] }
    let run = race.run(entry: selectedEntry)
    return run.optimizer.lines(after: run.lastStepRecord)
  }

  /// What the selected rule is on a landscape without a matrix, if that is something else.
  private var vectorNote: String? {
    guard race.experiment.entries.indices.contains(selectedEntry),
      race.experiment.landscape.layout.blocks.allSatisfy(\.isVector)
    else { return nil }
    return race.run(entry: selectedEntry).optimizer.about.onVectors
  }

  /// The rows that the recipe takes.
  var recipeRows: Int {
    let lines = recipeLines().count
    return lines > 0 && vectorNote != nil ? lines + 1 : lines
  }

  private func paintOptimizer(
    on canvas: inout Canvas, _ rect: Rect, recipe: [RecipeText<Double>], gauge: Int, _ look: Look
  ) {
    guard rect.height > 0 else { return }
    var y = rect.y
    if isBlind {
      paintRule("The landscape", on: &canvas, Rect(x: rect.x, y: y, width: rect.width, height: 1), look)
      y += 1
    } else if race.experiment.entries.indices.contains(selectedEntry) {
      let entry = race.experiment.entries[selectedEntry]
      let about = race.run(entry: selectedEntry).optimizer.about
      let source = about.citation.split(separator: ",").first.map(String.init) ?? ""
      paintRule(
        "\(selectedEntry + 1)  \(Text.sanitised(entry.label))", remark: source, on: &canvas,
        Rect(x: rect.x, y: y, width: rect.width, height: 1), look)
      y += 1
      let colour = look.entry(entry.colour)
      for line in recipe where y < rect.bottom {
        let numbers =
          race.step == 0 ? "" : vector(line.values, room: rect.width - Text.width(of: line.text) - 2)
        let room = rect.width - Text.width(of: numbers) - 2
        canvas.text(Text.truncated(line.text, to: max(0, room)), x: rect.x, y: y, style: look.text)
        canvas.text(rightAligned: numbers, right: rect.right, y: y, style: colour)
        y += 1
      }
      if !recipe.isEmpty, let vectorNote, y < rect.bottom {
        canvas.text(Text.truncated(vectorNote, to: rect.width), x: rect.x, y: y, style: look.muted)
        y += 1
      }
      if !recipe.isEmpty { y += 1 }
    }
    let knobs = Rect(x: rect.x, y: y, width: rect.width, height: rect.bottom - y - gauge)
    y = paintKnobs(on: &canvas, knobs, look)
    let rows = min(gauge, rect.bottom - y)
    paintGauge(on: &canvas, Rect(x: rect.x, y: y, width: rect.width, height: rows), look)
  }

  /// A vector of a few numbers, `(−1.204, +0.388)`; of more than two parameters its length, `‖·‖ = 2.31`, where not all
  /// of it fits.
  private func vector(_ values: [Double], room: Int) -> String {
    guard !values.isEmpty else { return "" }
    if race.experiment.landscape.dimension > 2, values.count > 1 {
      let whole = "(\(values.map { NumberText.brief($0, digits: 3) }.joined(separator: ", ")))"
      if Text.width(of: whole) <= room { return whole }
      let length = values.euclideanNorm
      return "‖·‖ = \(NumberText.brief(length, digits: 4))"
    }
    let texts = values.prefix(3).map { value in
      value == 0 || (abs(value) >= 1e-3 && abs(value) < 1000)
        ? NumberText.fixed(value, decimals: 3) : NumberText.scientific(value)
    }
    let inside = texts.joined(separator: ", ") + (values.count > 3 ? ", …" : "")
    return values.count == 1 ? inside : "(\(inside))"
  }

  /// As many knobs as fit, and where the learning rate's stable range ends. Returns the first row below them.
  func paintKnobs(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> Int {
    let knobs = knobs
    guard rect.height > 0, !knobs.isEmpty else { return rect.y }
    let limit = knobs.indices.contains(selectedKnob) ? knobs.compactMap { stabilityLimit(of: $0) }.first : nil
    let rows = max(1, rect.height - (limit == nil ? 0 : 1))
    // The selected knob is always among those shown.
    let first = max(
      0, min(selectedKnob - rows + 1, knobs.count - rows), min(selectedKnob - rows / 2, knobs.count - rows))
    // Marker, symbol, label, value, slider; what a wider panel has more is shared by label and slider.
    let more = max(0, rect.width - 40)
    let labelColumns = 13 + min(more / 2, 12)
    let valueColumn = 5 + labelColumns + 1
    let slider = (x: rect.x + valueColumn + 9, width: rect.width - valueColumn - 9)
    var y = rect.y
    for index in first..<min(first + rows, knobs.count) {
      let knob = knobs[index]
      let isSelected = index == selectedKnob
      if isSelected { canvas.text("▸", x: rect.x, y: y, style: look.accent) }
      // A constant whose symbol is a word goes by its label alone.
      if Text.width(of: knob.knob.symbol) <= 2 {
        canvas.text(knob.knob.symbol, x: rect.x + 2, y: y, style: look.strong)
      }
      canvas.text(
        Text.truncated(knob.knob.label, to: labelColumns), x: rect.x + 5, y: y,
        style: isSelected ? look.text : look.muted)
      canvas.text(
        Text.truncated(value(of: knob), to: 8), x: rect.x + valueColumn, y: y,
        style: isSelected ? look.strong : look.text)
      if isLive(knob) {
        paintSlider(
          of: knob, on: &canvas, x: slider.x, y: y, width: slider.width, isSelected: isSelected, look)
      } else {
        canvas.text("fixed", x: slider.x, y: y, style: look.faint, width: max(0, slider.width))
      }
      addHits(
        ofKnob: index, row: Rect(x: rect.x, y: y, width: rect.width, height: 1),
        slider: Rect(x: slider.x, y: y, width: slider.width, height: 1))
      y += 1
    }
    if let limit, y < rect.bottom {
      let place = limit.isExact ? "" : " here"
      let value = NumberText.brief(limit.value)
      // Where not all of it fits, the formula goes before the number does.
      let texts = [
        "stable while η < \(limit.formula) = \(value)\(place)", "stable while η < \(value)\(place)",
      ]
      let text = texts.first { Text.width(of: $0) <= rect.width - 2 } ?? texts[1]
      canvas.text(Text.truncated(text, to: rect.width - 2), x: rect.x + 2, y: y, style: look.muted)
      y += 1
    }
    return y
  }
}
