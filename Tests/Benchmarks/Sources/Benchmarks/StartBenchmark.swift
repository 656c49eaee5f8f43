import Foundation
import Glibc

/// What it takes until the program is there: instructions, which do not depend on the machine or its load, and processor time.
struct StartBenchmark {
  /// The program as the README builds it.
  private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../.build/release/descent").standardizedFileURL.path

  /// One way to start it.
  private struct Start {
    var name: String
    var arguments: [String]
    /// Millions of instructions that it may take.
    var target: Double?
  }

  private static let starts = [
    Start(name: "start: first frame", arguments: [], target: 50),
    Start(name: "start: --version", arguments: ["--version"], target: 6),
    Start(name: "start: trace", arguments: ["trace", "ravine", "--steps", "1"]),
    Start(name: "start: render", arguments: ["render", "ravine"]),
  ]

  /// Measures the starts that are wanted; none where the program has not been built.
  func measure(where isWanted: (String) -> Bool) throws -> [StartResult] {
    guard FileManager.default.isExecutableFile(atPath: StartBenchmark.program) else { return [] }
    return try StartBenchmark.starts.filter { isWanted($0.name) }.map { start in
      let times = try (0..<20).map { _ in try time(start) }.sorted()
      return StartResult(
        name: start.name, milliseconds: times[times.count / 2],
        instructions: try instructions(of: start), target: start.target)
    }
  }

  /// The processor time of one start until it is quit, in milliseconds.
  private func time(_ start: Start) throws -> Double {
    try StartBenchmark.onATerminal([StartBenchmark.program] + start.arguments).milliseconds
  }

  /// Millions of instructions, counted by valgrind; nil where that is not installed.
  private func instructions(of start: Start) throws -> Double? {
    let valgrind = "/usr/bin/valgrind"
    guard FileManager.default.isExecutableFile(atPath: valgrind) else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: "descent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Some versions of valgrind cannot read what debuggers read of a Swift program.
    let stripped = folder.appending(path: "descent").path
    let strip = try Process.run(
      URL(fileURLWithPath: "/usr/bin/strip"),
      arguments: ["--strip-all", "-o", stripped, StartBenchmark.program])
    strip.waitUntilExit()
    guard strip.terminationStatus == 0 else { return nil }
    let counts = folder.appending(path: "counts").path
    let words = [
      valgrind, "--quiet", "--tool=callgrind", "--callgrind-out-file=\(counts)", stripped,
    ]
    _ = try StartBenchmark.onATerminal(words + start.arguments)
    let text = try String(contentsOfFile: counts, encoding: .utf8)
    return text.split(separator: "\n").first { $0.hasPrefix("totals: ") }
      .flatMap { Double($0.dropFirst(8)) }.map { $0 / 1e6 }
  }
}

extension StartBenchmark {
  /// Runs a program on a pseudo-terminal, types `q` when it has shown something and then paused, and waits for its end.
  fileprivate static func onATerminal(_ words: [String]) throws -> (milliseconds: Double, bytes: Int) {
    struct NoTerminal: Error {}
    // Requests to the Linux kernel by number: unlock, number of the other end, size.
    let person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(person) }
    var (locked, number): (Int32, Int32) = (0, -1)
    var size: [UInt16] = [40, 120, 0, 0]
    guard person >= 0, ioctl(person, 0x4004_5431, &locked) == 0, ioctl(person, 0x8004_5430, &number) == 0,
      ioctl(person, 0x5414, &size) == 0
    else { throw NoTerminal() }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID: the terminal that it opens first becomes its own.
    posix_spawnattr_setflags(&attributes, 0x80)
    var arguments = words.map { strdup($0) } + [nil]
    let variables = ["TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=/nonexistent"]
    var environment = variables.map { strdup($0) } + [nil]
    defer { for word in arguments + environment { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, words[0], &actions, &attributes, &arguments, &environment) == 0 else {
      throw NoTerminal()
    }

    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var bytes = 0
    var status: Int32 = 0
    var usage = rusage()
    while true {
      var poll = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, 100)
      if ready > 0 {
        let count = read(person, &buffer, buffer.count)
        if count > 0 {
          bytes += count
          continue
        }
      } else if bytes > 0 {
        write(person, "q", 1)
      }
      if wait4(process, &status, WNOHANG, &usage) == process { break }
      usleep(1000)
    }
    func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000 }
    return (milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), bytes)
  }
}
