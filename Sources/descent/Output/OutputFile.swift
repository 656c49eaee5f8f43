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
  private let target: String
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

  /// - Parameter mode: the permissions; nil gives those that a new file gets, or those of the file that is replaced.
  init(path: String, target: String, replaces: Bool, mode: mode_t? = nil) throws {
    self.path = path
    self.target = target
    self.replaces = replaces
    UnfinishedFiles.removeLeftovers(of: target)
    do throws(UnfinishedFiles.Obstacle) {
      (descriptor, unfinished, slot) = try UnfinishedFiles.make(for: target)
    } catch {
      throw Failure(.usage, "cannot write '\(Excerpt.of(path))': \(error.reason)")
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

  /// Writes one file, in the place of what is there.
  static func replace(_ path: String, with text: String, mode: mode_t) throws {
    let file = try OutputFile(path: path, target: try target(of: path), replaces: true, mode: mode)
    try file.write(text)
    try keep([file])
  }

  /// Makes the folders in which a file is to lie.
  static func makeFolder(of path: String, mode: mode_t = 0o777) throws {
    guard let end = path.lastIndex(of: "/"), end != path.startIndex else { return }
    let folder = path[..<end]
    var part = folder.startIndex
    while part < folder.endIndex {
      part = folder[folder.index(after: part)...].firstIndex(of: "/") ?? folder.endIndex
      let name = String(folder[..<part])
      // What is there already may lie on a disk that cannot be written.
      var status = stat()
      if mkdir(name, mode) == 0 || stat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR { continue }
      let reason = stat(name, &status) == 0 ? "it is there and no folder" : String(cString: strerror(errno))
      throw Failure(.usage, "cannot make the folder '\(Excerpt.of(name))': \(reason)")
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
