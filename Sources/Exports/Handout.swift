import Canvas
import Experiments
import Landscapes
package import Scenes

/// Scenes as pages to be printed: title, figure, claims, the line that reproduces it, the expectations with what came out;
/// questions without their answers, which stand at the end. One file that needs no other.
package struct Handout: Sendable {
  /// A scene with what is computed for it.
  private struct Page: Sendable {
    let scene: Scene
    let figure: String
    let replayLine: String
    let findings: [ExpectationFinding]
  }

  private let pages: [Page]

  /// Runs scenes and checks what they promise.
  package init(of scenes: [Scene]) {
    pages = Workers.map(scenes.count) { Handout.page(of: scenes[$0], number: $0 + 1) }
  }

  /// The figure is that of the last beat that plays.
  private static func page(of scene: Scene, number: Int) -> Page {
    let stage = scene.beats.indices.map(scene.stage).last { $0.until > 0 } ?? scene.opening
    var experiment = stage.experiment
    experiment.budget.steps = stage.until
    var race = Race(experiment)
    race.seek(to: stage.until)
    let figure = Figure(
      of: Portrait.Subject(race, at: stage), title: "", caption: stage.caption,
      window: stage.window ?? scene.frame(), theme: .light)
    // A file of several figures has one name for each.
    let svg = figure.document.split(separator: "\n").dropFirst().joined(separator: "\n")
      .replacing("id=\"plot\"", with: "id=\"plot\(number)\"")
      .replacing("url(#plot)", with: "url(#plot\(number))")
    return Page(
      scene: scene, figure: svg, replayLine: race.experiment.replayLine(steps: stage.until),
      findings: scene.check(tellingValues: true))
  }

  /// The document, as HTML that is XML, too.
  package var document: String {
    let title = pages.count == 1 ? SVGText.escaped(pages[0].scene.title) : "Descent, a handout"
    var html = """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(title)</title>
      <style>\(Handout.style)</style>
      </head>
      <body>

      """
    if pages.count > 1 { html += "<h1>\(title)</h1>\n" }
    for (place, page) in pages.enumerated() { html += Handout.text(of: page, number: place + 1) }
    html += answers
    return html + "</body>\n</html>\n"
  }

  private static let style = """
    body { font: 11pt/1.45 Georgia, 'DejaVu Serif', serif; color: #111; background: #fff; max-width: 48em; \
    margin: 2em auto; padding: 0 1em }
    h1, h2 { font-family: Helvetica, Arial, sans-serif; line-height: 1.2 }
    svg { width: 100%; height: auto }
    code { font: 9pt/1.4 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere }
    table { border-collapse: collapse; width: 100% }
    td { vertical-align: top; padding: 0.15em 0.6em 0.15em 0; border-top: 1px solid #ddd }
    .source { color: #555 }
    section { break-inside: auto }
    section + section { border-top: 2px solid #111; margin-top: 2em }
    figure { margin: 0; break-inside: avoid }
    @media print { body { margin: 0; max-width: none } section + section { break-before: page; border: 0 } }
    """

  private static func text(of page: Page, number: Int) -> String {
    let scene = page.scene
    var html = "<section id=\"scene\(number)\">\n<h2>\(number). \(SVGText.escaped(scene.title))</h2>\n"
    if !scene.source.isEmpty { html += "<p class=\"source\">\(SVGText.escaped(scene.source))</p>\n" }
    html += "<figure>\n\(page.figure)\n</figure>\n"
    if !scene.caption.isEmpty { html += "<p>\(SVGText.escaped(scene.caption))</p>\n" }
    for claim in scene.shownClaims {
      html += "<p><strong>Claim \(claim.number).</strong> \(SVGText.escaped(claim.text))</p>\n"
    }
    for question in scene.beats.compactMap(\.question) {
      html += "<p><strong>\(SVGText.escaped(question.text))</strong></p>\n"
      if !question.choices.isEmpty {
        let items = question.choices.map { "<li>\(SVGText.escaped($0))</li>" }.joined()
        html += "<ol>\(items)</ol>\n"
      }
    }
    html += "<p>The same run: <code>\(SVGText.escaped(page.replayLine))</code></p>\n"
    guard !page.findings.isEmpty else { return html + "</section>\n" }
    html += "<table>\n"
    for finding in page.findings {
      html +=
        "<tr><td>\(finding.holds ? "✓" : "✗")</td><td><code>\(SVGText.escaped(finding.expectation.text))</code>"
      let came = finding.holds ? finding.values : finding.reason
      if !came.isEmpty { html += "<br/>\(SVGText.escaped(came))" }
      html += "</td></tr>\n"
    }
    return html + "</table>\n</section>\n"
  }

  /// The right answers, by scene.
  private var answers: String {
    var items = ""
    for (place, page) in pages.enumerated() {
      for question in page.scene.beats.compactMap(\.question) {
        guard let answer = question.answer else { continue }
        items +=
          "<tr><td>\(place + 1)</td><td>\(SVGText.escaped(question.text))<br/>"
          + "<strong>\(answer). \(SVGText.escaped(question.choices[answer - 1]))</strong></td></tr>\n"
      }
    }
    return items.isEmpty
      ? "" : "<section id=\"answers\">\n<h2>Answers</h2>\n<table>\n\(items)</table>\n</section>\n"
  }
}
