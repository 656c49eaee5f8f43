import Foundation
import Testing

/// One file of the repository, by its path from the root.
struct Source: CustomTestStringConvertible {
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let path: String
  let text: String
  /// The text without comments and string literals, so that words in prose do not count. Lines stay where they are.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = path.hasPrefix("Sources/") ? Source.code(of: text) : ""
  }

  var target: String { path.split(separator: "/")[1].description }
  var testDescription: String { path }

  /// The name of the file without folder and ending.
  var stem: String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  var lineCount: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  /// The modules it imports.
  var imports: [String] {
    code.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ").map(String.init)
      words.removeAll {
        ["public", "internal", "private", "fileprivate", "package"].contains($0) || $0.hasPrefix("@")
      }
      guard words.first == "import", words.count >= 2 else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      return kinds.contains(words[1]) ? words.last : words[1].split(separator: ".").first.map(String.init)
    }
  }

  /// The words of the code: letters, digits and underscores.
  var words: Set<String> {
    Set(
      code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }

  static func files(in folder: String, extensions: Set<String> = ["swift"]) -> [Source] {
    let base = root.appending(path: folder)
    guard let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
      return []
    }
    var files: [Source] = []
    for case let url as URL in found {
      if url.lastPathComponent.hasPrefix(".") {
        found.skipDescendants()
        continue
      }
      guard extensions.contains(url.pathExtension), let text = try? String(contentsOf: url, encoding: .utf8)
      else {
        continue
      }
      files.append(Source(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
    }
    return files.sorted { $0.path < $1.path }
  }

  static func code(of text: String) -> String {
    let bytes = Array(text.utf8)
    var code: [UInt8] = []
    var i = 0
    func starts(_ mark: StaticString) -> Bool {
      guard i + mark.utf8CodeUnitCount <= bytes.count else { return false }
      return (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[i + $0] == mark.utf8Start[$0] }
    }
    func skip(past mark: StaticString) {
      while i < bytes.count, !starts(mark) {
        if bytes[i] == UInt8(ascii: "\n") { code.append(bytes[i]) }
        i += 1
      }
      i += mark.utf8CodeUnitCount
    }
    while i < bytes.count {
      if starts("//") {
        while i < bytes.count, bytes[i] != UInt8(ascii: "\n") { i += 1 }
      } else if starts("/*") {
        skip(past: "*/")
      } else if starts("\"\"\"") {
        i += 3
        skip(past: "\"\"\"")
        code += Array("\"\"".utf8)
      } else if starts("\"") {
        i += 1
        var depth = 0
        while i < bytes.count, depth > 0 || !starts("\"") {
          // An interpolation may hold literals of its own; its code counts.
          if starts("\\(") {
            depth += 1
            i += 2
            code.append(UInt8(ascii: "("))
            continue
          }
          if depth > 0 {
            if starts("(") { depth += 1 }
            if starts(")") { depth -= 1 }
            code.append(bytes[i])
          } else if starts("\\") {
            i += 1
          }
          i += 1
        }
        i += 1
        code += Array("\"\"".utf8)
      } else {
        code.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: code, as: UTF8.self)
  }
}
