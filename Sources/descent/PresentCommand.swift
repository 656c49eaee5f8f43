import ArgumentParser
import Explorer
import Scenes

/// `descent present`: a lecture on a terminal.
struct PresentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "present", abstract: "Open lecture mode on scenes, in order.",
    discussion: """
      Without a name, the scenes of the course, in their order. PageDown and PageUp go from beat to beat, as presenter \
      remotes do; Enter reveals an answer, b blacks the screen, J jumps, Backspace returns to the beat after exploring, \
      q q ends.
      """)

  @Argument(
    help: ArgumentHelp("Names of scenes, or YAML files; the course, if left out.", valueName: "scene"),
    completion: .custom(Completions.scenes))
  var scenes: [String] = []

  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions
  @OptionGroup var terminal: TerminalOptions

  mutating func run() throws {
    let terminal = try terminal.configuration(depth: try appearance.chosenDepth())
    let file = config.file
    let (settings, remembered, notice) = try appearance.settings(from: file)
    try Explore.open(
      try PresentCommand.scenes(scenes), asLecture: true, settings: settings, over: remembered,
      notice: notice,
      file: file, terminal: terminal)
  }

  /// The scenes that are named; with none, those with a place in the course.
  static func scenes(_ names: [String]) throws -> [Scene] {
    if !names.isEmpty { return try names.map { try Scene.find($0) } }
    let course: [Scene]
    do {
      course = try SceneLibrary.standard.course()
    } catch {
      switch error {
      case .malformed(let errors): throw Failure(.data, errors.description)
      case .notFound(let message), .unreadable(let message): throw Failure(.noInput, message)
      }
    }
    guard !course.isEmpty else {
      throw Failure(.noInput, "no scene has an order, so there is no course; name the scenes to present")
    }
    return course
  }
}
