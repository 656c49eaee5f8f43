import Testing

/// The size of things: how much has to be read before something is changed.
struct MeasureTests {
  /// What a target may come to at most.
  struct Bounds {
    /// Files that all lead to each other.
    var circle = 8
    /// Lines of a file, but for tables.
    var file = 400
    /// Lines of a function, initialiser or computed property, but for tables.
    var body = 60
    /// Types at the top of a file of another name.
    var away = 0
  }

  /// Beside `…+Entries.swift`, the files that are long because they are a table, and the reason why that is right.
  private static let longTables: [String: String] = [:]
  /// `File.swift: name` of what is long because it is a table, and the reason.
  private static let longTableBodies: [String: String] = [:]

  private static let measures = Dictionary(grouping: Source.files(in: "Sources"), by: \.target)
    .map { Measures(target: $0.key, sources: $0.value) }.sorted { $0.target < $1.target }

  private static let bounds = Bounds()

  @Test func filesFormSmallCircles() {
    for measure in Self.measures {
      let bound = Self.bounds.circle
      #expect(
        measure.circle.count <= bound,
        "\(measure.target): \(measure.circle.count) files lead to each other: \(measure.circle)")
    }
  }

  @Test func filesAreShort() {
    for measure in Self.measures {
      for file in measure.files
      where !file.path.hasSuffix("+Entries.swift") && Self.longTables[file.path] == nil {
        #expect(file.lineCount <= Self.bounds.file, "\(file.path)")
      }
    }
  }

  @Test func functionsAreShort() {
    for measure in Self.measures {
      for (path, body) in measure.bodies {
        let name = "\(path.split(separator: "/").last ?? ""): \(body.name)"
        guard Self.longTableBodies[name] == nil else { continue }
        #expect(body.lineCount <= Self.bounds.body, "\(path): \(body.name)")
      }
    }
  }

  @Test func typesAreInFilesOfTheirName() {
    for measure in Self.measures {
      #expect(
        measure.away.count <= Self.bounds.away,
        "\(measure.away.count) types away from home: \(measure.away)")
    }
  }

  /// An exception that is none any more goes.
  @Test func exceptionsAreNeeded() {
    let files = Self.measures.flatMap(\.files)
    for path in Self.longTables.keys {
      #expect(files.contains { $0.path == path && $0.lineCount > Bounds().file }, "\(path)")
    }
    let bodies = Self.measures.flatMap(\.bodies).filter { $0.body.lineCount > Bounds().body }
      .map { "\($0.path.split(separator: "/").last ?? ""): \($0.body.name)" }
    for name in Self.longTableBodies.keys { #expect(bodies.contains(name), "\(name)") }
  }

  // MARK: The measures themselves

  @Test func typesAtTheTopAreSeen() {
    let source = Source(
      path: "Sources/A/B.swift",
      text: """
        import struct Canvas.Rect
        public struct One { enum Inner {} }
        private enum Two {}
        @frozen public
        indirect enum Three { case a }
        extension Four { struct Nested {} }
        final class Five { class func make() {} }
        // struct Six
        let seven = "struct Seven {"
        """)
    #expect(Source.types(in: source.tokens) == ["One", "Three", "Five"])
  }

  @Test func bodiesAreMeasured() {
    let source = Source(
      path: "Sources/A/B.swift",
      text: """
        protocol P {
          func required(_ f: () -> Void) -> Int
          var stored: Int { get }
        }
        struct S: P {
          let a = [1].map { $0 }
          init(
            a: Int = { 3 }()
          ) throws
          {
            self.init()
          }
          func outer<T>(_ a: T) -> (Int, Int)
          where T: P {
            func inner() {
            }
            return (1, 2) /* {
            */
          }
          static func < (a: Self, b: Self) -> Bool { a.x < b.x }
          var computed: [Int] {
            "}"
          }
        }
        """)
    let bodies = Source.bodies(in: source.tokens)
    #expect(
      bodies == [
        Source.Body(name: "stored", lineCount: 1), Source.Body(name: "init", lineCount: 6),
        Source.Body(name: "outer", lineCount: 7), Source.Body(name: "inner", lineCount: 2),
        Source.Body(name: "<", lineCount: 1), Source.Body(name: "computed", lineCount: 3),
      ])
  }

  @Test func circlesAreFound() {
    // 0 → 1 → 2 → 0, 2 → 3, 3 ⇄ 4, and 5 alone.
    let circles = Measures.circles([[1], [2], [0, 3], [4], [3], []])
    #expect(circles.map { $0.sorted() }.sorted { $0[0] < $1[0] } == [[0, 1, 2], [3, 4], [5]])
  }

  @Test func referencesAndHomesAreCounted() {
    let measure = Measures(
      target: "A",
      sources: [
        Source(path: "Sources/A/One.swift", text: "struct One { var two: Two? }\nstruct Guest {}"),
        Source(path: "Sources/A/Two.swift", text: "struct Two { let three: Three }"),
        Source(path: "Sources/A/Three+Role.swift", text: "struct Three { init(_ one: One) {\n} }"),
        Source(path: "Sources/A/Four.swift", text: "// Three\nstruct Four { let one: One }"),
      ])
    #expect(
      measure.circle == ["Sources/A/One.swift", "Sources/A/Three+Role.swift", "Sources/A/Two.swift"])
    #expect(measure.away == ["Sources/A/One.swift: Guest"])
    #expect(measure.bodies.first?.body == Source.Body(name: "init", lineCount: 2))
  }
}
