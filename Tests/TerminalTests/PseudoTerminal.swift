import Foundation
import Glibc

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
  func start(_ program: String, _ arguments: [String] = [], environment: [String: String]) throws -> pid_t {
    // The first terminal that the leader of a session opens becomes the one that controls it.
    try Spawn.process(program, arguments, input: path, output: nil, environment: environment)
  }

  /// How a process ended: its exit status, or minus the signal; nil if it did not within `seconds`, and it is then killed.
  /// What it wrote meanwhile is read, so that it can end.
  func end(of process: pid_t, seconds: Double = 20) -> (status: Int32?, output: [UInt8]) {
    var output: [UInt8] = []
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
      output += available()
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        output += available()
        return (status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f), output)
      }
      usleep(5_000)
    }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    return (nil, output)
  }
}

/// Processes started without Foundation, whose `Process` waits for the grandchildren too.
enum Spawn {
  /// Starts a program in a session of its own. `output` is a file for its output; nil for the same as the input.
  static func process(
    _ program: String, _ arguments: [String], input: String, output: String?, environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDWR, 0)
    if let output {
      posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
    }
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // POSIX_SPAWN_SETSID and POSIX_SPAWN_SETSIGMASK.
    posix_spawnattr_setflags(&attributes, 0x80 | 0x08)
    let inherited = ProcessInfo.processInfo.environment
    var variables = [
      "PATH": inherited["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm-256color",
      "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=yes,color=no",
    ]
    if let libraries = inherited["LD_LIBRARY_PATH"] { variables["LD_LIBRARY_PATH"] = libraries }
    variables.merge(environment) { $1 }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer {
      for word in words + settings { free(word) }
    }
    var process: pid_t = 0
    let result = posix_spawn(&process, program, &actions, &attributes, &words, &settings)
    guard result == 0 else {
      throw PseudoTerminal.Failure("\(program): \(String(cString: strerror(result)))")
    }
    return process
  }

  /// Runs a program without a terminal to its end, for at most 20 seconds.
  static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> (status: Int32?, output: String) {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = try self.process(
      program, arguments, input: "/dev/null", output: file.path, environment: environment)
    var status: Int32 = 0
    for _ in 0..<4000 {
      if waitpid(process, &status, WNOHANG) == process {
        let output = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return (status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f), output)
      }
      usleep(5_000)
    }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    return (nil, "")
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
