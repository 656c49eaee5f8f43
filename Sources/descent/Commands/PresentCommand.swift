import ArgumentParser
import OptimizerCore
import Scenes

/// `descent present`: a lecture on a terminal.
struct PresentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.present.rawValue, abstract: "Open lecture mode on scenes, in order.",
    discussion: """
      Without a name, the scenes of the course, in their order. PageDown and PageUp go from beat to beat, as presenter \
      remotes do; Enter reveals an answer, b blacks the screen, J jumps, Backspace returns to the beat after exploring, \
      q q ends. --course presents a part of the course: that of a lecture (A to E), one that scenes name, such as \
      first-hour, or all. --notes shows the lecturer, in a second terminal, the notes of the lecture that runs in the first.
      """)

  @Argument(
    help: ArgumentHelp("Names of scenes, or YAML files; the course, if left out.", valueName: "scene"),
    completion: .custom(Completions.scenes))
  var scenes: [String] = []

  @Option(help: ArgumentHelp("The course: A to E, first-hour, all.", valueName: "name"))
  var course: String?

  @Flag(help: "Follow the lecture of another terminal: its beat, the notes, what comes next, the time.")
  var notes = false

  @OptionGroup var screen: ScreenOptions

  mutating func run() throws {
    if notes {
      guard scenes.isEmpty, course == nil else {
        throw Failure(
          .usage, "--notes follows the lecture of another terminal and takes no scene and no course")
      }
      return try screen.followNotes()
    }
    if let course {
      guard scenes.isEmpty else {
        throw Failure(.usage, "--course names the scenes: leave out '\(Excerpt.of(scenes[0]))', or --course")
      }
      let scenes = try PresentCommand.scenes(ofCourse: course)
      return try screen.open(scenes, asLecture: true)
    }
    try screen.open(try PresentCommand.scenes(scenes), asLecture: true)
  }

  /// The scenes that are named; with none, those with a place in the course.
  static func scenes(_ names: [String]) throws -> [Scene] {
    if !names.isEmpty { return try names.map { try Scene.find($0) } }
    return try wholeCourse().scenes
  }

  /// The scenes of a course by its name.
  static func scenes(ofCourse name: String) throws -> [Scene] {
    let course = try wholeCourse()
    guard let scenes = course.scenes(of: name) else {
      let names = course.names
      let suggestion = Spelling.suggestion(
        for: name, in: names, otherwise: "; there are \(names.joined(separator: ", "))")
      throw Failure(.usage, "no course '\(Excerpt.of(name))'\(suggestion)")
    }
    guard !scenes.isEmpty else {
      throw Failure(.noInput, "no scene shows a claim of lecture \(name)")
    }
    return scenes
  }

  /// All scenes with a place in the course.
  static func wholeCourse() throws -> Course {
    let course: [Scene]
    do {
      course = try SceneLibrary.standard.course()
    } catch {
      throw Failure(error)
    }
    guard !course.isEmpty else {
      throw Failure(.noInput, "no scene has an order, so there is no course; name the scenes to present")
    }
    return Course(course)
  }
}
