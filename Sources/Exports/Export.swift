package import Canvas
package import Experiments
package import Landscapes
package import Scenes

/// A race as it stands, with the words that go with it, ready to be written down in any form.
///
/// Everything is a function of these values: the same export gives the same bytes.
package struct Export {
  /// The scene that it is of.
  package let scene: Scene
  /// The race at its playhead: what is shown, and the last step that is written.
  package var race: Race
  /// One line: what is seen.
  package var title: String
  /// One line under the picture.
  package var caption: String
  /// What the figure shows.
  package var window: Window
  /// Steps a second of the animation.
  package var speed: Double
  /// The ground of the figure.
  package var theme: Theme
  /// The colours of the text with colours and of the animation.
  package var depth: ColourDepth

  /// An export of a race; the words, the window and the speed are those of the scene.
  package init(scene: Scene, race: Race, theme: Theme = .dark, depth: ColourDepth = .indexed256) {
    self.scene = scene
    self.race = race
    title = scene.title
    caption = scene.caption
    window = scene.frame()
    speed = scene.speed
    self.theme = theme
    self.depth = depth
  }

  /// Frames a second of the animation, at most.
  static let frameRate = 30.0

  /// Writes a file of a kind, piece by piece.
  ///
  /// - Parameters:
  ///   - screen: the screen at a step, from 0 to that of the race; asked for in order, and only by kinds that show it.
  ///   - write: takes the pieces.
  package func write(
    _ kind: ExportKind, screen: (Int) -> Canvas, to write: (String) throws -> Void
  ) rethrows {
    switch kind {
    case .figure: try write(figure.document)
    case .screen:
      let palette = Palette(theme: theme, depth: .direct)
      try write(
        SVGWriter.document(
          of: screen(race.step), foreground: palette.text, background: palette.ground, title: title))
    case .text: try write(screen(race.step).rows.map { $0 + "\n" }.joined())
    case .ansi: try write(AnsiWriter.text(of: screen(race.step), depth: depth))
    case .animation: try writeAnimation(screen, to: write)
    case .handout: try write(Handout(of: [scene]).document)
    case .csv: try StepData.writeCSV(experiment, to: write)
    case .json: try StepData.writeJSON(experiment, to: write)
    }
  }

  /// What was run, up to the playhead.
  private var experiment: Experiment {
    var experiment = race.experiment
    experiment.budget.steps = race.step
    return experiment
  }

  /// The race as a vector figure.
  package var figure: Figure {
    Figure(race: race, title: title, caption: caption, window: window, theme: theme)
  }

  /// How long the animation lasts, in seconds.
  package var duration: Double { Double(race.step) / speed }

  /// How many frames the animation has, at most.
  package var frameCount: Double { (duration * min(speed, Export.frameRate)).rounded(.up) + 1 }

  private func writeAnimation(_ screen: (Int) -> Canvas, to write: (String) throws -> Void) rethrows {
    let first = screen(0)
    var cast = Asciicast(width: first.width, height: first.height, title: title, depth: depth)
    try write(cast.header)
    if let event = cast.show(first, at: 0) { try write(event) }
    let interval = max(1 / speed, 1 / Export.frameRate)
    var number = 1
    var step = 0
    while step < race.step {
      let time = Double(number) * interval
      // Half a millionth of a step: a step due now is not left to the next frame by rounding.
      step = min(race.step, Int(clamped: time * speed + 5e-7))
      if let event = cast.show(screen(step), at: time) { try write(event) }
      number += 1
    }
    try write(cast.end(at: Double(number - 1) * interval + 2))
  }
}
