import Foundation
import Testing
import TestSupport

@testable import Scenes

/// The pages on the format and on expectations are made from the tables that the program reads by;
/// DESCENT_RECORD=1 writes them anew.
struct DocumentationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Scenes/Scenes.docc")

  private static func cell(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }

  private static func table<Draft, Whole>(
    _ title: String, _ text: String, _ keys: [FormatKey<Draft, Whole>]
  ) -> String {
    var page = "\n### \(title)\n\n"
    if !text.isEmpty { page += "\(text)\n\n" }
    page += "| key | value, by an example | what it is for |\n|---|---|---|\n"
    for key in keys { page += "| `\(key.name)` | \(cell(key.form)) | \(cell(key.meaning)) |\n" }
    return page
  }

  static var format: String {
    var page = """
      # The format of scenes

      Every key of a scene document. A key that is not here is an error.

      ## Overview

      This page is made from the table by which documents are read; the tests fail when the two differ. Documents are in
      UTF-8, at most 1 MiB long, one in a file.

      """
    page += table("A scene", "`landscape` and `optimizers` must be there.", SceneFormat.scene)
    page += table(
      "A landscape of the catalog", "The names of its constants are keys, too: `kappa: 100`.",
      SceneFormat.named)
    page += table("A landscape by formula", "", SceneFormat.formula)
    page += table("A constant of a formula", "Or a number alone.", SceneFormat.constant)
    page += table("A window", "", SceneFormat.window)
    page += table("An entry of the race", "Or a spec alone.", SceneFormat.optimizer)
    page += table("The axes of a map", "", SceneFormat.map)
    page += table(
      "A beat",
      "Effects happen in the order set, restart, view, blind; a question waits for its answer; then the race plays to `until`"
        + " and pauses.", SceneFormat.beat)
    page += "\n### Views\n\n" + ViewName.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") + "\n"
    page += "\n### Overlays\n\n| name | what it draws |\n|---|---|\n"
    for overlay in Overlay.allCases { page += "| `\(overlay.rawValue)` | \(overlay.meaning) |\n" }
    return page
  }

  private static func kind(_ kind: ExpectationValue.Kind) -> String {
    switch kind {
    case .number: "number"
    case .truth: "statement"
    case .text: "text"
    }
  }

  static var expectations: String {
    var page = """
      # Expectations

      Statements about the runs of a scene, such as `momentum.steps_to(1e-3) < sgd.steps_to(1e-3)`.

      ## Overview

      The tables of this page are made from those by which expectations are read; the tests fail when they differ.
      ``Expectation`` explains the language around them: operators, `with`, `all`, `quantile` and the others.

      ### Of an entry

      A step that is left out is the last of the run; one that the run did not reach gives `never`.

      | quantity | kind | what it is |
      |---|---|---|

      """
    for quantity in RunQuantity.all {
      let parameters = quantity.parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(
        separator: ", ")
      let form = parameters.isEmpty ? quantity.name : "\(quantity.name)(\(parameters))"
      page += "| `\(form)` | \(kind(quantity.kind)) | \(cell(quantity.meaning)) |\n"
    }
    page += "\n### Of the landscape\n\n| quantity | what it is |\n|---|---|\n"
    for quantity in LandscapeQuantity.all {
      page += "| `\(quantity.name)\(quantity.isAtPoint ? "(x, y)" : "")` | \(cell(quantity.meaning)) |\n"
    }
    page += "\n### Functions of numbers\n\n"
    page += NumberFunction.all.map { "`\($0.name)`" }.joined(separator: ", ") + "\n"
    return page
  }

  @Test(arguments: ["SceneFormat.md", "Expectations.md"]) func pagesAgreeWithTheTables(_ name: String) throws
  {
    let text = name == "SceneFormat.md" ? Self.format : Self.expectations
    try RecordedText.expect(text, in: Self.folder.appending(path: name))
  }

  /// The scene that the overview shows is read, and all that it expects holds.
  @Test func theSceneOfTheOverviewHolds() throws {
    let page = try String(contentsOf: Self.folder.appending(path: "Scenes.md"), encoding: .utf8)
    let example = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
    let scene = try scene(example.components(separatedBy: "```")[0])
    let findings = scene.check()
    #expect(findings.count >= 3)
    for finding in findings { #expect(finding.holds, "\(finding.description)") }
  }
}
