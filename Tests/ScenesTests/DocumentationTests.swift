import Foundation
import OptimizerCore
import Testing
import TestSupport

@testable import Scenes

/// The pages on the format and on expectations are made from the tables that the program reads by;
/// DESCENT_RECORD=1 writes them anew.
struct DocumentationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Scenes/Scenes.docc")

  private static func cell(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }

  /// A page as the documentation has it.
  static func markdown(of page: ReferencePage, title: String, overview: String) -> String {
    var text = "# \(title)\n\n\(page.summary)\n\n## Overview\n\n\(overview)\n"
    for section in page.sections {
      text += "\n### \(section.title)\n\n"
      if !section.text.isEmpty { text += "\(section.text)\n" }
      guard !section.rows.isEmpty else { continue }
      text += (section.text.isEmpty ? "" : "\n") + "| \(section.columns.joined(separator: " | ")) |\n"
      text += "|" + String(repeating: "---|", count: section.columns.count) + "\n"
      for row in section.rows {
        let form = section.columns.count == 3 ? " \(cell(row.form)) |" : ""
        text += "| `\(cell(row.term))` |\(form) \(cell(row.meaning)) |\n"
      }
    }
    return text
  }

  static let pages: [(file: String, text: String)] = [
    (
      "SceneFormat.md",
      markdown(
        of: SceneFormat.reference, title: "The format of scenes",
        overview:
          "This page is made from the table by which documents are read; the tests fail when the two differ. `descent describe\nscenes` shows the same."
      )
    ),
    (
      "Expectations.md",
      markdown(
        of: Expectation.reference, title: "Expectations",
        overview:
          "This page is made from the tables by which expectations are read; the tests fail when the two differ. `descent describe\nexpectations` shows the same."
      )
    ),
  ]

  @Test(arguments: pages) func pagesAgreeWithTheTables(file: String, text: String) throws {
    try RecordedText.expect(text, in: Self.folder.appending(path: file))
  }

  /// Whatever the page of expectations shows can be written as it stands there.
  @Test func everyFormOfExpectationsIsRead() throws {
    let head = "landscape: {name: ravine, kappa: 100}\nstart: [1, 10]\noptimizers: [sgd, adam]\nsteps: 400\n"
    let isShown = ["Operators of expectations", "Functions of numbers", "Values"]
    var count = 0
    for section in Expectation.reference.sections where section.columns.first != "quantity" {
      for row in section.rows {
        count += 1
        // A number is compared to make a statement of it.
        let readings = [row.term, "\(row.term) > 1"].filter {
          (try? scene(head + "expect:\n  - '\($0)'\n")) != nil
        }
        #expect(!readings.isEmpty, "\(section.title): \(row.term)")
      }
    }
    #expect(
      count > 30
        && isShown.allSatisfy { title in Expectation.reference.sections.contains { $0.title == title } })
    for section in Expectation.reference.sections where section.columns.first == "quantity" {
      #expect(!section.rows.isEmpty)
    }
  }

  /// Every function that a call may name is on the page.
  @Test func everyCallIsOnThePage() {
    let terms = Expectation.reference.sections.flatMap(\.rows).map(\.term)
    for call in ExpectationParser.calls { #expect(terms.contains { $0.hasPrefix("\(call)(") }, "\(call)") }
    for name in RunQuantity.all.map(\.name) + LandscapeQuantity.all.map(\.name) {
      #expect(terms.contains { $0 == name || $0.hasPrefix("\(name)(") }, "\(name)")
    }
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
