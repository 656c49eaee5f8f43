import ArgumentParser
import Canvas
import Experiments
import Explorer
import OptimizerCore
import Scenes

/// `descent render`: one frame, exactly what the explorer would show, without a terminal.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write one frame of the explorer to standard output.")

  @OptionGroup var options: RunOptions
  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The step to show; the start if left out.", valueName: "n"))
  var step: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The size of the frame in cells.", valueName: "columns x rows"))
  var size: String = "120x36"

  @Option(help: ArgumentHelp("text, ansi or svg.", valueName: "format"))
  var format: String = "text"

  @Option(
    help: ArgumentHelp(
      "The view: \(Explorer.viewNames.map(\.rawValue).joined(separator: ", ")); that of the scene if left out.",
      valueName: "name"), completion: .list(Explorer.viewNames.map(\.rawValue)))
  var view: String?

  mutating func run() throws {
    guard ["text", "ansi", "svg"].contains(format) else {
      throw Failure(.usage, "--format must be text, ansi or svg, got '\(Excerpt.of(format))'")
    }
    let view = try self.view.map(Render.view)
    let (width, height) = try Render.cells(size)
    var step = 0
    if let text = self.step {
      guard let value = Int(text), value >= 0 else {
        throw Failure(.usage, "--step must be a whole number from 0 on, got '\(Excerpt.of(text))'")
      }
      step = value
    }
    var scene = try options.makeScene()
    // The step asked for is shown even beyond the budget of the scene, unless the budget was asked for too.
    if options.steps == nil, let limit = scene.experiment.budget.steps {
      scene.experiment.budget.steps = max(limit, step)
    }

    try Render.write(scene, format, width, height, appearance, config) { explorer in
      explorer.seek(to: step)
      guard let view else { return }
      if let obstacle = explorer.obstacle(to: view) { throw Failure(.usage, obstacle) }
      explorer.show(view)
    }
  }

  /// Writes one frame of an explorer that is set up as it should be, complete with all that it computes.
  static func write(
    _ scene: Scene, _ format: String, _ width: Int, _ height: Int, _ appearance: AppearanceOptions,
    _ config: ConfigOptions, setUp: (inout Explorer) throws -> Void
  ) throws {
    let chosen = try appearance.chosenDepth()
    let depth: ColourDepth =
      switch format {
      case "text": .none
      case "ansi": chosen ?? (AppearanceOptions.environmentAsksForNoColour ? .none : .indexed256)
      default: chosen ?? .direct
      }
    let (settings, _, complaint) = try appearance.settings(from: config.file)
    if let complaint { Output.writeError("descent: \(Text.sanitised(complaint))\n") }
    let glyphs = settings.glyphs
    let isUnicode = AppearanceOptions.localeIsUnicode || format == "svg"
    if let notice = AppearanceOptions.notice(glyphs: glyphs, isUnicode: isUnicode) {
      Output.writeError("descent: \(notice)\n")
    }
    var explorer = Explorer(
      scene: scene,
      appearance: Appearance(
        theme: settings.theme, glyphs: glyphs ?? .braille, depth: depth, isUnicode: isUnicode),
      width: width, height: height)
    explorer.apply(settings)
    try setUp(&explorer)
    explorer.finishWork()
    let frame = explorer.frame()
    switch format {
    case "text": Output.standard.write(frame.rows.map { $0 + "\n" }.joined())
    case "ansi": Output.standard.write(AnsiWriter.text(of: frame, depth: depth))
    default: Output.standard.write(SVGWriter.document(of: frame))
    }
  }

  /// The view of a name that `--view` was given.
  static func view(_ name: String) throws -> ViewName {
    guard let view = ViewName(rawValue: name), Explorer.viewNames.contains(view) else {
      let names = Explorer.viewNames.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "--view must be one of \(names), got '\(Excerpt.of(name))'")
    }
    return view
  }

  /// The columns and rows of a size such as 120x36.
  static func cells(_ size: String) throws -> (width: Int, height: Int) {
    let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
      (1...1000).contains(height)
    else {
      throw Failure(
        .usage, "--size takes columns and rows from 1 to 1000, such as 120x36, got '\(Excerpt.of(size))'")
    }
    return (width, height)
  }
}

/// `descent glyphs`: a test card for a look at the projector.
struct Glyphs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a test card of the glyph sets and colours, to look at on the projector.")

  @OptionGroup var appearance: AppearanceOptions

  mutating func run() throws {
    let depth =
      try appearance.chosenDepth() ?? (AppearanceOptions.environmentAsksForNoColour ? .none : .indexed256)
    let card = TestCard.canvas(width: 80, height: 24, depth: depth, theme: try appearance.chosenTheme())
    Output.standard.write(
      AnsiWriter.text(of: AppearanceOptions.localeIsUnicode ? card : card.ascii, depth: depth))
  }
}
