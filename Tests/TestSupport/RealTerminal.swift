package import Foundation
import Glibc

/// A terminal emulator with a program in it, on a screen of its own that nobody sees.
package final class RealTerminal {
  /// Which emulator.
  package enum Kind: String, CaseIterable, Sendable {
    /// xterm as a VT340, which draws sixels.
    case xterm
    /// kitty, whose protocol for pictures others have taken over.
    case kitty
  }

  /// What is on the screen.
  package struct Picture {
    package let width: Int
    package let height: Int
    /// Red, green and blue of each pixel.
    package let rgb: [UInt8]
  }

  private let files: Folder
  private let environment: [String: String]
  private var processes: [pid_t] = []

  /// Starts an emulator of a size in cells, and in it a program.
  ///
  /// - Throws: where a program is missing: they are those of Debian's packages xvfb, xterm, kitty, xdotool, imagemagick and
  ///   libgl1-mesa-dri.
  package init(_ kind: Kind, columns: Int, rows: Int, running command: [String]) throws {
    files = try Folder()
    let number = files.url.appending(path: "display")
    let server = try Spawn.process(
      "/usr/bin/Xvfb", ["-displayfd", "1", "-screen", "0", "2000x1400x24", "-nolisten", "tcp"],
      output: number.path, errors: "/dev/null", environment: ["PATH": "/usr/bin:/bin"])
    processes.append(server)
    var display = ""
    for _ in 0..<500 where !display.hasSuffix("\n") {
      usleep(20_000)
      display = (try? String(contentsOf: number, encoding: .utf8)) ?? ""
    }
    guard display.hasSuffix("\n") else {
      Spawn.kill(server)
      throw Spawn.Failure(text: "no virtual screen: \(display)")
    }
    environment = [
      "DISPLAY": ":\(display.dropLast())", "PATH": "/usr/bin:/bin", "HOME": files.url.path,
      "LC_ALL": "C.UTF-8",
      "LIBGL_ALWAYS_SOFTWARE": "1", "XDG_RUNTIME_DIR": files.url.path,
    ]
    let words: [String]
    switch kind {
    case .xterm:
      words = [
        "-ti", "vt340", "-tn", "xterm-256color", "-b", "0", "-bw", "0", "-geometry", "\(columns)x\(rows)+0+0",
        "-e",
      ]
    case .kitty:
      let options = [
        "remember_window_size=no", "initial_window_width=\(columns)c", "initial_window_height=\(rows)c",
        "confirm_os_window_close=0", "update_check_interval=0", "font_size=10",
      ]
      words = ["--config", "NONE"] + options.flatMap { ["-o", $0] }
    }
    processes.append(
      try Spawn.process(
        "/usr/bin/\(kind.rawValue)", words + command, output: files.url.appending(path: "log").path,
        environment: environment))
  }

  deinit {
    for process in processes.reversed() {
      kill(process, SIGTERM)
      if Spawn.wait(for: process, seconds: 5) == nil { Spawn.kill(process) }
    }
  }

  /// Types keys by the names that X has for them.
  package func press(_ keys: [String]) throws {
    try run("/usr/bin/xdotool", ["mousemove", "5", "5", "key", "--delay", "60"] + keys)
  }

  /// Runs a tool on the screen. A machine that does much else besides may keep it waiting.
  private func run(_ tool: String, _ arguments: [String]) throws {
    let ended = try Spawn.run(tool, arguments, environment: environment, seconds: 90)
    guard ended.status == 0 else {
      let status = ended.status.map { "\($0)" } ?? "none in time"
      throw Spawn.Failure(text: "\(tool): status \(status): \(String(decoding: ended.errors, as: UTF8.self))")
    }
  }

  /// What is on the screen now, without what is black around it.
  package func picture() throws -> Picture {
    let file = files.url.appending(path: "screen.ppm")
    try run("/usr/bin/import", ["-window", "root", "-trim", "+repage", "-depth", "8", "ppm:\(file.path)"])
    // P6, the width, the height, the highest part, and then three bytes a pixel.
    let bytes = try Data(contentsOf: file)
    let head = bytes.prefix(64).split(separator: 0x0a, maxSplits: 3, omittingEmptySubsequences: false)
    let size = String(decoding: head[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    let start = head.prefix(3).reduce(0) { $0 + $1.count + 1 }
    guard head[0].elementsEqual("P6".utf8), size.count == 2, bytes.count == start + size[0] * size[1] * 3
    else {
      throw Spawn.Failure(text: "no picture of three bytes a pixel")
    }
    return Picture(width: size[0], height: size[1], rgb: Array(bytes[start...]))
  }
}
