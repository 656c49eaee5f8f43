import Glibc
import OptimizerCore

/// A file that is written whole or not at all: under another name in the same folder until it is complete.
///
/// A signal that ends the program takes the unfinished file away.
final class OutputFile {
  /// The path as it was given.
  let path: String
  /// Where it is until it is complete.
  private let unfinished: String
  private let descriptor: Int32
  private let replaces: Bool
  private let slot: Int
  private var buffer: [UInt8] = []
  private var isDone = false

  /// Files to be written, all of which can be: none is begun where one of them cannot.
  ///
  /// - Parameter force: whether files that exist are replaced.
  /// - Throws: bad usage (64) where a file exists, twice or not as a file, or its folder does not: the command asks for
  ///   something that it may not do, and nothing is wrong with any input.
  static func open(_ paths: [String], force: Bool) throws -> [OutputFile] {
    var targets: [String] = []
    for path in paths {
      let target = try target(of: path)
      guard !targets.contains(target) else {
        throw Failure(.usage, "'\(Excerpt.of(path))' is named twice; each file is written once")
      }
      targets.append(target)
      var status = stat()
      guard stat(target, &status) == 0 else { continue }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw Failure(.usage, "'\(Excerpt.of(path))' is there and not a file; name a file to write")
      }
      guard force else {
        throw Failure(.usage, "'\(Excerpt.of(path))' exists; --force overwrites it")
      }
    }
    return try zip(paths, targets).map { path, target in
      try OutputFile(path: path, target: target, replaces: force)
    }
  }

  /// Gives every file its name, all of them being complete.
  static func keep(_ files: [OutputFile]) throws {
    for file in files { try file.finish() }
    for file in files { try file.rename() }
  }

  private let target: String

  /// - Parameter mode: the permissions; nil gives those that a new file gets, or those of the file that is replaced.
  init(path: String, target: String, replaces: Bool, mode: mode_t? = nil) throws {
    self.path = path
    self.target = target
    self.replaces = replaces
    var template = Array(target.utf8CString.dropLast()) + Array(".unfinished-".utf8CString.dropLast())
    // What mkstemp fills in.
    template += Array(repeating: CChar(UInt8(ascii: "X")), count: 6) + [0]
    // No signal may fall between making the file and noting its name.
    (descriptor, unfinished, slot) = try UnfinishedFiles.undisturbed {
      let descriptor = mkstemp(&template)
      guard descriptor >= 0 else {
        let reason = String(cString: strerror(errno))
        throw Failure(.usage, "cannot write '\(Excerpt.of(path))': \(reason)")
      }
      let name = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      return (descriptor, name, UnfinishedFiles.note(template))
    }
    var status = stat()
    if let mode {
      fchmod(descriptor, mode)
    } else if stat(target, &status) == 0 {
      fchmod(descriptor, status.st_mode & 0o7777)
    } else {
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
    }
  }

  deinit {
    if !isDone {
      close(descriptor)
      UnfinishedFiles.remove(slot)
    }
  }

  /// Where a path leads: a link is followed, so that the file it names is replaced and not the link.
  static func target(of path: String) throws -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let resolved = realpath(folder, nil) else {
      throw Failure(
        .usage, "cannot write '\(Excerpt.of(path))': there is no folder '\(Excerpt.of(folder))'")
    }
    defer { free(resolved) }
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let base = String(cString: resolved)
    return base == "/" ? "/\(name)" : "\(base)/\(name)"
  }

  /// Adds text to the file.
  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Adds bytes to the file.
  func write(_ bytes: ArraySlice<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  private func flush() throws {
    var offset = 0
    while offset < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failed() }
      offset += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failed() -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure(.inputOutput, "cannot write '\(Excerpt.of(path))': \(reason); nothing was written")
  }

  /// All of it on the disk, still under the other name.
  private func finish() throws {
    try flush()
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw failed() }
  }

  private func rename() throws {
    if replaces {
      if Glibc.rename(unfinished, target) != 0 { throw failed() }
    } else {
      // Unlike rename, a link never replaces what has come into being since it was looked for.
      if link(unfinished, target) != 0 {
        if errno == EEXIST { throw Failure(.usage, "'\(Excerpt.of(path))' exists; --force overwrites it") }
        // Some file systems know no links.
        if Glibc.rename(unfinished, target) != 0 { throw failed() }
      } else {
        unlink(unfinished)
      }
    }
    UnfinishedFiles.forget(slot)
    close(descriptor)
    isDone = true
  }
}

/// The names of files that are being written, for a handler of signals that takes them away: plain memory, because a
/// handler may not allocate.
enum UnfinishedFiles {
  private static let limit = 1024
  nonisolated(unsafe) private static let names = {
    let names = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: limit)
    names.initialize(repeating: nil, count: limit)
    return names
  }()
  /// What a signal did before, by its number.
  nonisolated(unsafe) private static let before = {
    let before = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    before.initialize(repeating: sigaction(), count: 65)
    return before
  }()
  nonisolated(unsafe) private static var count = 0
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGXFSZ]

  /// Notes the name of a file that now exists; the number is for `forget` and `remove`.
  static func note(_ name: [CChar]) -> Int {
    if count == 0 { watch() }
    guard let slot = (0..<limit).first(where: { names[$0] == nil }) else {
      preconditionFailure("at most \(limit) files are written at once")
    }
    count += 1
    names[slot] = name.withUnsafeBufferPointer { strdup($0.baseAddress!) }
    return slot
  }

  /// Forgets a file that is complete.
  static func forget(_ slot: Int) {
    guard let name = names[slot] else { return }
    names[slot] = nil
    free(name)
    count -= 1
    if count == 0 { unwatch() }
  }

  /// Takes a file away.
  static func remove(_ slot: Int) {
    if let name = names[slot] { unlink(name) }
    forget(slot)
  }

  /// Does something during which no signal comes in.
  static func undisturbed<Result>(_ body: () throws -> Result) rethrows -> Result {
    var all = sigset_t()
    var mask = sigset_t()
    sigfillset(&all)
    sigprocmask(SIG_BLOCK, &all, &mask)
    defer { sigprocmask(SIG_SETMASK, &mask, nil) }
    return try body()
  }

  /// A signal takes away what is unfinished, and then does what it did before: as a rule, end the program.
  private static func watch() {
    // The memory is there before a handler could ask for it.
    _ = names
    for number in signals {
      sigaction(number, nil, before + Int(number))
      // Whoever started the program may have it ignore the signal.
      if isIgnored(number) { continue }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        for slot in 0..<UnfinishedFiles.limit {
          if let name = UnfinishedFiles.names[slot] { unlink(name) }
        }
        sigaction(number, UnfinishedFiles.before + Int(number), nil)
        raise(number)
      }
      sigaction(number, &action, nil)
    }
  }

  private static func unwatch() {
    for number in signals where !isIgnored(number) { sigaction(number, before + Int(number), nil) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    unsafeBitCast(before[Int(number)].__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Lets through the signals that end the program: whoever started it from a thread that blocks them had them blocked
  /// for it too, by chance.
  static func unblock() {
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in signals { sigaddset(&watched, number) }
    sigprocmask(SIG_UNBLOCK, &watched, nil)
  }
}
