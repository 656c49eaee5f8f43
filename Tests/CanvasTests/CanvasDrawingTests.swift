import Testing

@testable import Canvas

@Suite struct CanvasDrawingTests {
  let red = Style(.ansi(1))

  @Test func aLiteral() {
    var canvas = Canvas(width: 8, height: 3)
    canvas.frame(canvas.bounds, style: .plain)
    canvas.text("m̂ = 1…", x: 1, y: 1, style: red)
    #expect(canvas.rows == ["┌──────┐", "│m̂ = 1…│", "└──────┘"])
    #expect(canvas[1, 1].style == red)
    #expect(canvas[0, 1].style == .plain)
  }

  @Test func everythingIsClippedAtEverySize() {
    for width in 0...5 {
      for height in 0...3 {
        var canvas = Canvas(width: width, height: height)
        for x in -4...6 {
          for y in -2...4 {
            canvas.text("日本 abc", x: x, y: y, style: red)
            canvas.text(rightAligned: "日本 abc", right: x, y: y, style: red)
            canvas.text("abcdef", x: x, y: y, style: red, width: x)
            canvas.fill(Rect(x: x, y: y, width: 9, height: 9), "日", red)
            canvas.fill(Rect(x: x, y: y, width: -9, height: 2), "x", red)
            canvas.frame(Rect(x: x, y: y, width: 4, height: 4), style: red)
            canvas.text(centred: "title", in: Rect(x: x, y: y, width: 3, height: 1), style: red)
            canvas.restyle(Rect(x: x, y: y, width: 4, height: 4)) { $0.bold }
            canvas[x, y] = Cell("日", red)
            _ = canvas[x, y]
          }
        }
        #expect(canvas.cells.count == width * height)
        for row in canvas.rows {
          #expect(Text.width(of: row) == width, "no row is wider or narrower than the canvas")
        }
      }
    }
    #expect(Canvas(width: -3, height: 5) == Canvas(width: 0, height: 5))
  }

  @Test func wideGlyphsAreNeverSplit() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.text("日本語", x: 0, y: 0, style: .plain)
    #expect(canvas.rows == ["日本語"])
    canvas[1, 0] = Cell("x")
    #expect(canvas.rows == [" x本語"])
    canvas[4, 0] = Cell("y")
    #expect(canvas.rows == [" x本y "])
    canvas[5, 0] = Cell("日")
    #expect(canvas.rows == [" x本y "], "there is no room for the right half")
    canvas[2, 0] = Cell("語")
    #expect(canvas.rows == [" x語y "])
    canvas[1, 0] = Cell("山")
    #expect(canvas.rows == [" 山 y "])
    canvas.fill(Rect(x: 2, y: 0, width: 1, height: 1), .space, .plain)
    #expect(canvas.rows == ["   " + " y "])
  }

  @Test func aClipLimitsAllDrawing() {
    var canvas = Canvas(width: 6, height: 2)
    canvas.clipped(to: Rect(x: 1, y: 0, width: 3, height: 1)) { canvas in
      canvas.text("abcdef", x: 0, y: 0, style: .plain)
      canvas.text("abcdef", x: 0, y: 1, style: .plain)
      canvas.clipped(to: Rect(x: 3, y: 0, width: 9, height: 9)) { $0.fill($0.bounds, "#", .plain) }
    }
    #expect(canvas.rows == [" bc#  ", "      "])
    canvas.text("z", x: 5, y: 1, style: .plain)
    #expect(canvas.rows[1] == "     z", "the clip ends with its closure")
  }

  @Test func runsShareALimit() {
    var canvas = Canvas(width: 12, height: 4)
    let runs = [("loss ", Style.plain), ("1.5e-3", red), (" ok", .plain)]
    #expect(canvas.text(runs: runs, x: 0, y: 0) == 14)
    #expect(canvas.text(runs: runs, x: 0, y: 1, width: 9) == 9)
    #expect(canvas.text(runs: runs, x: 0, y: 2, width: 5) == 5)
    #expect(canvas.text(runs: runs, x: 0, y: 3, width: 0) == 0)
    #expect(canvas.rows == ["loss 1.5e-3 ", "loss 1.5…   ", "loss…       ", "            "])
    #expect(canvas[5, 1].style == red)
  }

  @Test func alignment() {
    var canvas = Canvas(width: 9, height: 3)
    #expect(canvas.text(rightAligned: "12.5", right: 9, y: 0, style: .plain) == 4)
    canvas.text(rightAligned: "123456", right: 9, y: 1, style: .plain, width: 4)
    canvas.text(centred: "abc", in: canvas.bounds, row: 2, style: .plain)
    #expect(canvas.rows == ["     12.5", "     123…", "   abc   "])
  }

  @Test func rectangles() {
    let rect = Rect(x: 2, y: 1, width: 10, height: 6)
    #expect(rect.splitLeft(3).left == Rect(x: 2, y: 1, width: 3, height: 6))
    #expect(rect.splitLeft(3).rest == Rect(x: 5, y: 1, width: 7, height: 6))
    #expect(rect.splitRight(3).right == Rect(x: 9, y: 1, width: 3, height: 6))
    #expect(rect.splitTop(99).rest == Rect(x: 2, y: 7, width: 10, height: 0))
    #expect(rect.splitBottom(2).bottom == Rect(x: 2, y: 5, width: 10, height: 2))
    #expect(rect.inset(by: 4).isEmpty)
    #expect(rect.intersection(Rect(x: 20, y: 0, width: 1, height: 1)).isEmpty)
    #expect(rect.centred(width: 4, height: 99) == Rect(x: 5, y: 1, width: 4, height: 6))
  }

  @Test func cellsAreSmall() {
    #expect(MemoryLayout<Cell>.size == 16, "a frame is compared cell by cell sixty times a second")
    let style = Style(Colour(1, 2, 3), on: .indexed(77), [.bold, .underline])
    #expect(style.foreground == Colour(1, 2, 3))
    #expect(style.background == .indexed(77))
    #expect(style.attributes == [.bold, .underline])
    var changed = style
    changed.background = .terminal
    changed.attributes = .reverse
    #expect(changed == Style(Colour(1, 2, 3), on: .terminal, .reverse))
  }

  @Test func asciiKeepsThePlaces() {
    var canvas = Canvas(width: 24, height: 1)
    canvas.text("η→0.1 ½κ m̂ ─│┌ ⣿▀ … 日", x: 0, y: 0, style: .plain)
    let row = canvas.ascii.rows[0]
    #expect(row == "n>0.1 hk m -|+ .# ~ ?   ")
    #expect(row.utf8.count == 24)
    #expect(row.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
  }

  @Test func asciiLikenessesAreNotMistaken() {
    func ascii(_ text: String) -> String {
      var canvas = Canvas(width: Text.width(of: text), height: 1)
      canvas.text(text, x: 0, y: 0, style: .plain)
      return canvas.ascii.rows[0]
    }
    // What follows ← is a value, not something to compare with.
    #expect(ascii("g ← ∇f(θ) + λθ") == "g = Df(w) + Lw")
    #expect(ascii("m ← β₁m + (1−β₁)g") == "m = b1m + (1-b1)g")
    #expect(ascii("θ ← θ − η m̂/(√v̂ + ε)") == "w = w - n m/(Vv + e)")
    #expect(ascii("v̂ ← v/(1−β₂ᵗ)") == "v = v/(1-b2t)")
    #expect(ascii("η < 2/L, ‖g‖ ≤ ½κ…") == "n < 2/L, |g| < hk~")
    #expect(ascii("δ ← P⁻¹ g") == "d = P-1 g")
    // The Greek letters that name things in formulas stay apart, and apart from the Latin names there.
    let letters = "αβγδεηθκλμρξω"
    let names = Set(ascii(letters) + "fgmtxy01")
    #expect(names.count == letters.count + "fgmtxy01".count)
    #expect(ascii("●○•■□◆★✓✗") == "oo.##**vx")
  }
}
