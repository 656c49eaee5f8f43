import Glibc

/// This program as a file, without the names of its functions, which only a debugger reads: a third of its size.
enum StrippedProgram {
  /// The bytes; those of the whole program where there is no `strip` on the path.
  static func bytes() throws -> [UInt8] {
    let file: (descriptor: Int32, name: String, slot: Int)
    do throws(UnfinishedFiles.Obstacle) {
      file = try UnfinishedFiles.make(for: "\(Environment.variable("TMPDIR") ?? "/tmp")/descent")
    } catch {
      return try contents(of: "/proc/self/exe")
    }
    defer {
      UnfinishedFiles.remove(file.slot)
      close(file.descriptor)
    }
    // Not /proc/self, which is another program to the one that strips.
    let isStripped = run(["strip", "--strip-all", "-o", file.name, "/proc/\(getpid())/exe"])
    return try contents(of: isStripped ? file.name : "/proc/self/exe")
  }

  /// Runs a program of the path without a word; whether it ended well.
  private static func run(_ words: [String]) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in 0...2 { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0) }
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, words[0], &actions, nil, &arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return false } }
    return status == 0
  }

  private static func contents(of path: String) throws -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.noInput, "cannot read the program itself: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Failure(.noInput, "cannot read the program itself: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
