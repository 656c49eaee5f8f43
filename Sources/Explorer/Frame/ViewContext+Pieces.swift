import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The pieces of the moment, for the frame and for all views.
extension ViewContext {
  /// What pictures of the landscape show of the race.
  var subject: Portrait.Subject {
    var subject = Portrait.Subject(race, on: landscape)
    subject.selectedEntry = selectedEntry
    subject.isSpotlit = isSpotlit
    subject.overlays = overlays
    subject.ghosts = ghosts.map(\.portrayed)
    subject.fan = fan
    subject.hasNames = !isBlind
    subject.window = window
    return subject
  }

  /// The landscape from above with the race on it.
  var contourPlot: ContourPlot { ContourPlot(subject: subject) }

  /// The colours of the entries, by their numbers.
  var colours: [Int] { entries.map(\.colour) }

  // MARK: The race

  /// The entries as rows.
  ///
  /// - Parameters:
  ///   - width: the columns of the table.
  ///   - hasWords: whether a row has words under it.
  func raceTable(width: Int, hasWords: (Int) -> Bool) -> RaceTable {
    let rows = entries.indices.map { index in
      let run = race.run(entry: index)
      var row = RaceTable.Row(
        label: label(ofEntry: index), colour: entries[index].colour, isOn: entries[index].isOn,
        numbers: RunNumbers(run), hasWords: hasWords(index))
      if row.hasWords, row.isOn {
        row.outcome = moment.outcome(entry: index)
        row.words = words(of: index, width: width - 4)
      }
      return row
    }
    return RaceTable(rows: rows, selected: selectedEntry, showsCost: !isBlind)
  }

  /// The entries in one row.
  var entryStrip: EntryStrip {
    EntryStrip(rows: raceTable(width: 0) { _ in false }.rows, selected: selectedEntry)
  }

  // MARK: The curves

  /// The curves of the chosen quantity, with about so many points.
  func curves(columns: Int) -> Curves {
    Curves(
      of: race, on: landscape, curve, selected: selectedEntry, rates: rates, samples: samples,
      expected: expected, ghosts: ghosts, fan: fan, columns: columns)
  }

  /// The curves of the chosen quantity, so many cells wide with their axis.
  func curvePlot(width: Int) -> CurvePlot {
    curvePlot(of: curves(columns: ViewContext.curveColumns(width: width)))
  }

  /// Any curves of the entries.
  func curvePlot(of curves: Curves) -> CurvePlot {
    CurvePlot(
      curves: curves, colours: colours, names: race.experiment.entries.map(\.label),
      selectedEntry: selectedEntry,
      isSpotlit: isSpotlit)
  }

  /// About how many points curves need that are so many cells wide with their axis.
  static func curveColumns(width: Int) -> Int { (width - 7) * 2 }

  // MARK: The optimizer

  /// The update rule of the selected entry with the numbers of the step that led to the playhead.
  var recipe: RecipeList {
    guard !isBlind, let run = selectedRun else { return .none }
    let landscape = race.experiment.landscape
    return RecipeList(
      lines: run.optimizer.lines(after: run.lastStepRecord),
      note: landscape.layout.blocks.allSatisfy(\.isVector) ? run.optimizer.about.onVectors : nil,
      memory: entries[selectedEntry].spec.trajectory == nil
        ? entries[selectedEntry].spec.memory(for: landscape.layout) : nil,
      dimension: landscape.dimension, hasNumbers: race.step > 0)
  }

  var knobList: KnobList { KnobList(rows: knobs, selected: selectedKnob) }

  /// The gauge of the selected entry's next step.
  var gauge: GaugeStrip? {
    guard !isBlind, selectedRun != nil else { return nil }
    return GaugeStrip(moment: moment, entry: selectedEntry)
  }

  /// The selected optimizer and all knobs.
  func optimizerPanel(recipe: RecipeList) -> OptimizerPanel {
    var panel = OptimizerPanel(recipe: recipe, knobs: knobList, gauge: gauge)
    if isBlind {
      panel.title = ("The landscape", "")
    } else if let run = selectedRun {
      let entry = entries[selectedEntry]
      let source = run.optimizer.about.citation.split(separator: ",").first.map(String.init) ?? ""
      panel.title = ("\(selectedEntry + 1)  \(Text.sanitised(entry.label))", source)
      panel.colour = entry.colour
    }
    return panel
  }

  /// The singular values of the selected entry's state at the playhead.
  var spectrum: Spectrum {
    guard let run = selectedRun else { return .none }
    return Spectrum(of: run.optimizer.state, on: race.experiment.landscape.layout)
  }

  /// The selected knob and what the selected entry is doing.
  var knobStrip: KnobStrip {
    KnobStrip(knobs: knobList, colours: colours) { columns in
      selectedRun == nil ? nil : words(of: selectedEntry, width: columns)
    }
  }

  // MARK: The panel

  /// Where the parts of a panel stand for what there is to show in it.
  func panelLayout(_ panel: Rect) -> PanelLayout { panelLayout(panel, recipe, spectrum) }

  func panelLayout(_ panel: Rect, _ recipe: RecipeList, _ spectrum: Spectrum) -> PanelLayout {
    PanelLayout(
      panel, entries: entries.count, ghosts: ghosts.count, knobs: knobs.count, recipe: recipe.rows,
      spectrum: spectrum.rows)
  }
}
