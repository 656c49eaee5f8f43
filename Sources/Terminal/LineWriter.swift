internal import CNcurses
internal import Glibc

/// Writes to the terminal without waiting for it: what it does not take at once is kept, and sent when it does.
final class LineWriter {
  /// A description of its own where possible, so that not blocking concerns nobody else.
  let descriptor: Int32
  /// Bytes that the terminal has not taken yet.
  private(set) var unsent: ArraySlice<UInt8> = []
  /// How many times the terminal was written to.
  private(set) var writes = 0

  /// A writer to the terminal that `output` leads to.
  init(output: Int32) {
    var name = [CChar](repeating: 0, count: 256)
    let reopened =
      ttyname_r(output, &name, name.count) == 0
      ? Glibc.open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
    descriptor = reopened >= 0 ? reopened : dup(output)
  }

  /// Whether the terminal takes bytes now.
  var isWritable: Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return Glibc.poll(&poll, 1, 0) == 1 && poll.revents & Int16(POLLOUT) != 0
  }

  /// Sends bytes, all that were sent before having been taken.
  func send(_ bytes: [UInt8]) {
    unsent = bytes[...]
    _ = sendRest()
  }

  /// Sends what is left of the bytes before; false if there is still some.
  func sendRest() -> Bool {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        writes += 1
        unsent = unsent.dropFirst(count)
        noteCutCharacter()
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Writes bytes that must arrive, for at most half a second: a terminal that is stuck must not hold up the end. What was
  /// still to be sent is given up, but for the rest of a character that has been begun.
  func insist(_ bytes: [UInt8]) {
    unsent = (cutCharacter + bytes)[...]
    for _ in 0..<50 {
      if sendRest() { return }
      var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if Glibc.poll(&poll, 1, 10) < 0 || poll.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { break }
    }
    unsent = []
    noteCutCharacter()
  }

  func close() { Glibc.close(descriptor) }

  /// What is left of a character whose first bytes have been sent.
  private var cutCharacter: ArraySlice<UInt8> { unsent.prefix { $0 & 0xc0 == 0x80 } }

  /// A fatal signal ends the character, too.
  private func noteCutCharacter() {
    let rest = cutCharacter
    rest.withUnsafeBytes { bytes in
      cnc_rescue_cut(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
    }
  }
}
