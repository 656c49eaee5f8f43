import Canvas
import Exports
import OptimizerCore
import Scenes

/// The pages of what can be written, as text and JSON.
extension ListText {
  static func description(_ page: ReferencePage) -> String {
    "\(page.title) (\(page.name)): \(page.summary)\n" + page.sections.map(description).joined()
  }

  private static func description(_ section: ReferencePage.Section) -> String {
    var text = "\n\(section.title)\n"
    let words = section.text.replacing("`", with: "")
    if !words.isEmpty { text += Text.wrapped(words, to: 78).map { "  \($0)\n" }.joined() }
    let forms = section.rows.map { Text.width(of: $0.form) }.max() ?? 0
    // A long form stands below what it is for.
    let hasColumn = forms > 0 && forms <= 32
    let terms = section.rows.map { Text.width(of: $0.term) }.max() ?? 0
    for row in section.rows {
      let column = hasColumn ? Text.padded(row.form, to: forms) + "  " : ""
      text += "  \(Text.padded(row.term, to: terms))  \(column)\(row.meaning)\n"
      if !hasColumn, !row.form.isEmpty { text += String(repeating: " ", count: terms + 4) + "\(row.form)\n" }
    }
    return text
  }

  static func json(_ page: ReferencePage) -> String {
    JSONText.object([
      ("name", JSONText.string(page.name)), ("title", JSONText.string(page.title)),
      ("summary", JSONText.string(page.summary)),
      (
        "sections",
        JSONText.array(
          page.sections.map { section in
            JSONText.object([
              ("title", JSONText.string(section.title)),
              ("text", JSONText.string(section.text.replacing("`", with: ""))),
              (
                "rows",
                JSONText.array(
                  section.rows.map {
                    JSONText.object([
                      ("term", JSONText.string($0.term)), ("form", JSONText.string($0.form)),
                      ("meaning", JSONText.string($0.meaning)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }
}
