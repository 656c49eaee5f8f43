import Explorer
import Glibc
import OptimizerCore

/// The file in which the looks are remembered: `descent/config.yaml` in the person's folder for such files.
///
/// It is read once, before the first frame, and written when a setting is changed: whole or not at all. That it cannot be
/// written is said and is no fault.
struct ConfigFile {
  let path: String
  /// The home folder, where the file lies in it: one that is not there is not made.
  var home: String?

  /// By the rules for such folders: `XDG_CONFIG_HOME` if it is an absolute path, else `~/.config`; nil without either.
  static var standard: ConfigFile? {
    func folder(_ name: String) -> String? {
      Environment.variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let folder = folder("XDG_CONFIG_HOME") { return ConfigFile(path: "\(folder)/descent/config.yaml") }
    return folder("HOME").map { ConfigFile(path: "\($0)/.config/descent/config.yaml", home: $0) }
  }

  /// The most bytes that are read.
  private static let longest = 1 << 16

  /// What was remembered, and what the person should know where that could not be read.
  func load() -> (settings: Settings, notice: String?) {
    switch read() {
    case .absent: return (Settings(), nil)
    case .failed(let reason): return (Settings(), "\(path): \(reason)")
    case .text(let text):
      do throws(SettingsError) {
        return (try Settings(text: text), nil)
      } catch {
        return (Settings(), "\(path):\(error.line): \(error.message)")
      }
    }
  }

  /// Remembers settings; returns what is to be said where that fails.
  func save(_ settings: Settings) -> String? {
    var old = ""
    switch read() {
    case .absent: break
    case .failed(let reason): return "not remembered: \(path): \(reason)"
    case .text(let text):
      // What a person wrote is not written over unread.
      do throws(SettingsError) {
        _ = try Settings(text: text)
        old = text
      } catch {
        return "not remembered: \(path):\(error.line): \(error.message)"
      }
    }
    let text = settings.text(updating: old)
    if text == old { return nil }
    if let home, access(home, F_OK) != 0 {
      return "not remembered: there is no home folder '\(Excerpt.of(home))'"
    }
    do {
      try OutputFile.makeFolder(of: path, mode: 0o700)
      try OutputFile.replace(path, with: text, mode: 0o600)
      return nil
    } catch {
      return "not remembered: \((error as? Failure)?.message ?? "\(error)")"
    }
  }

  // MARK: Input and output

  private enum Content {
    case absent
    case failed(String)
    case text(String)
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private func read() -> Content {
    // Not waiting for the other end, should somebody have put a pipe there.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .absent : .failed(ConfigFile.reason)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failed("no plain file")
    }
    var bytes = [UInt8](repeating: 0, count: ConfigFile.longest + 1)
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress! + length, $0.count - length)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failed(ConfigFile.reason) }
      if count == 0 { break }
      length += count
    }
    guard length <= ConfigFile.longest else { return .failed("longer than \(ConfigFile.longest) bytes") }
    return .text(String(decoding: bytes[..<length], as: UTF8.self))
  }
}
