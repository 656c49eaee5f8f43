import Glibc

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

  /// Why no file can be made.
  struct Obstacle: Error {
    let reason: String
  }

  /// Makes a file beside the one that it is to become, open for writing and noted here; the slot is for `forget` and
  /// `remove`. As long as it is open it is locked, which tells it from one that was left over.
  static func make(for target: String) throws(Obstacle) -> (descriptor: Int32, name: String, slot: Int) {
    while true {
      var template = Array("\(target)\(mark)".utf8CString.dropLast())
      // What mkstemp fills in.
      template += Array(repeating: CChar(UInt8(ascii: "X")), count: 6) + [0]
      // No signal may fall between making the file and noting its name.
      let (descriptor, slot, reason) = undisturbed {
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return (Int32(-1), 0, String(cString: strerror(errno))) }
        return (descriptor, note(template), "")
      }
      guard descriptor >= 0 else { throw Obstacle(reason: reason) }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      // Some file systems know no locks.
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      // Somebody who was clearing up may have taken it before it was locked.
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_nlink == 0 {
        close(descriptor)
        forget(slot)
        continue
      }
      return (descriptor, template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }, slot)
    }
  }

  /// What stands between the name of a file and six characters, while it is unfinished.
  private static let mark = ".unfinished-"

  /// Takes away what programs have left that were killed while they wrote the same file.
  static func removeLeftovers(of target: String) {
    let slash = target.lastIndex(of: "/")
    let folder = slash.map { String(target[...$0]) } ?? "./"
    let beginning = (slash.map { String(target[target.index(after: $0)...]) } ?? target) + mark
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(beginning), name.utf8.count == beginning.utf8.count + 6 else { continue }
      let file = Glibc.open(folder + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard file >= 0 else { continue }
      // Locked, it is being written by somebody who lives.
      if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(folder + name) }
      close(file)
    }
  }

  /// Notes the name of a file that now exists; the number is for `forget` and `remove`.
  private static func note(_ name: [CChar]) -> Int {
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
  private static func undisturbed<Result>(_ body: () throws -> Result) rethrows -> Result {
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
