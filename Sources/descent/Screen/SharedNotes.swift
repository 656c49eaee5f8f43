import Explorer
import Glibc
import OptimizerCore

/// The notes of a lecture that runs, in a file of the person's runtime folder, for a second terminal to follow.
///
/// A lecture writes `lecture-PID` whole each time its place changes, and takes it away at its end; what a process left behind
/// that is gone is taken away by whoever sees it.
struct SharedNotes {
  private let path: String

  /// The file of this process; nil where there is no folder for it.
  init?() {
    guard let folder = SharedNotes.folder else { return nil }
    path = "\(folder)/\(SharedNotes.prefix)\(getpid())"
  }

  private static let prefix = "lecture-"

  /// By the rules for such folders: `XDG_RUNTIME_DIR`, else `XDG_STATE_HOME`, else `~/.local/state`.
  private static var folder: String? {
    func folder(_ name: String) -> String? {
      Environment.variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base =
      folder("XDG_RUNTIME_DIR") ?? folder("XDG_STATE_HOME") ?? folder("HOME").map { "\($0)/.local/state" }
    return base.map { "\($0)/descent" }
  }

  /// Shares notes at a time of the lecture. Where that fails nobody can follow, which is no fault of the lecture.
  func share(_ notes: LectureNotes, elapsed: Double) {
    let began = Int64(time(nil)) - Int64(elapsed)
    try? OutputFile.makeFolder(of: path, mode: 0o700)
    try? OutputFile.replace(path, with: "\(began)\n\(notes.text)", mode: 0o600)
  }

  /// Takes the file away.
  func end() { unlink(path) }

  /// The notes of the lecture that began last and still runs, with the seconds since it began.
  static func latest() -> (notes: LectureNotes, elapsed: Double)? {
    guard let folder, let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var latest: (notes: LectureNotes, began: Int64)?
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)), process > 0 else {
        continue
      }
      if kill(process, 0) != 0, errno == ESRCH {
        unlink("\(folder)/\(name)")
        continue
      }
      guard let text = read("\(folder)/\(name)"), let line = text.firstIndex(of: "\n"),
        let began = Int64(text[..<line]), began > latest?.began ?? .min
      else { continue }
      latest = (LectureNotes(text: String(text[line...])), began)
    }
    return latest.map { ($0.notes, Double(max(0, Int64(time(nil)) &- $0.began))) }
  }

  /// The most bytes that are read.
  private static let longest = 1 << 20

  private static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count < longest {
      let count = Glibc.read(file, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[0..<count])
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
