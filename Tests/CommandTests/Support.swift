import Foundation
import Testing
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// What a command did.
struct Finished {
  let status: Int32
  /// Whether a signal ended it, `status` being its number.
  let wasSignalled: Bool
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

/// The program under test: the executable beside the test bundle.
enum Program {
  static let path = BuiltProgram.descent

  /// Runs the program to its end, without a terminal.
  ///
  /// - Parameter environment: what is changed in the environment; the locale is C.UTF-8 unless said otherwise.
  static func run(_ arguments: [String], environment changes: [String: String] = [:]) throws -> Finished {
    try finish(path, arguments, changes)
  }

  /// The same from words as one types them; none of them may hold a space.
  static func run(_ line: String, environment changes: [String: String] = [:]) throws -> Finished {
    try run(line.split(separator: " ").map(String.init), environment: changes)
  }

  /// Runs a shell command in which `descent` stands for the program.
  static func shell(_ command: String, environment changes: [String: String] = [:]) throws -> Finished {
    try finish("/bin/sh", ["-c", "descent() { '\(path)' \"$@\"; }\n\(command)"], changes)
  }

  private static func finish(_ path: String, _ arguments: [String], _ changes: [String: String]) throws
    -> Finished
  {
    var environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"]
    for (key, value) in changes { environment[key] = value }
    let ended = try Spawn.run(path, arguments, environment: environment, seconds: 300)
    guard let status = ended.status else {
      throw Spawn.Failure(text: "\(arguments) had not ended after five minutes")
    }
    return Finished(
      status: abs(status), wasSignalled: status < 0, output: ended.output,
      errors: String(decoding: ended.errors, as: UTF8.self))
  }
}

/// The scalars of a text that a terminal would obey: controls but line ends, and changes of the writing direction.
func obeyed(_ text: String) -> [Unicode.Scalar] {
  text.unicodeScalars.filter {
    let category = $0.properties.generalCategory
    return (category == .control && $0 != "\n") || category == .format
  }
}
