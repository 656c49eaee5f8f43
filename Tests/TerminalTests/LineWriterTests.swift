import Glibc
import Testing

@testable import Terminal

/// A terminal that takes bytes slowly, or no more of them, still gets whole characters.
@Suite struct LineWriterTests {
  /// A pipe that holds little: a writer to one end, and what comes out at the other.
  private final class Narrow {
    let ends: [Int32]
    let writer: LineWriter

    init() throws {
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0)
      // F_SETPIPE_SZ; a page is the least.
      _ = fcntl(ends[1], 1031, 4096)
      for end in ends { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
      self.ends = ends
      writer = LineWriter(output: ends[1])
    }

    deinit {
      writer.close()
      for end in ends { close(end) }
    }

    /// All that has come through so far.
    func taken() -> [UInt8] {
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(ends[0], &chunk, chunk.count)
        guard count > 0 else { return all }
        all += chunk[..<count]
      }
    }
  }

  /// Characters of one, two, three and four bytes, so that a write ends within each of them for some number before.
  private func frame(after lead: Int) -> [UInt8] {
    Array((String(repeating: "x", count: lead) + String(repeating: "é█\u{1fb00}", count: 2000)).utf8)
  }

  @Test func whatIsGivenUpEndsWithAWholeCharacter() throws {
    for lead in 0..<9 {
      let narrow = try Narrow()
      let frame = frame(after: lead)
      narrow.writer.send(frame)
      #expect(!narrow.writer.unsent.isEmpty, "the write was cut short")
      var taken = narrow.taken()
      narrow.writer.insist(Array("\u{1b}[?1049l".utf8))
      taken += narrow.taken()
      let text = try #require(String(validating: taken, as: UTF8.self), "after \(lead): whole characters")
      #expect(text.hasSuffix("\u{1b}[?1049l"))
      #expect(frame.starts(with: text.dropLast(8).utf8))
    }
  }

  @Test func whatIsNotTakenAtOnceIsSentLater() throws {
    let narrow = try Narrow()
    let frame = frame(after: 1)
    narrow.writer.send(frame)
    var taken = narrow.taken()
    while !narrow.writer.sendRest() { taken += narrow.taken() }
    taken += narrow.taken()
    #expect(taken == frame)
  }
}
