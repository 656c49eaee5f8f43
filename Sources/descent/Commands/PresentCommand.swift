import ArgumentParser
import Scenes

/// `descent present`: a lecture on a terminal.
struct PresentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.present.rawValue, abstract: "Open lecture mode on scenes, in order.",
    discussion: """
      Without a name, the scenes of the course, in their order. PageDown and PageUp go from beat to beat, as presenter \
      remotes do; Enter reveals an answer, b blacks the screen, J jumps, Backspace returns to the beat after exploring, \
      q q ends.
      """)

  @Argument(
    help: ArgumentHelp("Names of scenes, or YAML files; the course, if left out.", valueName: "scene"),
    completion: .custom(Completions.scenes))
  var scenes: [String] = []

  @OptionGroup var screen: ScreenOptions

  mutating func run() throws { try screen.open(try PresentCommand.scenes(scenes), asLecture: true) }

  /// The scenes that are named; with none, those with a place in the course.
  static func scenes(_ names: [String]) throws -> [Scene] {
    if !names.isEmpty { return try names.map { try Scene.find($0) } }
    let course: [Scene]
    do {
      course = try SceneLibrary.standard.course()
    } catch {
      throw Failure(error)
    }
    guard !course.isEmpty else {
      throw Failure(.noInput, "no scene has an order, so there is no course; name the scenes to present")
    }
    return course
  }
}
