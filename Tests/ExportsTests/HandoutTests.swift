import Foundation
import FoundationXML
import Scenes
import Testing

@testable import Exports

/// The printed pages of a course.
struct HandoutTests {
  private static let text = """
    title: How far <is> it?
    source: A book
    landscape: bowl
    start: [-2, 1.5]
    optimizers: ["sgd:lr=0.1"]
    steps: 20
    claims: [1]
    caption: Look & see.
    beats:
      - ask: Which way?
        choices: [Up, "Down & in"]
        answer: 2
      - say: So.
        until: 12
    expect: ["sgd.loss < 1", "sgd.diverged"]
    """

  private func scene() throws -> Scene { try SceneLibrary.scene(of: Self.text, file: "s.yaml", name: "s") }

  @Test func aPageHasEverything() throws {
    let html = Handout(of: [try scene(), try scene()]).document
    // XML: every tag is closed, every sign escaped.
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") line \(parser.lineNumber)")
    let parts = html.components(separatedBy: "<section id=\"answers\">")
    #expect(parts.count == 2)
    #expect(
      parts[0].contains("How far &lt;is&gt; it?") && parts[0].contains("Claim 1.")
        && parts[0].contains("Which way?"))
    #expect(parts[0].contains("--landscape bowl") && parts[0].contains("--steps 12"))
    // What holds with its values, what does not with its reason.
    #expect(parts[0].contains("✓") && parts[0].contains("✗") && parts[0].contains(" &lt; 1"))
    #expect(!parts[0].contains("2. Down") && parts[1].contains("<strong>2. Down &amp; in</strong>"))
    // Two figures do not share names.
    #expect(html.components(separatedBy: "id=\"plot1\"").count == 2 && html.contains("url(#plot2)"))
    #expect(!html.contains("url(#plot)"))
  }

  /// Nothing is fetched from elsewhere.
  @Test func itNeedsNoOtherFile() throws {
    let html = Handout(of: [try scene()]).document
    for word in ["src=", "href=", "@import", "<script", "<link"] { #expect(!html.contains(word), "\(word)") }
  }
}
