package import Canvas
package import Experiments
package import Landscapes
import Pixels
package import Scenes

/// A race as it stands, with the words that go with it, ready to be written down in any form.
///
/// Everything is a function of these values: the same export gives the same bytes.
package struct Export {
  /// The scene that it is of.
  package let scene: Scene
  /// The race at its playhead, and what is shown of it.
  package let subject: Portrait.Subject
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
  /// Pixels of a picture for each unit of the figure, or for each tenth of the width of a cell.
  package var scale = 1.0

  /// An export of a race as its scene shows it.
  package init(scene: Scene, race: Race, theme: Theme = .dark, depth: ColourDepth = .indexed256) {
    self.init(
      scene: scene, subject: Portrait.Subject(race, at: scene.opening), theme: theme, depth: depth)
  }

  /// An export of a race; the words, the window and the speed are those of the scene.
  package init(scene: Scene, subject: Portrait.Subject, theme: Theme, depth: ColourDepth) {
    self.scene = scene
    self.subject = subject
    title = scene.title
    caption = scene.caption
    window = scene.frame()
    speed = scene.speed
    self.theme = theme
    self.depth = depth
  }

  /// The race at its playhead: what is shown, and the last step that is written.
  package var race: Race { subject.race }

  /// Frames a second of the animation, at most.
  static let frameRate = 30.0

  /// Writes a file of a kind, piece by piece.
  ///
  /// - Parameters:
  ///   - screen: the screen at a step, from 0 to that of the race; asked for in order, and only by kinds that show it.
  ///   - write: takes the pieces.
  package func write(
    _ kind: ExportKind, screen: (Int) -> Canvas, to write: (ArraySlice<UInt8>) throws -> Void
  ) rethrows {
    func put(_ text: String) throws { try write(ArraySlice(text.utf8)) }
    switch kind {
    case .figure: try put(figure.document)
    case .movingFigure: try put(movingFigure)
    case .picture: try write(PNGWriter.file(of: figure.drawing.image(scale: scale))[...])
    case .movingPicture: try writeMovingPicture(to: write)
    case .screen:
      let palette = Palette(theme: theme, depth: .direct)
      try put(
        SVGWriter.document(
          of: screen(race.step), foreground: palette.text, background: palette.ground, title: title))
    case .screenPicture:
      let palette = Palette(theme: theme, depth: .direct)
      let picture = CellPicture(
        of: screen(race.step), foreground: palette.text, background: palette.ground, cellWidth: 10)
      try write(PNGWriter.file(of: PixelImage(picture, scale: scale))[...])
    case .text: try put(screen(race.step).rows.map { $0 + "\n" }.joined())
    case .ansi: try put(AnsiWriter.text(of: screen(race.step), depth: depth))
    case .animation: try writeAnimation(screen, to: put)
    case .handout: try put(Handout(of: [scene]).document)
    case .csv: try StepData.writeCSV(experiment, to: put)
    case .json: try StepData.writeJSON(experiment, to: put)
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
    Figure(of: subject, title: title, caption: caption, window: window, theme: theme)
  }

  /// How long the animation lasts, in seconds.
  package var duration: Double { Double(race.step) / speed }

  /// How many frames the animation has, at most.
  package var frameCount: Double { (duration * min(speed, Export.frameRate)).rounded(.up) + 1 }

  /// Seconds from one frame to the next.
  private var interval: Double { max(1 / speed, 1 / Export.frameRate) }

  /// The step of each frame, from the start to that of the race.
  private var frameSteps: [Int] {
    var steps = [0]
    while let last = steps.last, last < race.step {
      // Half a millionth of a step: a step due now is not left to the next frame by rounding.
      steps.append(min(race.step, Int(clamped: Double(steps.count) * interval * speed + 5e-7)))
    }
    return steps
  }

  private func writeAnimation(_ screen: (Int) -> Canvas, to write: (String) throws -> Void) rethrows {
    let first = screen(0)
    var cast = Asciicast(width: first.width, height: first.height, title: title, depth: depth)
    try write(cast.header)
    if let event = cast.show(first, at: 0) { try write(event) }
    let steps = frameSteps
    for (number, step) in steps.enumerated().dropFirst() {
      if let event = cast.show(screen(step), at: Double(number) * interval) { try write(event) }
    }
    try write(cast.end(at: Double(steps.count - 1) * interval + 2))
  }

  /// How long the last frame stays before the first comes again, in seconds.
  private static let rest = 2.0

  /// The figure as it moves, with room for what is said at any step, so that nothing is cut and nothing jumps; and what of it
  /// does not move: nothing, where the landscape itself does.
  private var stage: (figure: Figure, page: Picture) {
    var figure = figure
    var moment = figure
    let steps = frameSteps
    for step in steps {
      moment.seek(to: step)
      figure.legendBottom = max(figure.legendBottom, moment.extent.legend)
    }
    moment = figure
    var page = figure.drawing
    for step in steps {
      moment.seek(to: step)
      page.height = max(page.height, moment.extent.all)
    }
    page.items = figure.landscape.usesStep ? [] : figure.still
    return (figure, page)
  }

  /// What each frame has over what does not move, and for how many seconds it is shown; the last stays before the first
  /// comes again.
  private func forEachFrame(
    of figure: Figure, _ body: (_ items: [Picture.Item], _ seconds: Double) throws -> Void
  ) rethrows {
    let steps = frameSteps
    var moment = figure
    let moves = moment.landscape.usesStep
    for (number, step) in steps.enumerated() {
      moment.seek(to: step)
      try body(
        (moves ? moment.still : []) + moment.moving.items,
        number + 1 < steps.count ? interval : Export.rest)
    }
  }

  private var movingFigure: String {
    var frames: [(items: [Picture.Item], seconds: Double)] = []
    let (figure, page) = stage
    forEachFrame(of: figure) { frames.append(($0, $1)) }
    return page.svg(moving: frames)
  }

  private func writeMovingPicture(to write: (ArraySlice<UInt8>) throws -> Void) rethrows {
    let (figure, page) = stage
    let sheet = page.image(scale: scale)
    var (writer, bytes) = PNGWriter.animation(
      width: sheet.width, height: sheet.height, frames: frameSteps.count)
    try write(bytes[...])
    try forEachFrame(of: figure) { items, seconds in
      let image = page.image(scale: scale, of: items, on: sheet)
      bytes = writer.frame(image, milliseconds: Int(clamped: (seconds * 1000).rounded()))
      try write(bytes[...])
    }
    try write(PNGWriter.end[...])
  }
}
