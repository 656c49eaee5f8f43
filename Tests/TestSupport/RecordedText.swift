package import Foundation
package import Testing

/// Texts that a person has looked at and that the tests hold to: frames, and pages made from tables.
package enum RecordedText {
  /// The environment variable that has them written anew. A run that writes fails, so that none passes by recording.
  package static let variable = "DESCENT_RECORD"

  /// Expects a text to be what its file holds, or writes it there if asked to.
  ///
  /// - Parameter mask: what is left out of the comparison, on both sides.
  package static func expect(
    _ text: String, in file: URL, mask: (String) -> String = { $0 },
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let name = file.lastPathComponent
    if ProcessInfo.processInfo.environment[variable] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try mask(text).write(to: file, atomically: true, encoding: .utf8)
      Issue.record(
        "recorded \(name): look at it, then run again without \(variable)", sourceLocation: sourceLocation)
      return
    }
    guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("\(name) is not there; \(variable)=1 writes it", sourceLocation: sourceLocation)
      return
    }
    if let difference = difference(of: mask(text), from: mask(recorded)) {
      Issue.record(
        "\(name) differs from \(difference); \(variable)=1 writes it anew", sourceLocation: sourceLocation)
    }
  }

  /// Where a text first differs from what was recorded, in words; nil if it does not.
  package static func difference(of text: String, from recorded: String) -> String? {
    let now = lines(text)
    let then = lines(recorded)
    guard now != then else { return nil }
    let row = zip(now, then).prefix { $0 == $1 }.count
    return """
      line \(row + 1):
        is  \(row < now.count ? now[row] : "(at its end)")
        was \(row < then.count ? then[row] : "(at its end)")
      """
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
