import Canvas
import Foundation
import Scenes
import TestSupport
import Testing

@testable import Explorer

/// The page of the keys is made from the table that the explorer reads its keys by; DESCENT_RECORD=1 writes it anew.
@Suite struct DocumentationTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Explorer/Explorer.docc/Keys.md")

  private static func table(_ bindings: [Binding]) -> String {
    let rows = bindings.map { binding in
      // A bar ends a cell, and a backslash within a code span is printed as it is.
      let keys = binding.shown.replacingOccurrences(of: "|", with: "\\|")
      return "| `\(keys)` | \(binding.does.replacingOccurrences(of: "|", with: "\\|")) |\n"
    }
    return "| key | what it does |\n|---|---|\n" + rows.joined()
  }

  private static func page() throws -> String {
    var page = """
      # Keys

      Every key of the explorer, of its views, and of lectures.

      ## Overview

      This page is made from the table by which keys are read; the tests fail when the two differ. `?` shows the same keys,
      those of the open view first, and says of a key that does nothing now why.

      """
    for group in Binding.Group.allCases {
      let bindings = KeyMap.bindings.filter { $0.group == group }
      guard !bindings.isEmpty else { continue }
      page += "\n### \(group.rawValue)\n\n" + table(bindings)
    }
    for view in Views.all {
      var explorer = try explorer("ravine")
      explorer.open(view.name)
      let own = explorer.ownBindings
      guard !own.isEmpty else { continue }
      let key = view.key.map { ", `\($0)`" } ?? ""
      page += "\n### In the view \(view.name.rawValue)\(key)\n\n\(view.title)\n\n" + table(own)
    }
    let lecture = Explorer(
      lecture: [try scene("ravine")], appearance: Appearance(), width: 120, height: 36)
    page += "\n### In a lecture\n\nAll other keys explore; Backspace is back at the beat.\n\n"
    return page + table(lecture.ownBindings)
  }

  @Test func pageAgreesWithTheKeyTable() throws {
    try RecordedText.expect(try Self.page(), in: Self.file)
  }

  /// The page of the views tells of every one that has a key, and of no key without a meaning.
  @Test func pageOfTheViewsTellsOfAll() throws {
    let page = try String(
      contentsOf: Self.file.deletingLastPathComponent().appending(path: "Views.md"), encoding: .utf8)
    let keys = page.matches(of: /(?m)^\| `(.)` \|/).compactMap { $0.1.first }
    #expect(Set(keys).isSuperset(of: Views.all.compactMap { $0.key }))
    for key in keys { #expect(KeyMap.action(for: .character(key)) != nil, "\(key)") }
  }
}
