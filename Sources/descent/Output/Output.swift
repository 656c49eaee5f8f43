import Canvas
import Glibc

/// Standard output, buffered, and standard error. Whatever the program prints goes through here; one thread writes it.
final class Output {
  nonisolated(unsafe) static let standard = Output()

  private var buffer: [UInt8] = []

  /// Adds text in which something may stand that comes from a file, an argument or the environment: what a terminal would
  /// obey, or what would hide itself, is made visible. Lines stay lines.
  func show(_ text: String) {
    write(
      text.split(separator: "\n", omittingEmptySubsequences: false).map { Text.sanitised(String($0)) }
        .joined(separator: "\n"))
  }

  /// Adds one such text as a line; a line end within it is a blank.
  func show(line text: String) { write(Text.sanitised(text) + "\n") }

  /// Adds text that holds nothing a terminal would obey but what is meant to be obeyed: numbers, frames of the canvas, and
  /// formats that mark such things in their own way.
  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { flush() }
  }

  /// Adds the bytes of a file that is no text.
  func write(_ bytes: [UInt8]) {
    buffer += bytes
    if buffer.count >= 1 << 16 { flush() }
  }

  /// Writes out what is buffered. A reader that has gone ends the program by SIGPIPE, as usual in a pipe.
  func flush() {
    Output.write(buffer, to: 1)
    buffer.removeAll(keepingCapacity: true)
  }

  // MARK: Standard error

  /// Says on standard error why the program ends: every line of it marked as an error of ours.
  static func complain(_ message: String) {
    for line in message.split(separator: "\n") { say("descent: error: ", String(line)) }
  }

  /// Says something on standard error that is worth knowing and no error.
  static func remark(_ message: String) { say("descent: ", message) }

  /// Whether a line on standard error can be written over: it is a terminal, and one that knows how.
  static var canRewrite: Bool {
    guard isatty(2) == 1, let name = getenv("TERM") else { return false }
    return !["", "dumb"].contains(String(cString: name))
  }

  /// Puts a text in the place of the line that standard error stands in, which an empty one clears. The text is ours.
  static func rewriteLine(_ text: String) { write(Array("\r\u{1b}[K\(text)".utf8), to: 2) }

  private static func say(_ mark: String, _ line: String) {
    let shown = Text.sanitised(line)
    write(Array("\(mark)\(Environment.isUnicode ? shown : Text.ascii(shown))\n".utf8), to: 2)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if descriptor == 1 {
          // Whoever started the program ignores SIGPIPE; a reader that has gone is no error all the same.
          if errno == EPIPE {
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
          }
          complain("cannot write to standard output: \(String(cString: strerror(errno)))")
          exit(Failure.Status.inputOutput.rawValue)
        }
        return
      }
      offset += count
    }
  }
}
