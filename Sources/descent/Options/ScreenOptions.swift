import ArgumentParser
import Canvas
import Explorer
import Scenes
import Terminal

/// The options of the commands that take the terminal.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions
  @OptionGroup var terminal: TerminalOptions

  /// Opens scenes on the terminal and returns when the person quits.
  func open(_ scenes: @autoclosure () throws -> [Scene], asLecture: Bool) throws {
    let configuration = try terminal.configuration(depth: try appearance.chosenDepth())
    let file = config.file
    let (settings, remembered, notice) = try appearance.settings(from: file)
    try ExplorerScreen.open(
      try scenes(), asLecture: asLecture, settings: settings, over: remembered, notice: notice, file: file,
      terminal: configuration)
  }

  /// Shows the notes of the lecture that another terminal presents, until the person quits.
  func followNotes() throws {
    let configuration = try terminal.configuration(depth: try appearance.chosenDepth())
    let (settings, _, _) = try appearance.settings(from: config.file)
    try NotesScreen.open(settings: settings, terminal: configuration)
  }
}
