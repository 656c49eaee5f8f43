import ArgumentParser
import Canvas
import Experiments
import Explorer
import OptimizerCore
import Scenes

/// `descent render`: one frame, exactly what the explorer would show, without a terminal.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.render.rawValue,
    abstract: "Write one frame of the explorer to standard output.")

  @OptionGroup var options: RunOptions
  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions
  @OptionGroup var waiting: WaitOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The step to show; the start if left out.", valueName: "n"))
  var step: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The size of the frame in cells.", valueName: "columns x rows"))
  var size: String = "120x36"

  @Option(help: ArgumentHelp("text, ansi, svg or png.", valueName: "format"))
  var format: String = "text"

  @Option(
    help: ArgumentHelp(
      "The view: \(Explorer.viewNames.map(\.rawValue).joined(separator: ", ")); that of the scene if left out.",
      valueName: "name"), completion: .list(Explorer.viewNames.map(\.rawValue)))
  var view: String?

  mutating func run() throws {
    guard let form = FrameText.Form(rawValue: format) else {
      throw Failure(.usage, "--format must be text, ansi, svg or png, got '\(Excerpt.of(format))'")
    }
    let view = try self.view.map { try ViewName(option: $0) }
    let size = try FrameSize(size)
    var step = 0
    if let text = self.step {
      guard let value = Int(written: text), value >= 0 else {
        throw Failure(.usage, "--step must be a whole number from 0 on, got '\(Excerpt.of(text))'")
      }
      step = value
    }
    var scene = try options.makeScene()
    // The step asked for is shown even beyond the budget of the scene, unless the budget was asked for too.
    if options.steps == nil, let limit = scene.experiment.budget.steps {
      scene.experiment.budget.steps = max(limit, step)
    }

    let frame = FrameText(
      form, size: size, appearance: appearance, config: config, waiting: waiting)
    try frame.write(scene) { explorer in
      explorer.seek(to: step)
      guard let view else { return }
      if let obstacle = explorer.obstacle(to: view) { throw Failure(.usage, obstacle) }
      explorer.show(view)
    }
  }
}
