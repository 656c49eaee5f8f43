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
    commandName: "export", abstract: "Write figures, frames, animations and data to files.",
    discussion: """
      The kind of a file is chosen by how its name ends:
      \(ExportKind.allCases.map { "  \($0.ending.padded(to: 12)) \($0.summary)" }.joined(separator: "\n"))

      All files are checked before any is written, and each is written whole or not at all.
      """)

  @OptionGroup var options: RunOptions

  @Argument(help: ArgumentHelp("The files to write, such as figure.svg data.csv.", valueName: "output"))
  var outputs: [String] = []

  @OptionGroup var appearance: AppearanceOptions

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

  /// An animation of more frames is surely not what was meant.
  static let frameLimit = 20_000.0

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
      _ = try ExportCommand.kinds(of: [only])
    }
    let kinds = try ExportCommand.kinds(of: outputs)
    let (width, height) = try Render.cells(size)
    let view = try Render.view(self.view)
    var scene = try options.makeScene()
    if let speed {
      guard let value = Double(speed), value >= 0.01, value <= 1e6 else {
        throw Failure(
          .usage, "--speed must be between 0.01 and 1000000 steps a second, got '\(Excerpt.of(speed))'")
      }
      scene.speed = value
    }
    var last: Int?
    if let text = step {
      guard let value = Int(text), value >= 0, value <= 1_000_000_000_000 else {
        throw Failure(
          .usage, "--step must be a whole number from 0 to 1000000000000, got '\(Excerpt.of(text))'")
      }
      last = value
      if options.steps == nil { scene.experiment.budget.steps = value }
    }
    let theme = try appearance.chosenTheme()
    let depth = try appearance.chosenDepth()
    let glyphs = try appearance.chosenGlyphs()
    UnfinishedFiles.unblock()
    let files = try OutputFile.open(outputs, force: force)
    var race = Race(scene.experiment)
    race.seek(to: last ?? .max)
    for (file, kind) in zip(files, kinds) {
      var export = Export(
        scene: scene, race: race, theme: theme, depth: ExportCommand.depth(of: kind, asked: depth))
      if kind == .animation { try ExportCommand.check(export, file.path) }
      // The format of an animation is UTF-8, and a picture needs no locale.
      let isUnicode = AppearanceOptions.localeIsUnicode || kind == .animation || kind == .screen
      if kind.showsScreen, let notice = AppearanceOptions.notice(glyphs: glyphs, isUnicode: isUnicode) {
        Output.writeError("descent: \(notice)\n")
      }
      let look = Appearance(
        theme: theme, glyphs: glyphs ?? .braille, depth: kind == .text ? .none : export.depth,
        isUnicode: isUnicode)
      export.depth = look.depth
      try ExportCommand.write(export, kind, to: file, scene: scene, view, look, width: width, height: height)
    }
    try OutputFile.keep(files)
    for file in files { Output.standard.write("\(Text.sanitised(file.path))\n") }
  }

  /// Writes what an explorer shows to a file whose ending says the kind: the race up to its playhead, the screen as it is.
  ///
  /// Returns the path. An animation shows the steps before the playhead in the view that is open.
  static func write(_ explorer: Explorer, to path: String, force: Bool = false) throws -> String {
    let kinds = try kinds(of: [path])
    let look = explorer.appearance
    let export = Export(scene: explorer.shown, race: explorer.race, theme: look.theme, depth: look.depth)
    if kinds[0] == .animation { try check(export, path) }
    let files = try OutputFile.open([path], force: force)
    var screen = explorer
    try export.write(kinds[0]) { step in
      if step != screen.race.step {
        screen.seek(to: step)
        screen.finishWork()
      }
      return screen.frame()
    } to: {
      try files[0].write($0)
    }
    try OutputFile.keep(files)
    return files[0].path
  }

  /// Writes one file; the screen is that of an explorer on the same scene.
  private static func write(
    _ export: Export, _ kind: ExportKind, to file: OutputFile, scene: Scene, _ view: ViewName,
    _ look: Appearance, width: Int,
    height: Int
  ) throws {
    guard kind.showsScreen else {
      // Never asked for.
      return try export.write(kind) { _ in
        Canvas(width: 0, height: 0)
      } to: {
        try file.write($0)
      }
    }
    var explorer = Explorer(scene: scene, appearance: look, width: width, height: height)
    // Some views want a step that was taken.
    explorer.seek(to: export.race.step)
    if let obstacle = explorer.obstacle(to: view) { throw Failure(.usage, obstacle) }
    if view != .contour { explorer.open(view) }
    try export.write(kind) { step in
      explorer.seek(to: step)
      explorer.finishWork()
      return explorer.frame()
    } to: {
      try file.write($0)
    }
  }

  /// What each file is to hold.
  static func kinds(of paths: [String]) throws -> [ExportKind] {
    let endings = ExportKind.allCases.map(\.ending).joined(separator: ", ")
    guard !paths.isEmpty else {
      throw Failure(.usage, "name a file to write; its ending says what: \(endings)")
    }
    return try paths.map { path in
      guard let kind = ExportKind(path: path) else {
        throw Failure(
          .usage, "'\(Excerpt.of(path))' must end in one of \(endings), which says what to write")
      }
      return kind
    }
  }

  private static func depth(of kind: ExportKind, asked: ColourDepth?) -> ColourDepth {
    switch kind {
    case .screen: asked ?? .direct
    case .ansi: asked ?? (AppearanceOptions.environmentAsksForNoColour ? .none : .indexed256)
    default: asked ?? .indexed256
    }
  }

  private static func check(_ export: Export, _ path: String) throws {
    guard export.frameCount > frameLimit else { return }
    let seconds = NumberText.brief(export.duration)
    throw Failure(
      .usage,
      "'\(Excerpt.of(path))' would last \(seconds) seconds, with more than \(Int(frameLimit)) frames; "
        + "--step N ends it earlier, --speed N plays it faster")
  }
}

extension String {
  /// The text filled up with blanks on the right.
  fileprivate func padded(to columns: Int) -> String { Text.padded(self, to: columns) }
}
