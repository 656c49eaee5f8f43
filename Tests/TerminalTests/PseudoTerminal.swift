import Foundation
import Glibc
import TestSupport

/// A terminal without a screen: the far end of a pseudo-terminal, on which programs can be run.
final class PseudoTerminal {
  /// The end of the person at the terminal.
  let person: Int32
  /// The path of the end of the program.
  let path: String

  init(columns: Int = 120, rows: Int = 36, pixels: (Int, Int) = (0, 0)) throws {
    person = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, number): (Int32, Int32) = (0, -1)
    guard person >= 0, ioctl(person, Request.setLock, &locked) == 0,
      ioctl(person, Request.getNumber, &number) == 0
    else { throw Failure("no pseudo-terminal") }
    path = "/dev/pts/\(number)"
    resize(columns: columns, rows: rows, pixels: pixels)
  }

  deinit { close(person) }

  /// Requests to the Linux kernel, by number: what the C library says of them is not the same in every module.
  private enum Request {
    static let setLock: UInt = 0x4004_5431
    static let getNumber: UInt = 0x8004_5430
    static let getSettings: UInt = 0x5401
    static let setSize: UInt = 0x5414
  }

  struct Failure: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  func resize(columns: Int, rows: Int, pixels: (Int, Int) = (0, 0)) {
    var size: [UInt16] = [UInt16(rows), UInt16(columns), UInt16(pixels.0), UInt16(pixels.1)]
    _ = ioctl(person, Request.setSize, &size)
  }

  /// The program's end, opened in this process.
  func open() -> Int32 { Glibc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) }

  /// The settings of the line, as the kernel has them.
  struct Settings: Equatable {
    var input: UInt32
    var output: UInt32
    var local: UInt32
  }

  var settings: Settings {
    // Four words of flags (input, output, control, local), a byte of discipline, nineteen control characters.
    var words = [UInt32](repeating: 0, count: 16)
    _ = ioctl(person, Request.getSettings, &words)
    return Settings(input: words[0], output: words[1], local: words[3])
  }

  /// Whether a shell could be used on it: lines are edited (ICANON), echoed (ECHO), and their ends translated (OPOST).
  var isCooked: Bool { settings.local & 2 != 0 && settings.local & 8 != 0 && settings.output & 1 != 0 }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(person, bytes, bytes.count)
  }

  /// What the program has sent, until `enough` says so of all of it; gives up after `seconds`.
  func read(seconds: Double = 20, until enough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = Date(timeIntervalSinceNow: seconds)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !enough(bytes), Date() < end {
      var poll = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 50) > 0 else { continue }
      let count = Glibc.read(person, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// What the program sends until nothing comes for `quiet` seconds; gives up waiting for a beginning after `seconds`.
  func readUntilQuiet(_ quiet: Double = 0.1, seconds: Double = 20) -> [UInt8] {
    var bytes = read(seconds: seconds, until: { !$0.isEmpty })
    while true {
      let more = read(seconds: quiet, until: { !$0.isEmpty })
      if more.isEmpty { return bytes }
      bytes += more
    }
  }

  /// What is there to be read without waiting for more.
  func available() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var poll = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 0) > 0, poll.revents & Int16(POLLIN) != 0 else { return bytes }
      let count = Glibc.read(person, &buffer, buffer.count)
      if count <= 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  // MARK: Programs

  /// Starts a program as the leader of a session on this terminal.
  ///
  /// - Parameters:
  ///   - environment: What is added to a small environment of the tests.
  ///   - folder: Where it works.
  func start(
    _ program: String, _ arguments: [String] = [], environment: [String: String], folder: String? = nil
  ) throws -> pid_t {
    // The first terminal that the leader of a session opens becomes the one that controls it.
    let inherited = ProcessInfo.processInfo.environment
    var variables = [
      "PATH": inherited["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm-256color",
      "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=yes,color=no",
    ]
    variables.merge(environment) { $1 }
    return try Spawn.process(program, arguments, input: path, environment: variables, folder: folder)
  }

  /// How a process ended: its exit status, or minus the signal; nil if it did not within `seconds`, and it is then killed.
  /// What it wrote meanwhile is read, so that it can end.
  func end(of process: pid_t, seconds: Double = 20) -> (status: Int32?, output: [UInt8]) {
    var output: [UInt8] = []
    let status = Spawn.wait(for: process, seconds: seconds) { output += available() }
    if status == nil { Spawn.kill(process) }
    return (status, output + available())
  }
}

extension [UInt8] {
  /// Where a sequence of bytes begins; nil if it does not occur.
  func position(of text: String) -> Int? {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, count >= wanted.count else { return nil }
    return (0...count - wanted.count).first { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }

  func contains(_ text: String) -> Bool { position(of: text) != nil }

  /// How many control sequences end with this letter.
  func sequences(ending final: Character) -> Int {
    let text = String(decoding: self, as: UTF8.self)
    return text.matches(of: /\u{1b}\[[0-9;?]*([A-Za-z])/).filter { $0.1 == String(final) }.count
  }
}
