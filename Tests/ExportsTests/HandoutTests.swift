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
    #expect(parts[0].contains("How far &lt;is&gt; it?") && parts[0].contains("Which way?"))
    #expect(parts[0].contains("--landscape bowl") && !parts[0].contains("--steps 12"))
    // What would answer stands at the end: what holds with its values, what does not with its reason.
    for word in ["Claim 1.", "✓", "✗", " &lt; 1", "So.", "--steps 12"] {
      #expect(parts[1].contains(word) && !parts[0].contains(word), "\(word)")
    }
    #expect(!parts[0].contains("2. Down") && parts[1].contains("<strong>2. Down &amp; in</strong>"))
    // No figures share names.
    #expect(html.components(separatedBy: "id=\"plot1\"").count == 2 && html.contains("url(#plot2)"))
    #expect(parts[0].contains("url(#plot1q)") && !parts[0].contains("url(#plot1)"))
    #expect(!html.contains("url(#plot)"))
  }

  /// A question is asked before the run: its figure has no path yet, and the one at the end has it.
  @Test func theFigureOfAQuestionShowsNoAnswer() throws {
    let parts = Handout(of: [try scene()]).document.components(separatedBy: "<section id=\"answers\">")
    // A dot at the start, and one at each of the twelve iterates.
    let dots = parts.map { $0.components(separatedBy: "<circle").count - 1 }
    #expect(dots[0] + 12 <= dots[1])
  }

  /// Where nothing is asked everything stands on the page.
  @Test func aSceneWithoutAQuestionHasOnePlace() throws {
    let asked = "ask: Which way?\n    choices: [Up, \"Down & in\"]\n    answer: 2"
    #expect(Self.text.contains(asked))
    let text = Self.text.replacing(asked, with: "say: This way.")
    let html = Handout(of: [try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")]).document
    #expect(!html.contains("id=\"answers\"") && html.contains("Claim 1.") && html.contains("--steps 12"))
  }

  /// Nothing is fetched from elsewhere.
  @Test func itNeedsNoOtherFile() throws {
    let html = Handout(of: [try scene()]).document
    for word in ["src=", "href=", "@import", "<script", "<link"] { #expect(!html.contains(word), "\(word)") }
  }
}
