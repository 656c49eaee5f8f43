package import Canvas
import Experiments

/// A recording of a terminal in the format asciicast v2: a header, then one event a line, as asciinema plays it.
///
/// An event carries only what changed since the one before.
package struct Asciicast {
  /// Columns of the screen.
  package let width: Int
  /// Rows of the screen.
  package let height: Int
  private let title: String
  private let depth: ColourDepth
  private var shown: Canvas?

  /// A recording of a screen of a size in cells, in the colours of a terminal of this depth.
  package init(width: Int, height: Int, title: String, depth: ColourDepth) {
    self.width = width
    self.height = height
    self.title = title
    self.depth = depth
  }

  /// The first line. It names no time of day: the same run gives the same recording.
  package var header: String {
    let terminal = depth == .direct ? "xterm-direct" : "xterm-256color"
    return JSONText.object([
      ("version", "2"), ("width", "\(width)"), ("height", "\(height)"),
      ("title", JSONText.string(Text.sanitised(title))),
      ("env", JSONText.object([("TERM", JSONText.string(terminal))])),
    ]) + "\n"
  }

  /// The event that makes the terminal show a canvas at a time in seconds from the beginning; nil where it shows it
  /// already.
  package mutating func show(_ canvas: Canvas, at seconds: Double) -> String? {
    var text = AnsiWriter.changes(from: shown, to: canvas, depth: depth)
    // The cursor is hidden and what was on the screen cleared; both are said once.
    if shown == nil { text = "\u{1b}[?25l\u{1b}[0m\u{1b}[2J" + text }
    shown = canvas
    return text.isEmpty ? nil : Asciicast.event(text, at: seconds)
  }

  /// The last event: the picture stays until then, and the cursor comes back below it.
  package func end(at seconds: Double) -> String {
    Asciicast.event("\u{1b}[\(height);1H\u{1b}[?25h", at: seconds)
  }

  private static func event(_ text: String, at seconds: Double) -> String {
    let time = (seconds * 1e6).rounded() / 1e6
    return JSONText.array([JSONText.number(time), "\"o\"", JSONText.string(text)]) + "\n"
  }
}
