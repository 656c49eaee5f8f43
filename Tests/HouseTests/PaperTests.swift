import Foundation
import Testing

/// What is written for people: that it is short, and leads somewhere.
struct PaperTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Source.root.appending(path: path), encoding: .utf8)
  }

  /// The README is read by those who do not know yet whether they want to read.
  @Test func theReadmeIsShort() throws {
    let words = try Self.text("README.md").split { $0.isWhitespace }.count
    #expect(words < 900)
  }

  @Test func theReadmeHasATestCommand() throws {
    let text = try Self.text("README.md")
    let block = try #require(text.components(separatedBy: "<!-- test command -->\n```sh\n").last)
    #expect(block.components(separatedBy: "\n```")[0].contains("swift test"))
  }

  /// Every path that a page leads to is there.
  @Test(arguments: [
    "README.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md", ".github/pull_request_template.md",
    "Sources/Explorer/Explorer.docc/CommandLine.md", "Sources/Explorer/Explorer.docc/Architecture.md",
  ])
  func linksLeadSomewhere(_ page: String) throws {
    let text = try Self.text(page)
    let folder = Source.root.appending(path: page).deletingLastPathComponent()
    for link in text.matches(of: /\]\(([^)#]+)\)/) where !link.1.contains("://") {
      let target = folder.appending(path: String(link.1)).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link.1)")
    }
    // Paths in code: what begins like one of ours and holds no placeholder.
    for path in text.matches(of: /`((?:Sources|Tests|\.github|\.ci)\/[^` ]*)`/)
    where !path.1.contains("…") && !path.1.contains("NAME") {
      let target = Source.root.appending(path: String(path.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(path.1)")
    }
  }

  /// What the page on the architecture names is there: every type, and every member of one.
  @Test func theArchitectureNamesWhatIsThere() throws {
    let text = try Self.text("Sources/Explorer/Explorer.docc/Architecture.md")
    let sources = Source.files(in: "Sources")
    let words = sources.reduce(into: Set<String>()) { $0.formUnion($1.words) }
    let pieces = text.components(separatedBy: "```")
    #expect(pieces.count >= 9)
    // In the walks, what stands before the remark; in the text, what is set as code.
    var named: [Substring] = []
    for (place, piece) in pieces.enumerated() {
      if place % 2 == 0 {
        for code in piece.matches(of: /`([^`]+)`/) { named.append(code.1) }
      } else if place > 1 {
        for line in piece.split(separator: "\n") { named += line.split(separator: "   ").prefix(1) }
      }
    }
    #expect(named.count >= 50)
    for code in named {
      for word in code.matches(of: /[A-Za-z0-9_]+/) {
        let name = String(word.0)
        guard name.contains(where: \.isUppercase), name.contains(where: \.isLowercase) else { continue }
        #expect(words.contains(name) || Self.outside.contains(name), "\(name)")
      }
    }
  }

  /// Names on that page that are not of our sources.
  private static let outside: Set<String> = [
    "HouseTests", "Tests", "Benchmarks", "CNcurses", "CZlib", "YAML",
  ]

  /// A clone is not made heavy by pictures.
  @Test func picturesAreLight() throws {
    let folder = Source.root.appending(path: ".github")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let pictures = files.filter { $0.pathExtension == "svg" }
    let sizes = try pictures.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
    #expect(!pictures.isEmpty && sizes.reduce(0, +) < 200_000)
    // None is left that nothing shows.
    let readme = try Self.text("README.md")
    for picture in pictures { #expect(readme.contains(".github/\(picture.lastPathComponent)")) }
  }

  /// Texts that are recorded are written anew by `.ci/record`, which finds them by name.
  @Test func recordedTextsAreFound() {
    for source in Source.files(in: "Tests") where !source.path.contains("/Support") {
      guard source.path.hasPrefix("Tests/") else { continue }
      if source.text.contains("RecordedText." + "expect(") {
        #expect(
          ["DocumentationTests.swift", "RecordedText.swift"].contains(source.path.split(separator: "/").last),
          "\(source.path)")
      }
      var name = ""
      for line in source.text.split(separator: "\n") {
        if let function = line.firstMatch(of: /func (\w+)\(/) { name = String(function.1) }
        if line.contains("Golden." + "expect(") {
          #expect(name.hasPrefix("golden"), "\(source.path): \(name)")
        }
      }
    }
  }
}
