import Canvas
import Experiments
import Landscapes
package import Scenes

/// Scenes as pages to be printed: title, figure, claims, the line that reproduces it, the expectations with what came out. One
/// file that needs no other.
///
/// A scene that asks something has two places: its page shows what the class sees when it is asked, with room for a guess, and
/// all that would answer stands at the end.
package struct Handout: Sendable {
  /// A scene with what is computed for it.
  private struct Page: Sendable {
    let scene: Scene
    /// What the class sees when the first question is asked; nil where nothing is asked.
    let question: Shown?
    /// What it sees at last.
    let outcome: Shown
    let findings: [ExpectationFinding]
  }

  /// A moment of a scene.
  private struct Shown: Sendable {
    let figure: String
    let caption: String
    let replayLine: String
  }

  private let pages: [Page]

  /// Runs scenes and checks what they promise.
  package init(of scenes: [Scene]) {
    pages = Workers.map(scenes.count) { Handout.page(of: scenes[$0], number: $0 + 1) }
  }

  private static func page(of scene: Scene, number: Int) -> Page {
    let stages = scene.beats.indices.map(scene.stage)
    // The figure at the end is that of the last beat that plays.
    let last = stages.last { $0.until > 0 } ?? scene.opening
    let asked = stages.first { $0.question?.answer != nil }
    return Page(
      scene: scene, question: asked.map { shown($0, step: $0.step, of: scene, name: "plot\(number)q") },
      outcome: shown(last, step: last.until, of: scene, name: "plot\(number)"),
      findings: scene.check(tellingValues: true))
  }

  /// A stage of a scene at a step.
  ///
  /// - Parameter name: what the figure calls its plot: a file of several figures has one name for each.
  private static func shown(_ stage: LectureState, step: Int, of scene: Scene, name: String) -> Shown {
    var experiment = stage.experiment
    experiment.budget.steps = stage.until
    var race = Race(experiment)
    race.seek(to: step)
    let figure = Figure(
      of: Portrait.Subject(race, at: stage), title: "", caption: stage.caption,
      window: stage.window ?? scene.frame(), theme: .light)
    let svg = figure.document.split(separator: "\n").dropFirst().joined(separator: "\n")
      .replacing("id=\"plot\"", with: "id=\"\(name)\"")
      .replacing("url(#plot)", with: "url(#\(name))")
    return Shown(
      figure: svg, caption: stage.caption, replayLine: race.experiment.replayLine(steps: stage.until))
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
    h1, h2, h3 { font-family: Helvetica, Arial, sans-serif; line-height: 1.2 }
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
    let shown = page.question ?? page.outcome
    html += "<figure>\n\(shown.figure)\n</figure>\n"
    if !scene.caption.isEmpty { html += "<p>\(SVGText.escaped(scene.caption))</p>\n" }
    for question in scene.beats.compactMap(\.question) {
      html += "<p><strong>\(SVGText.escaped(question.text))</strong></p>\n"
      if !question.choices.isEmpty {
        let items = question.choices.map { "<li>\(SVGText.escaped($0))</li>" }.joined()
        html += "<ol>\(items)</ol>\n"
      }
    }
    html += "<p>The same run: <code>\(SVGText.escaped(shown.replayLine))</code></p>\n"
    if page.question == nil { html += proof(of: page) }
    return html + "</section>\n"
  }

  /// What a scene claims, and what came out.
  private static func proof(of page: Page) -> String {
    var html = ""
    for claim in page.scene.shownClaims {
      html += "<p><strong>Claim \(claim.number).</strong> \(SVGText.escaped(claim.text))</p>\n"
    }
    guard !page.findings.isEmpty else { return html }
    html += "<table>\n"
    for finding in page.findings {
      html +=
        "<tr><td>\(finding.holds ? "✓" : "✗")</td><td><code>\(SVGText.escaped(finding.expectation.text))</code>"
      let came = finding.holds ? finding.values : finding.reason
      if !came.isEmpty { html += "<br/>\(SVGText.escaped(came))" }
      html += "</td></tr>\n"
    }
    return html + "</table>\n"
  }

  /// What the questions were about, by scene: the right answers, what is seen at last, the claims and their proofs.
  private var answers: String {
    var html = ""
    for (place, page) in pages.enumerated() where page.question != nil {
      html += "<h3>\(place + 1). \(SVGText.escaped(page.scene.title))</h3>\n"
      for question in page.scene.beats.compactMap(\.question) {
        guard let answer = question.answer else { continue }
        html +=
          "<p>\(SVGText.escaped(question.text))<br/>"
          + "<strong>\(answer). \(SVGText.escaped(question.choices[answer - 1]))</strong></p>\n"
      }
      html += "<figure>\n\(page.outcome.figure)\n</figure>\n"
      html += "<p>\(SVGText.escaped(page.outcome.caption))</p>\n"
      if page.outcome.replayLine != page.question?.replayLine {
        html += "<p>The run shown here: <code>\(SVGText.escaped(page.outcome.replayLine))</code></p>\n"
      }
      html += Handout.proof(of: page)
    }
    return html.isEmpty ? "" : "<section id=\"answers\">\n<h2>Answers</h2>\n\(html)</section>\n"
  }
}
