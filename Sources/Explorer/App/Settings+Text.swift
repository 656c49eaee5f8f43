import Canvas
import OptimizerCore
import Scenes

/// Settings as a text: lines `key: value`, a subset of YAML.
extension Settings {
  /// A setting as it is written: its key, the words for its values, which one holds, and how to take another.
  private struct Line {
    let key: String
    let words: [String]
    let index: @Sendable (Settings) -> Int
    let set: @Sendable (inout Settings, Int) -> Void
  }

  private static let lines: [Line] = [
    Line(
      key: "theme", words: Theme.allCases.map(\.rawValue),
      index: { Theme.allCases.firstIndex(of: $0.theme) ?? 0 }, set: { $0.theme = Theme.allCases[$1] }),
    Line(
      key: "glyphs", words: GlyphSet.allCases.map(\.rawValue),
      index: { GlyphSet.allCases.firstIndex(of: $0.glyphs ?? .auto) ?? 0 },
      set: { $0.glyphs = GlyphSet.allCases[$1] == .auto ? nil : GlyphSet.allCases[$1] }),
    Line(
      key: "panels", words: ["shown", "hidden"], index: { $0.hidesPanels ? 1 : 0 },
      set: { $0.hidesPanels = $1 == 1 }),
    Line(
      key: "curve", words: ["steps", "evaluations"], index: { $0.curveByEvaluations ? 1 : 0 },
      set: { $0.curveByEvaluations = $1 == 1 }),
    Line(
      key: "scale", words: CurveAxes.allCases.map(\.rawValue),
      index: { CurveAxes.allCases.firstIndex(of: $0.curveAxes) ?? 0 },
      set: { $0.curveAxes = CurveAxes.allCases[$1] }),
  ]

  /// Reads settings; what a text does not say is as it is for someone who has none.
  package init(text: String) throws(SettingsError) {
    self.init()
    var seen: Set<String> = []
    for (index, line) in Settings.rows(of: text).enumerated() {
      guard let (key, value) = try Settings.parts(of: line, number: index + 1) else { continue }
      guard let known = Settings.lines.first(where: { $0.key == key }) else {
        let keys = Settings.lines.map(\.key)
        throw SettingsError(
          line: index + 1,
          message: "unknown key '\(Excerpt.of(key))'"
            + Spelling.suggestion(
              for: key, in: keys, otherwise: "; the keys are \(keys.joined(separator: ", "))"))
      }
      guard seen.insert(key).inserted else {
        throw SettingsError(line: index + 1, message: "\(key) is given twice")
      }
      guard let place = known.words.firstIndex(of: value) else {
        let all = known.words.dropLast().joined(separator: ", ") + " or " + (known.words.last ?? "")
        throw SettingsError(
          line: index + 1,
          message: "\(key) must be \(all), got '\(Excerpt.of(value))'"
            + Spelling.suggestion(for: value, in: known.words))
      }
      known.set(&self, place)
    }
  }

  /// The text with these settings in it: lines that say something else are replaced, those that are missing are added where
  /// they differ from what holds without them, and everything else stays as it is.
  public func text(updating old: String) -> String {
    var rows = Settings.rows(of: old)
    while rows.last == "" { rows.removeLast() }
    if rows.isEmpty { rows = ["# What descent remembers of its looks; --no-config leaves it aside."] }
    for line in Settings.lines {
      let word = line.words[line.index(self)]
      let place = rows.indices.first { row in
        (try? Settings.parts(of: rows[row], number: row))??.key == line.key
      }
      if let place {
        if (try? Settings.parts(of: rows[place], number: place))??.value != word {
          rows[place] = "\(line.key): \(word)"
        }
      } else if line.index(self) != line.index(Settings()) {
        rows.append("\(line.key): \(word)")
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static func rows(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  /// The key and the value of a line; nil for one that says nothing.
  private static func parts(of line: String, number: Int) throws(SettingsError) -> (
    key: String, value: String
  )? {
    var characters = Array(line)
    // A byte order mark, as some editors leave it.
    if number == 1, characters.first == "\u{feff}" { characters.removeFirst() }
    if let hash = characters.indices.first(where: {
      characters[$0] == "#" && ($0 == 0 || characters[$0 - 1] == " " || characters[$0 - 1] == "\t")
    }) {
      characters.removeSubrange(hash...)
    }
    let trimmed = trimmed(characters[...])
    if trimmed.isEmpty || number == 1 && trimmed == "---" { return nil }
    guard let colon = trimmed.firstIndex(of: ":"), trimmed.first != "-", trimmed.first != "{" else {
      throw SettingsError(
        line: number, message: "a line reads 'key: value', such as theme: light, got '\(Excerpt.of(trimmed))'"
      )
    }
    var value = Self.trimmed(Array(trimmed[trimmed.index(after: colon)...])[...])
    if value.count >= 2, let quote = value.first, quote == value.last, quote == "'" || quote == "\"" {
      value = String(value.dropFirst().dropLast())
    }
    return (Self.trimmed(Array(trimmed[..<colon])[...]), value)
  }

  private static func trimmed(_ characters: ArraySlice<Character>) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(characters.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
