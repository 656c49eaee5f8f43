import ArgumentParser
import Canvas
import Experiments
import Explorer
import Exports
import OptimizerCore
import Scenes

/// `descent export`: a race as files.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.export.rawValue,
    abstract: "Write figures, frames, animations and data to files.",
    discussion: """
      The kind of a file is chosen by how its name ends:
      \(ExportKind.allCases.map { "  \($0.ending.padded(to: 12)) \($0.summary)" }.joined(separator: "\n"))

      A handout of the scene `course` is one of all its scenes, or of those of --course.

      All files are checked before any is written, and each is written whole or not at all.
      """)

  @OptionGroup var options: RunOptions

  @Argument(help: ArgumentHelp("The files to write, such as figure.svg data.csv.", valueName: "output"))
  var outputs: [String] = []

  @OptionGroup var appearance: AppearanceOptions

  @OptionGroup var waiting: WaitOptions

  @Flag(help: "Overwrite files that exist.")
  var force = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The step to show, and the last of data and animation; the end of the budget if left out.",
      valueName: "n"))
  var step: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The size of the screen in cells.", valueName: "columns x rows"))
  var size: String = "120x36"

  @Option(
    help: ArgumentHelp(
      "The view of the screen: \(Explorer.viewNames.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var view: String = "contour"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps a second of the animation; the scene's own if left out.", valueName: "rate"))
  var speed: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pixels of a picture a unit, 0.25 to 8; a figure is 900 units wide, a cell 10. 2 if left out, 1 of what moves.",
      valueName: "factor"))
  var scale: String?

  @Option(help: ArgumentHelp("The course of a handout: A to E, first-hour, all.", valueName: "name"))
  var course: String?

  mutating func run() throws {
    var options = options
    var outputs = outputs
    // A file to be written is no scene: the scene was left out.
    if let first = options.scene, ExportKind(path: first) != nil {
      outputs.insert(first, at: 0)
      options.scene = nil
    } else if let only = options.scene, outputs.isEmpty, only.contains("."), !only.hasSuffix(".yaml"),
      !only.hasSuffix(".yml")
    {
      // A file that no kind fits, rather than a scene with nothing to write.
      _ = try ExportKind.kinds(of: [only])
    }
    let kinds = try ExportKind.kinds(of: outputs)
    if try writeHandout(of: options.scene, kinds, to: outputs) { return }
    let size = try FrameSize(size)
    let scale = try PixelScale(self.scale)
    let scales = try kinds.map { try scale.value(of: $0, size) }
    let view = try ViewName(option: self.view)
    var scene = try options.makeScene()
    if let speed = try chosenSpeed() { scene.speed = speed }
    var last: Int?
    if let text = step {
      guard let value = Int(written: text), value >= 0, value <= 1_000_000_000_000 else {
        throw Failure(
          .usage, "--step must be a whole number from 0 to 1000000000000, got '\(Excerpt.of(text))'")
      }
      last = value
      if options.steps == nil { scene.experiment.budget.steps = value }
    }
    let theme = try appearance.chosenTheme()
    let depth = try appearance.chosenDepth()
    let glyphs = try appearance.chosenGlyphs()
    let seconds = try waiting.seconds()
    UnfinishedFiles.unblock()
    let files = try OutputFile.open(outputs, force: force)
    var race = Race(scene.experiment)
    race.seek(to: last ?? .max)
    for ((file, kind), scale) in zip(zip(files, kinds), scales) {
      var export = Export(
        scene: scene, race: race, theme: theme, depth: ExportCommand.depth(of: kind, asked: depth))
      export.scale = scale
      try export.checkLength(of: kind, file.path)
      // The format of an animation is UTF-8, and a picture needs no locale.
      let isUnicode = Environment.isUnicode || kind == .animation || kind.isScreenPicture
      if kind.showsScreen, let notice = AppearanceOptions.notice(glyphs: glyphs, isUnicode: isUnicode) {
        Output.remark(notice)
      }
      let look = Appearance(
        theme: theme, glyphs: glyphs ?? AppearanceOptions.usualGlyphs(inPicture: kind.isScreenPicture),
        depth: kind == .text ? .none : export.depth, isUnicode: isUnicode)
      export.depth = look.depth
      try ExportCommand.write(export, kind, to: file, scene: scene, view, look, size, seconds)
    }
    try OutputFile.keep(files)
    for file in files { Output.standard.show(line: file.path) }
  }

  private func chosenSpeed() throws -> Double? {
    guard let speed else { return nil }
    guard let value = Double(speed), value >= 0.01, value <= 1e6 else {
      let wanted = Excerpt.wanted("between 0.01 and 1000000 steps a second", for: speed)
      throw Failure(.usage, "--speed must be \(wanted), got '\(Excerpt.of(speed))'")
    }
    return value
  }

  /// Writes the handout of a course, if that is what is asked for.
  private func writeHandout(of scene: String?, _ kinds: [ExportKind], to outputs: [String]) throws -> Bool {
    guard scene == ListText.courseName, kinds == [.handout] else {
      guard course == nil else {
        throw Failure(.usage, "--course is for a handout: `descent export course handout.html --course A`")
      }
      return false
    }
    UnfinishedFiles.unblock()
    let scenes = try course.map(PresentCommand.scenes(ofCourse:)) ?? PresentCommand.wholeCourse().scenes
    let files = try OutputFile.open(outputs, force: force)
    try files[0].write(Handout(of: scenes).document)
    try OutputFile.keep(files)
    Output.standard.show(line: files[0].path)
    return true
  }

  /// Writes one file; the screen is that of an explorer on the same scene.
  private static func write(
    _ export: Export, _ kind: ExportKind, to file: OutputFile, scene: Scene, _ view: ViewName,
    _ look: Appearance, _ size: FrameSize, _ seconds: Double
  ) throws {
    guard kind.showsScreen else {
      // Never asked for.
      return try export.write(kind) { _ in
        Canvas(width: 0, height: 0)
      } to: {
        try file.write($0)
      }
    }
    var explorer = Explorer(scene: scene, appearance: look, width: size.width, height: size.height)
    // Some views want a step that was taken.
    explorer.seek(to: export.race.step)
    if let obstacle = explorer.obstacle(to: view) { throw Failure(.usage, obstacle) }
    if view != .contour { explorer.open(view) }
    let patience = Patience(seconds: seconds, tells: true)
    var unfinished: String?
    try export.write(kind) { step in
      explorer.seek(to: step)
      unfinished = explorer.finishWork(patience) ?? unfinished
      return explorer.frame()
    } to: {
      try file.write($0)
    }
    if let unfinished { Output.remark("\(file.path) is \(unfinished); --wait gives it longer") }
  }

  private static func depth(of kind: ExportKind, asked: ColourDepth?) -> ColourDepth {
    switch kind {
    case .screen, .screenPicture: asked ?? .direct
    case .ansi: asked ?? (Environment.refusesColour ? .none : .indexed256)
    default: asked ?? .indexed256
    }
  }
}

extension String {
  /// The text filled up with blanks on the right.
  fileprivate func padded(to columns: Int) -> String { Text.padded(self, to: columns) }
}
