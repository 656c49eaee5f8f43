import Testing

/// A number of a run or a user ends no program: where pictures are made it becomes an integer in one way.
struct NumberTests {
  /// What is drawn in, and drawn on.
  private static let targets: Set = ["Canvas", "Explorer", "Exports", "Terminal"]

  /// By file, the arguments of `Int(_:)` that are integers already, or text, and do not look it.
  private static let integers: [String: Set<String>] = [
    "Plot+Pairs.swift": ["a", "b"],
    "Plot+Paint.swift": ["tone", "tone(column, row)", "trail.sign.base"],
    "Dots.swift": ["min(bits, 5)", "bits"],
    "OKLab.swift": ["colour.red", "colour.green", "colour.blue"],
    "TerminalVersion.swift": ["$0"],
    "Plot+Shading.swift": ["tone"],
    "WindowSize.swift": [
      "min(size.ws_col, 2000)", "min(size.ws_row, 1000)", "size.ws_xpixel / size.ws_col",
      "size.ws_ypixel / size.ws_row",
    ],
    "CursesScreen.swift": ["cnc_start_colors()", "lseek(memory, 0, SEEK_CUR)", "cnc_columns($0)"],
    "InputDecoder+Sequences.swift": [
      "final", "letter", "byte", "buffer[end + 1]", "buffer[end + 2]", "buffer[end + 3]",
    ],
    "Terminal+Events.swift": ["(attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000"],
    "Surroundings.swift": ["$0"],
  ]

  /// The arguments of `Int(_:)`; those of initialisers with a label say themselves what they do.
  private static func conversions(in code: String) -> [String] {
    code.matches(of: /(?:^|[^\w.])Int(?:\.init)?\((?!\s*\w+:)|\bInt\.init\b(?!\()/).map { match in
      // A function that is passed on is called with whatever comes.
      guard match.output.hasSuffix("(") else { return "Int.init" }
      var depth = 1
      return String(
        code[match.range.upperBound...].prefix { character in
          depth += character == "(" ? 1 : character == ")" ? -1 : 0
          return depth > 0
        })
    }
  }

  /// Shifts and masks are of integers alone.
  private static func isBits(_ argument: String) -> Bool {
    argument.contains(">>") || argument.contains(" & ")
  }

  @Test func conversionsAreRead() {
    let code =
      "a = Int(x.rounded()) + Int(clamped: y) * UInt(z) - Int8(w); f(Int((a + b) / 2)); c.map(Int.init)"
    #expect(Self.conversions(in: code) == ["x.rounded()", "(a + b) / 2", "Int.init"])
    #expect(Self.conversions(in: "Int(q); let x: Int = Int.init(r)") == ["q", "r"])
    #expect(Self.isBits("value >> 8 & 255") && !Self.isBits("a && b"))
  }

  @Test func numbersBecomeIntegersByClamping() {
    var unused = Self.integers
    var count = 0
    for source in Source.files(in: "Sources") where Self.targets.contains(source.target) {
      let file = String(source.path.split(separator: "/").last ?? "")
      // The one place where a number within bounds is converted.
      guard file != "Int+Clamped.swift" else { continue }
      count += source.code.ranges(of: "Int(clamped:").count
      for argument in Self.conversions(in: source.code) where !Self.isBits(argument) {
        unused[file]?.remove(argument)
        #expect(
          Self.integers[file]?.contains(argument) ?? false,
          "\(source.path): Int(\(argument)) ends the program where the number is none or too large: Int(clamped: …)"
        )
      }
    }
    #expect(count > 70)
    // An exception that is none any more goes.
    for (file, arguments) in unused { #expect(arguments.isEmpty, "\(file): \(arguments.sorted())") }
  }
}
