import Testing

@testable import Scenes

/// A file of at most a mebibyte is read, or refused, in a time that grows with its length.
@Suite struct SceneSizeTests {
  /// Files that are wrong in every item, by the number of items.
  static let shapes: [(name: String, text: @Sendable (Int) -> String)] = [
    ("the same key", { head + String(repeating: "title: a\n", count: $0) }),
    ("the same key in braces", { head + "window: {" + String(repeating: "x: 1, ", count: $0) + "y: 1}\n" }),
    ("pairs of keys", { head + (0..<$0).map { "k\($0): 1\nk\($0): 1\n" }.joined() }),
    (
      "mappings with the same key",
      { head + "beats:\n" + String(repeating: "  - {say: a, say: b}\n", count: $0) }
    ),
    ("unknown keys", { head + (0..<$0).map { "title\($0): 1\n" }.joined() }),
    ("beats", { head + "beats:\n" + String(repeating: "  - {say: a}\n", count: $0) }),
    ("changes", { head + "changes:\n" + (1...$0).map { "  - \"\($0):sgd.lr=0.5\"\n" }.joined() }),
    ("starts", { head + "starts: [" + String(repeating: "[1, 2], ", count: $0) + "[1, 2]]\n" }),
    (
      "wrong optimizers",
      { head.replacing("[sgd]", with: "[sgd" + String(repeating: ", a", count: $0) + "]") }
    ),
    ("spaces", { head + "title: {" + String(repeating: " ", count: 8 * $0) + "a: 1, a: 2}\n" }),
  ]
  private static let head = "landscape: ravine\noptimizers: [sgd]\nsteps: 10\n"

  private func time(_ text: String) -> Duration {
    ContinuousClock().measure { _ = try? SceneLibrary.scene(of: text, file: "s.yaml", name: "s") }
  }

  /// Eight times the items take nowhere near sixty-four times as long. The bound is wide, because the machine may be busy; what
  /// grows with the square is far beyond it.
  @Test(arguments: shapes.map(\.name)) func timeGrowsWithLength(_ name: String) throws {
    let text = try #require(Self.shapes.first { $0.name == name }).text
    let (short, long) = (text(1500), text(12_000))
    let least = (0..<3).map { _ in time(short) }.min() ?? .zero
    let most = (0..<3).map { _ in time(long) }.min() ?? .zero
    #expect(most < least * 24 + .milliseconds(50), "\(name): \(least), \(most)")
  }

  /// Of very many faults the first are told, and that there are more.
  @Test func notEveryFaultIsTold() {
    let text = Self.head + (0..<5000).map { "title\($0): 1\n" }.joined()
    let told = faults(text)
    #expect(told.count == DocumentReader.faultLimit + 1)
    #expect(told.last == "s.yaml: 200 faults are told; there may be more")
  }
}
