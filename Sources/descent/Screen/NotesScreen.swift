import Canvas
import Explorer
import Terminal

/// A second terminal that follows a lecture: its place, the notes, what comes next, the time.
enum NotesScreen {
  /// How often the lecture is looked at.
  private static let interval = Duration.milliseconds(400)

  /// Opens it on the terminal of standard input and output, and returns when the person quits.
  static func open(settings: Settings, terminal configuration: Terminal.Configuration) throws {
    var configuration = configuration
    configuration.pictures = .off
    let terminal: Terminal
    do {
      terminal = try Terminal(configuration)
    } catch {
      throw Failure(.noTerminal, "\(error)")
    }
    let appearance = Appearance(
      theme: settings.theme, glyphs: terminal.glyphs, depth: terminal.depth,
      isUnicode: terminal.supportsUnicode)
    var end: Int32?
    loop: while true {
      let latest = SharedNotes.latest()
      let page = NotesPage(notes: latest?.notes, elapsed: latest?.elapsed ?? 0)
      terminal.show(page.canvas(width: terminal.size.width, height: terminal.size.height, appearance))
      switch terminal.nextEvents(timeout: interval) {
      case .events(let events):
        if events.contains(.key(.character("q"))) || events.contains(.key(.control("c"))) { break loop }
        if events.contains(.key(.control("l"))) { terminal.redraw() }
        if events.contains(.key(.control("z"))) { terminal.suspend() }
      case .hangup: break loop
      case .signal(let number):
        end = number
        break loop
      }
    }
    terminal.close()
    if let end { Terminal.die(by: end) }
  }
}
