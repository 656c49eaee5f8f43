package import Canvas
internal import Glibc

extension Terminal {
  /// What woke the program up.
  package enum Input: Sendable, Equatable {
    /// Keys, mouse, paste, size; empty if the time was up.
    case events([Event])
    /// The program was asked to end by this signal: close, then `Terminal.die(by:)`.
    case signal(Int32)
    /// The terminal is gone.
    case hangup
  }

  /// Waits for input, at most for `timeout`; without one for as long as it takes. Nothing is polled meanwhile: a program
  /// that has nothing to do is not woken up.
  package func nextEvents(timeout: Duration? = nil) -> Input {
    guard isOpen else { return .hangup }
    let end = timeout.map { Terminal.now() + Terminal.milliseconds($0) }
    while true {
      var deadline = end
      if let pending = decoder.deadline { deadline = min(deadline ?? pending, pending) }
      let wait = deadline.map { Int32(clamping: max($0 - Terminal.now(), 0)) } ?? -1
      var polls = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.notices.read, events: Int16(POLLIN), revents: 0),
        // The rest of a frame, or the last one left out, goes out as soon as the terminal takes it.
        pollfd(fd: output.isWaiting ? output.line.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let ready = poll(&polls, 3, wait)
      if ready < 0 && errno != EINTR { return .hangup }
      var events: [Event] = []
      if ready > 0, polls[1].revents != 0 {
        for number in signals.received() {
          switch number {
          case SIGWINCH: events += resized()
          case SIGTSTP:
            suspend(group: false)
            events.append(.resize(width: size.width, height: size.height))
          case SIGCONT:
            // Stopped by a signal that cannot be caught: the shell has had the terminal meanwhile.
            events += resized()
            resume()
          default: return .signal(number)
          }
        }
      }
      if ready > 0, polls[2].revents != 0 {
        // After a change of size the caller paints anew.
        output.catchUp(withFrame: events.isEmpty, marksFrames: marksFrames)
      }
      if ready > 0, polls[0].revents != 0 {
        guard let bytes = readInput() else { return .hangup }
        let answers = decoder.attributeAnswers
        events += decoder.feed(bytes, at: Terminal.now())
        if let version = decoder.terminalVersion.take().map(TerminalVersion.init) {
          decoder.pictures.replacesParts = version.replacesParts
          if supportsUnicode, let glyphs = version.glyphs { events.append(.draws(glyphs)) }
        }
        if decoder.attributeAnswers > answers {
          if let event = answered(isFirst: answers == 0) { events.append(event) }
          output.catchUp(withFrame: events.isEmpty, marksFrames: marksFrames)
        }
      }
      events += decoder.expire(at: Terminal.now())
      if let index = events.firstIndex(of: .key(.control("\\"))) {
        // The one key that still ends a program whose loop has gone astray elsewhere.
        return index == 0 ? .signal(SIGQUIT) : .events(Array(events[..<index]))
      }
      if !events.isEmpty { return .events(events) }
      if let end, Terminal.now() >= end { return .events([]) }
    }
  }

  /// Takes in that the terminal has answered what was asked last.
  private func answered(isFirst: Bool) -> Event? {
    if isFirst, isMultiplexed {
      decoder.pictures.behind = Multiplexer.terminalBehind()
      decoder.pictures.hasDirectColour = depth == .direct
    }
    return output.answered(decoder.pictures, cell: decoder.cell)
  }

  /// What the terminal has sent; nil if it is gone.
  private func readInput() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    if count > 0 { return Array(bytes[..<count]) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil
  }

  private func resized() -> [Event] {
    measure()
    return [.resize(width: size.width, height: size.height)]
  }

  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// Rounded up, so that waiting for a moment does not end just before it.
  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(clamping: seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
