import Canvas
import Experiments
import Explorer
import Scenes
import Terminal

/// The explorer on the terminal of standard input and output, from the first frame to the replay line.
enum ExplorerScreen {
  /// Opens a scene on the terminal, or a lecture of several, and returns when the person quits; the replay line is then
  /// printed.
  ///
  /// - Parameter scenes: the scene; of a lecture all of them, in order.
  /// - Parameter remembered: the settings of the last session, where others were asked for this once.
  /// - Parameter notice: what is to be said of the settings.
  /// - Parameter file: where settings that are changed are remembered; nil for nowhere.
  static func open(
    _ scenes: [Scene], asLecture: Bool, settings: Settings, over remembered: Settings, notice: String?,
    file: ConfigFile?, terminal configuration: Terminal.Configuration
  ) throws {
    var configuration = configuration
    if settings.glyphs == .pixels { configuration.pictures = .on }
    let terminal: Terminal
    do {
      terminal = try Terminal(configuration)
    } catch {
      throw Failure(.noTerminal, "\(error)")
    }
    let size = terminal.size
    let appearance = Appearance(
      theme: settings.theme, glyphs: terminal.glyphs, depth: terminal.depth,
      isUnicode: terminal.supportsUnicode)
    var explorer =
      asLecture
      ? Explorer(lecture: scenes, appearance: appearance, width: size.width, height: size.height)
      : Explorer(scene: scenes[0], appearance: appearance, width: size.width, height: size.height)
    explorer.keepsOctants = terminal.keepsOctants
    explorer.apply(settings, over: remembered)
    let notices =
      [
        terminal.notice, notice,
        AppearanceOptions.notice(glyphs: settings.glyphs, isUnicode: terminal.supportsUnicode),
        settings.glyphs == .octant && !terminal.keepsOctants ? Explorer.octantNotice : nil,
      ].compactMap(\.self) + scenes[0].experiment.recordedRemarks
    if !notices.isEmpty { explorer.note(notices.joined(separator: "; ")) }
    let notes = asLecture ? SharedNotes() : nil
    let end = ExplorerLoop.run(&explorer, on: terminal, remembering: file, sharing: notes)
    notes?.end()
    terminal.close()
    switch end {
    case .quit:
      Output.standard.show(line: explorer.replayLine)
      Output.standard.flush()
    case .hangup: break
    case .signal(let number): Terminal.die(by: number)
    }
  }
}
