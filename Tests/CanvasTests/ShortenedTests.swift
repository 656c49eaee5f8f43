import Testing

@testable import Canvas

@Suite struct ShortenedTests {
  @Test func namesAreCutInTheirMiddles() {
    #expect(Text.shortened(["Gradient descent"], to: 16) == ["Gradient descent"])
    #expect(Text.shortened(["Gradient descent"], to: 15) == ["Gradien…descent"])
    #expect(Text.shortened(["Gradient descent, η = 1/L"], to: 18) == ["Gradient … η = 1/L"])
    #expect(Text.shortened(["abc", "abcdef"], to: 3) == ["abc", "a…f"])
  }

  @Test func noTwoReadEqual() {
    for names in [
      ["Momentum with L2", "Momentum with decay"], ["Momentum, rate 0.1", "Momentum, rate 0.2"],
      ["a Momentum", "b Momentum"], ["Momentum (1) of five", "Momentum (2) of five", "Momentum (1) of four"],
      ["aaaaaXaaaaa", "aaaaaYaaaaa", "aaaaaZaaaaa"], ["m̂m̂m̂m̂m̂m̂1", "m̂m̂m̂m̂m̂m̂2"], ["日本日本日本", "日本日日日本"],
    ] {
      for columns in 3...24 {
        let cut = Text.shortened(names, to: columns)
        #expect(Set(cut).count == names.count, "\(names) in \(columns): \(cut)")
        #expect(cut.allSatisfy { Text.width(of: $0) <= columns })
        for (name, cut) in zip(names, cut) where Text.width(of: name) <= columns && columns >= 19 {
          #expect(name == cut)
        }
      }
    }
  }

  @Test func withoutRoomNothingIsLeft() {
    #expect(Text.shortened(["abc", "abd"], to: 0) == ["", ""])
    #expect(Text.shortened(["abc"], to: 1) == ["…"])
    #expect(Text.shortened(["same name", "same name"], to: 5) == ["sa…me", "sa…me"])
    #expect(Text.shortened([], to: 5).isEmpty)
  }
}
