import Canvas
import Experiments
import Landscapes
import Scenes

/// The moment that a frame shows, as views may see it: values to read, made once a frame or an event.
struct ViewContext {
  /// The running experiment at the playhead.
  let race: Race
  /// What follows from it.
  let moment: Moment
  /// The part of the landscape that the plot shows.
  let window: PlotWindow
  /// The part that a reset of the window leads back to.
  let home: PlotWindow
  /// The entry whose knobs the arrows turn.
  let selectedEntry: Int
  let isSpotlit: Bool
  /// Whether the names of the optimizers are hidden.
  let isBlind: Bool
  let isPlaying: Bool
  /// What is drawn over the landscape.
  let overlays: Set<Overlay>
  /// Runs kept in grey, oldest first.
  let ghosts: [Ghost]
  /// Many draws of the noise for the selected entry, if they are to be shown.
  let fan: Fan?
  let curve: CurveChoice
  /// What the view of the data shows of the models.
  let dataPicture: DataPicture
  /// The effective rates of the selected entry, where the curves show them.
  let rates: [RateRecorder.Sample]
  /// The numbers of an entry each, where the curves show some that stand in no history.
  let samples: [[CurveSample]]
  /// The expected loss of the models, an entry each, where the curves show it in grey.
  let expected: [[CurveSample]]
  let knobs: [KnobList.Row]
  let selectedKnob: Int
  /// The axes that the scene names for maps.
  let mapAxes: MapAxes?
  /// The budget of the scene, which a race without one lends to its maps.
  let sceneBudget: Budget
  let look: Look
  let layout: ScreenLayout
}

extension ViewContext {
  /// The landscape in force at the playhead.
  var landscape: Landscape { moment.landscape }

  /// The landscape that the next step will see.
  var nextLandscape: Landscape { moment.nextLandscape }

  var entries: [Entry] { race.experiment.entries }

  /// The run of the selected entry from the first start.
  var selectedRun: Run? {
    entries.indices.contains(selectedEntry) ? race.run(entry: selectedEntry) : nil
  }

  /// What the screen calls an entry.
  func label(ofEntry index: Int) -> String {
    isBlind ? "entry \(index + 1)" : entries[index].label
  }

  /// What an entry's run is doing, and how far it is from the plane that is shown, in about so many columns.
  func words(of entry: Int, width: Int) -> String {
    let outcome = moment.outcome(entry: entry)
    // How it behaves may tell which one it is.
    if isBlind { return String(outcome.name.map { $0 == "-" ? " " : $0 }) }
    let distance = race.run(entry: entry).distanceFromPlane
    guard landscape.plane != nil, distance > PlotWindow.planeRounding * window.diagonal else {
      return outcome.words
    }
    let off = "\(NumberText.brief(distance)) off the plane"
    let all = "\(outcome.words), \(off)"
    return Text.width(of: all) <= width ? all : "\(outcome.name), \(off)"
  }
}
