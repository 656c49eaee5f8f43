internal import CNcurses
internal import Glibc

/// The signals that concern a program on a terminal, and what puts the terminal back when one of them is fatal.
struct Signals {
  /// Where the handlers write the numbers of signals, and where the loop reads them.
  let notices: (read: Int32, write: Int32)

  /// Signals that end the program after the terminal was put back by the loop.
  private static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  /// Signals after which nothing but the handler can run.
  private static let fatal = [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS]
  /// Signals that the loop answers and goes on.
  private static let notes = [SIGTSTP, SIGCONT, SIGWINCH]

  /// Catches the signals. `reset` is what puts the terminal back, `cooked` its settings before.
  init(tty: Int32, cooked: termios, reset: [UInt8]) throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .unusable("no pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    notices = (ends[0], ends[1])
    // 64 kB outlive the program: a handler may run at any moment.
    cnc_signal_stack(malloc(1 << 16), 1 << 16)
    prepare(tty: tty, cooked: cooked, reset: reset)
    for number in Signals.endings where cnc_is_ignored(number) == 0 { cnc_catch(number, 0) }
    for number in Signals.fatal { cnc_catch(number, 1) }
    for number in Signals.notes where number != SIGTSTP || cnc_is_ignored(number) == 0 {
      cnc_catch(number, 0)
    }
  }

  /// Says how a fatal signal puts the terminal back.
  func prepare(tty: Int32, cooked: termios, reset: [UInt8]) {
    var cooked = cooked
    reset.withUnsafeBytes { bytes in
      guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return }
      cnc_rescue_prepare(tty, notices.write, &cooked, base, Int32(bytes.count))
    }
  }

  /// Whether a fatal signal has something to put back.
  func arm(_ armed: Bool) { cnc_rescue_arm(armed ? 1 : 0) }

  /// The numbers of the signals that have come in since the last call.
  func received() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 64)
    var numbers: [Int32] = []
    while true {
      let count = read(notices.read, &bytes, bytes.count)
      guard count > 0 else { return numbers }
      numbers += bytes[..<count].map(Int32.init)
    }
  }

  /// Stops the process as the shell expects, and returns when it goes on. From the keyboard the whole group stops.
  func stop(group: Bool) {
    cnc_default(SIGTSTP)
    cnc_unblock(SIGTSTP)
    if group { kill(0, SIGTSTP) } else { kill(getpid(), SIGTSTP) }
    cnc_catch(SIGTSTP, 0)
  }

  /// Gives the signals back their default effects.
  func release() {
    arm(false)
    for number in Signals.endings + Signals.fatal + Signals.notes where cnc_is_ignored(number) == 0 {
      cnc_default(number)
    }
    close(notices.read)
    close(notices.write)
  }

  /// Ends the process by a signal, as if it had never been caught.
  static func die(by number: Int32) -> Never {
    cnc_default(number)
    cnc_unblock(number)
    kill(getpid(), number)
    // Some signals have no deadly default; the shells' number for a death by signal is the next best.
    exit(128 + number)
  }
}
