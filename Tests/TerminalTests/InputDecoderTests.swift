import Canvas
import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
  /// All events of bytes that come at once, and of waiting afterwards.
  private func events(_ bytes: String, escapeDelay: Int = 50) -> [Event] {
    var decoder = InputDecoder(escapeDelay: escapeDelay)
    return decoder.feed(bytes.utf8, at: 0) + decoder.expire(at: 10_000)
  }

  private func keys(_ keys: Key...) -> [Event] { keys.map { .key($0) } }

  @Test func characters() {
    #expect(
      events("aZ 0~")
        == keys(.character("a"), .character("Z"), .character(" "), .character("0"), .character("~")))
    #expect(events("ηé日🎉") == keys(.character("η"), .character("é"), .character("日"), .character("🎉")))
    #expect(events("\r\n\t\u{7f}\u{8}") == keys(.enter, .enter, .tab, .backspace, .backspace))
    #expect(
      events("\u{3}\u{c}\u{1a}\u{0}\u{1c}")
        == keys(.control("c"), .control("l"), .control("z"), .control(" "), .control("\\")))
    #expect(events("\u{85}\u{9b}") == [], "control characters beyond ASCII are no keys")
  }

  @Test func brokenUTF8IsDropped() {
    var decoder = InputDecoder()
    #expect(
      decoder.feed([0xff, 0x61, 0xc0, 0xaf, 0x62, 0xed, 0xa0, 0x80, 0x63], at: 0)
        == keys(.character("a"), .character("b"), .character("c")))
    #expect(decoder.feed([0xce], at: 1) == [])
    #expect(decoder.feed([0xb7], at: 2) == keys(.character("η")), "a character may come in parts")
    #expect(decoder.feed([0xe2, 0x82], at: 3) == [])
    #expect(decoder.expire(at: 9_000) == [])
    #expect(decoder.feed([0x78], at: 9_001) == keys(.character("x")))
  }

  @Test func bothFormsOfTheCursorKeys() {
    for (letter, key) in [
      ("A", Key.up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ] {
      #expect(events("\u{1b}[\(letter)") == keys(key))
      #expect(events("\u{1b}O\(letter)") == keys(key))
    }
    #expect(
      events("\u{1b}[1;2A\u{1b}[1;2D\u{1b}[1;5C\u{1b}[a") == keys(.shiftUp, .shiftLeft, .right, .shiftUp))
    #expect(
      events("\u{1b}[1~\u{1b}[7~\u{1b}[4~\u{1b}[8~\u{1b}[5~\u{1b}[6~\u{1b}[2~\u{1b}[3~")
        == keys(.home, .home, .end, .end, .pageUp, .pageDown, .insert, .delete))
    #expect(events("\u{1b}[Z") == keys(.backTab))
  }

  @Test func functionKeys() {
    #expect(
      events("\u{1b}OP\u{1b}[11~\u{1b}[[A\u{1b}[1;2P")
        == keys(.function(1), .function(1), .function(1), .function(1)))
    #expect(
      events("\u{1b}[15~\u{1b}[17~\u{1b}[24~\u{1b}[34~\u{1b}[[E")
        == keys(.function(5), .function(6), .function(12), .function(20), .function(5)))
  }

  @Test func numericBlock() {
    #expect(
      events("\u{1b}Op\u{1b}Oy\u{1b}Ok\u{1b}Om\u{1b}OM")
        == keys(.character("0"), .character("9"), .character("+"), .character("-"), .enter))
  }

  @Test func reportedCharacters() {
    #expect(
      events("\u{1b}[97u\u{1b}[108;5u\u{1b}[27;5;108~\u{1b}[9;2u\u{1b}[27u\u{1b}[120;3u")
        == keys(.character("a"), .control("l"), .control("l"), .backTab, .escape, .alt("x")))
    #expect(events("\u{1b}[99999999999999999999u") == [])
  }

  @Test func aLoneEscapeWaitsNoLongerThanItsDelay() {
    var decoder = InputDecoder(escapeDelay: 50)
    #expect(decoder.feed("\u{1b}".utf8, at: 1000) == [])
    #expect(decoder.deadline == 1050)
    #expect(decoder.expire(at: 1049) == [])
    #expect(decoder.expire(at: 1050) == keys(.escape))
    #expect(decoder.deadline == nil)
    #expect(decoder.feed("q".utf8, at: 1060) == keys(.character("q")))
    #expect(events("\u{1b}\u{1b}") == keys(.escape, .escape))
    #expect(events("\u{1b}x") == keys(.alt("x")), "a character right after Esc is not a command")
  }

  @Test func aSplitArrowNeverBecomesCommands() {
    for form in ["[", "O"] {
      for pause in [60, 150, 300] {
        var decoder = InputDecoder(escapeDelay: 50)
        var seen = decoder.feed("\u{1b}".utf8, at: 0)
        seen += decoder.expire(at: 50)
        seen += decoder.feed(form.utf8, at: 50 + pause)
        seen += decoder.feed("A".utf8, at: 50 + pause + 20)
        seen += decoder.feed("x".utf8, at: 50 + pause + 25)
        #expect(seen == keys(.escape, .character("x")), "\(form) after \(pause) ms")
      }
      var decoder = InputDecoder(escapeDelay: 50)
      var seen = decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 50)
      seen += decoder.feed("\(form)q".utf8, at: 400)
      #expect(
        seen == keys(.escape, .character(Character(form)), .character("q")), "later it stands for itself")
      decoder = InputDecoder(escapeDelay: 50)
      seen = decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 50)
      seen += decoder.feed(form.utf8, at: 100) + decoder.expire(at: 500)
      #expect(seen == keys(.escape), "and does not come back")
    }
    var decoder = InputDecoder()
    _ = decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 50)
    #expect(decoder.feed("Oq".utf8, at: 100) == keys(.character("q")), "what is no arrow stands for itself")
    decoder = InputDecoder()
    let mouse =
      decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 50) + decoder.feed("[<0;3;4M".utf8, at: 90)
    #expect(mouse == keys(.escape), "nor does a mouse report become keys")
  }

  @Test func sequencesMayComeByteByByte() {
    let bytes = "\u{1b}[1;2A\u{1b}OBη\u{1b}[<0;10;5M\u{1b}[200~q\u{1b}[201~z"
    let whole = events(bytes)
    var decoder = InputDecoder()
    var single: [Event] = []
    for (time, byte) in bytes.utf8.enumerated() { single += decoder.feed([byte], at: time) }
    #expect(single == whole)
    #expect(whole.count == 6)
  }

  @Test func pastedTextIsNeverKeys() {
    #expect(
      events("a\u{1b}[200~q\u{3}\r\u{1b}[A:quit\n\u{1b}[201~b") == keys(.character("a")) + [
        .paste("q\u{3}\r\u{1b}[A:quit\n")
      ] + keys(.character("b")))
    #expect(events("\u{1b}[200~\u{1b}[201~") == [.paste("")])
    var decoder = InputDecoder()
    var seen = decoder.feed("\u{1b}[200~ab\u{1b}[2".utf8, at: 0)
    #expect(seen == [])
    seen = decoder.feed("01~q".utf8, at: 500)
    #expect(seen == [.paste("ab")] + keys(.character("q")), "the end of a paste may come in parts")
    decoder = InputDecoder()
    _ = decoder.feed("\u{1b}[200~abc".utf8, at: 0)
    #expect(
      decoder.expire(at: 5_000) == [.paste("abc")],
      "a paste that never ends does not hold the keyboard for ever")
    decoder = InputDecoder()
    let long = Array(repeating: UInt8(ascii: "x"), count: InputDecoder.longestPaste + 999)
    _ = decoder.feed("\u{1b}[200~".utf8, at: 0)
    _ = decoder.feed(long, at: 1)
    guard case .paste(let text)? = decoder.feed("\u{1b}[201~".utf8, at: 2).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == InputDecoder.longestPaste)
  }

  @Test func mouse() {
    let reports: [(String, Mouse?)] = [
      ("<0;1;1M", Mouse(.press, x: 0, y: 0)), ("<0;10;5m", Mouse(.release, x: 9, y: 4)),
      ("<32;300;200M", Mouse(.drag, x: 299, y: 199)),
      ("<35;2;2M", Mouse(.move, x: 1, y: 1)), ("<64;2;3M", Mouse(.wheelUp, x: 1, y: 2)),
      ("<65;2;3M", Mouse(.wheelDown, x: 1, y: 2)),
      ("<2;2;3M", Mouse(.rightPress, x: 1, y: 2)), ("<1;2;3M", Mouse(.middlePress, x: 1, y: 2)),
      ("<34;2;3M", Mouse(.otherDrag, x: 1, y: 2)), ("<33;2;3M", Mouse(.otherDrag, x: 1, y: 2)),
      ("<2;2;3m", Mouse(.release, x: 1, y: 2)),
      ("<4;2;3M", Mouse(.press, x: 1, y: 2)),
      ("<66;2;3M", nil), ("<0;0;0M", nil), ("<0;5M", nil), ("<999;1;1M", nil),
    ]
    for (report, expected) in reports {
      #expect(events("\u{1b}[" + report) == (expected.map { [.mouse($0)] } ?? []), "\(report)")
    }
    #expect(
      events("\u{1b}[M !!x") == [.mouse(Mouse(.press, x: 0, y: 0))] + keys(.character("x")),
      "the oldest form, too")
  }

  @Test func answersAreNotKeys() {
    var decoder = InputDecoder()
    #expect(decoder.synchronizedOutput == nil)
    #expect(decoder.feed("\u{1b}[?2026;2$y".utf8, at: 0) == [])
    #expect(decoder.synchronizedOutput == true)
    #expect(decoder.feed("\u{1b}[?2026;0$y".utf8, at: 1) == [])
    #expect(decoder.synchronizedOutput == false)
    #expect(events("\u{1b}[?62;22c\u{1b}[>1;2;3c\u{1b}[0n\u{1b}[=c") == [])
    #expect(events("\u{1b}[I\u{1b}[O") == [.focus(true), .focus(false)])
  }

  /// What a terminal answers, and what switches character sets: in one piece, in several, in every form, and never keys.
  @Test func stringsOfTheTerminalAreNotKeys() {
    // An answer about a colour, the name of the terminal, a graphics answer, a private message, a start of string.
    let bodies = [
      ("]", "11;rgb:ffff/ffff/ffff"), ("P", ">|term q(1.2)"), ("P", "1+r544e=78"), ("_", "Gi=1;OK"),
      ("_", "q"),
      ("^", "quit q"), ("X", "x q"), ("]", "2;κ Ĝ Ü title q"), ("P", "q\r\n:q\r"),
    ]
    for (letter, body) in bodies {
      let value = Unicode.Scalar(letter)!.value + 0x40
      let openings: [[UInt8]] = [
        Array("\u{1b}\(letter)".utf8), [UInt8(value)], Array(String(Unicode.Scalar(value)!).utf8),
      ]
      let endings: [[UInt8]] = [Array("\u{1b}\\".utf8), [0x9c], Array("\u{9c}".utf8), [0x07]]
      for opening in openings {
        for ending in endings {
          let bytes = opening + Array(body.utf8) + ending + Array("z".utf8)
          var decoder = InputDecoder()
          #expect(decoder.feed(bytes, at: 0) == keys(.character("z")), "\(letter) \(body) \(ending)")
          // Byte by byte over a slow line, and in two reads, cut anywhere.
          decoder = InputDecoder()
          var single: [Event] = []
          for (index, byte) in bytes.enumerated() { single += decoder.feed([byte], at: index * 40) }
          #expect(single == keys(.character("z")), "\(letter) \(body) \(ending) byte by byte")
          for cut in 2..<bytes.count - 1 {
            decoder = InputDecoder()
            let two = decoder.feed(bytes[..<cut], at: 0) + decoder.feed(bytes[cut...], at: 250)
            #expect(two == keys(.character("z")), "\(letter) \(body) \(ending) cut at \(cut)")
          }
        }
      }
      // One that never ends does not hold the keyboard for ever, and another sequence breaks it off.
      var decoder = InputDecoder()
      #expect(decoder.feed("\u{1b}\(letter)\(body)".utf8, at: 0) == [])
      #expect(decoder.feed("q".utf8, at: 5_000) == keys(.character("q")))
      #expect(events("\u{1b}\(letter)\(body)\u{1b}[A") == keys(.up))
      #expect(events("\u{1b}\(letter)\(body)\u{18}a") == keys(.character("a")))
      // After an Esc that was given out already, where the rest is there at once.
      decoder = InputDecoder()
      let split = decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 60)
      #expect(split + decoder.feed("\(letter)\(body)\u{1b}\\".utf8, at: 90) == keys(.escape))
    }
    #expect(events("\u{1b}(B\u{1b}%G\u{1b}Nx\u{1b})0\u{1b}$(Ba") == keys(.character("a")))
    #expect(events("\u{1b}P") == keys(.alt("P")), "a key with Alt")
    #expect(events("\u{1b}(") == keys(.alt("(")))
    // An Esc and then a capital letter, typed by a person: two keys.
    var decoder = InputDecoder()
    let typed = decoder.feed("\u{1b}".utf8, at: 0) + decoder.expire(at: 60) + decoder.feed("X".utf8, at: 150)
    #expect(typed == keys(.escape, .character("X")))
  }

  @Test func controlsOfEightBits() {
    #expect(events("\u{9b}A\u{8f}B\u{9b}1;2D\u{8f}M") == keys(.up, .down, .shiftLeft, .enter))
    var decoder = InputDecoder()
    #expect(
      decoder.feed([0x9b, 0x41, 0x8f, 0x42, 0x8f, 0x7a, 0x85, 0x61], at: 0)
        == keys(.up, .down, .character("z"), .character("a")))
    #expect(events("\u{9b}200~q\u{1b}[201~") == [.paste("q")])
  }

  /// The arrows of urxvt with Ctrl held, and modifiers in the keypad mode.
  @Test func arrowsWithControlAreNotLetters() {
    #expect(events("\u{1b}Oa\u{1b}Ob\u{1b}Oc\u{1b}Od") == keys(.up, .down, .right, .left))
    #expect(events("\u{1b}O5A\u{1b}O2P\u{1b}O5c") == keys(.up, .function(1), .right))
    #expect(events("\u{1b}[7^\u{1b}[8@x") == keys(.character("x")))
  }

  /// The reports of kitty's keyboard: a release is no key, alternates are not modifiers.
  @Test func releasesAreNotKeys() {
    #expect(events("\u{1b}[113;1:3u\u{1b}[1;1:3A\u{1b}[5;1:3~") == [])
    #expect(
      events("\u{1b}[97:65;2:1u\u{1b}[108:76;5u\u{1b}[1;2:2A")
        == keys(.character("a"), .control("l"), .shiftUp))
  }

  /// Any bytes at any times: no trap, nothing kept for ever, and the decoder is usable afterwards.
  @Test func noise() {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let spice: [UInt8] = Array("\u{1b}\u{1b}[O[<;0123456789~MmuAZ?$y200~201~".utf8)
    for _ in 0..<300 {
      var decoder = InputDecoder(escapeDelay: next(80))
      var now = 0
      for _ in 0..<40 {
        let bytes = (0..<next(6)).map { _ in next(3) == 0 ? UInt8(next(256)) : spice[next(spice.count)] }
        _ = decoder.feed(bytes, at: now)
        now += next(200)
        _ = decoder.expire(at: now)
      }
      while let deadline = decoder.deadline {
        now = max(now, deadline)
        _ = decoder.expire(at: now)
      }
      #expect(decoder.feed("ok".utf8, at: now + 1000) == keys(.character("o"), .character("k")))
    }
  }
}
