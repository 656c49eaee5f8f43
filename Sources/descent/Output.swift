import Glibc

/// Standard output, buffered; one thread writes it.
final class Output {
  nonisolated(unsafe) static let standard = Output()

  private var buffer: [UInt8] = []

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { flush() }
  }

  /// Writes out what is buffered. A reader that has gone ends the program by SIGPIPE, as usual in a pipe.
  func flush() {
    Output.write(buffer, to: 1)
    buffer.removeAll(keepingCapacity: true)
  }

  static func writeError(_ text: String) { write(Array(text.utf8), to: 2) }

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
          let reason = String(cString: strerror(errno))
          writeError("descent: error: cannot write to standard output: \(reason)\n")
          exit(74)
        }
        return
      }
      offset += count
    }
  }
}
