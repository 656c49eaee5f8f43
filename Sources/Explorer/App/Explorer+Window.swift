import Canvas
import Experiments
import Landscapes

/// What part of the landscape is shown.
extension Explorer {
  /// The part of the landscape that is shown: the window, unless the view frames something while the run stands still.
  ///
  /// In a lecture the plot keeps its place and scale.
  var shownWindow: PlotWindow {
    guard framesByView, !isPlaying, lecture.map(\.showsAll) ?? true,
      race.experiment.entries.indices.contains(selectedEntry)
    else { return window }
    return view.frame(of: race.run(entry: selectedEntry), on: race.landscape, within: window) ?? window
  }

  /// Goes on from what is shown; from now on the view does not frame anything.
  private mutating func takeFrame() {
    let shown = shownWindow
    framesByView = false
    remember(.window)
    window = shown
  }

  mutating func pan(_ x: Int, _ y: Int) {
    takeFrame()
    window = window.panned(x: Double(x) / 10, y: Double(y) / 10)
  }

  /// Magnifies by a quarter, or the reverse, around the middle or the point given.
  mutating func zoom(_ direction: Int, around point: Point? = nil) {
    let shown = shownWindow
    let next = shown.zoomed(by: direction > 0 ? 1.25 : 0.8, around: point ?? shown.centre)
    guard next != shown else {
      status = .note(direction > 0 ? "doubles have no more digits to zoom into" : "this is as far as it goes")
      return
    }
    takeFrame()
    window = next
  }

  mutating func resetView() {
    remember(.window)
    window = session.home
    framesByView = true
  }

  /// Shows what was run up to the playhead, with the starts.
  mutating func frameRuns() {
    let (landscape, experiment) = (race.experiment.landscape, race.experiment)
    // Of a run that flew off the far end alone would be seen.
    let reach = experiment.window.zoomed(by: 0.1)
    var places: [Point] = []
    for entry in experiment.entries.indices where experiment.entries[entry].isOn {
      for start in experiment.starts.indices {
        let history = race.run(entry: entry, start: start).history
        let end = history.index(at: race.step) ?? 0
        places += (0...end).map { landscape.project(history.parameters(at: $0)) }.filter(reach.contains)
      }
    }
    guard race.step > 0, let framed = PlotWindow(framing: places) else {
      status = .note("nothing has moved yet: n does a step")
      return
    }
    takeFrame()
    window = framed
    status = .note("what was run fills the picture; z shows the scene's window again")
  }
}
