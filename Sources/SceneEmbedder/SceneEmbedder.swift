import Glibc

/// Writes a Swift file that holds the text of the scenes named on the command line.
@main
struct SceneEmbedder {
  static func main() {
    guard CommandLine.arguments.count >= 2 else { fail("usage: SceneEmbedder OUTPUT SCENE ...") }
    var source =
      "/// The documents of `scenes/` as they were when the binary was built.\nenum BundledScenes {\n"
    source += "  static let documents: [(name: String, text: String)] = [\n"
    for path in CommandLine.arguments.dropFirst(2) {
      var name = path.split(separator: "/").last.map(String.init) ?? path
      if name.hasSuffix(".yaml") { name.removeLast(5) }
      source += "    (\(literal(name)), \(literal(text(of: path)))),\n"
    }
    source += "  ]\n}\n"
    let output = CommandLine.arguments[1]
    guard let file = fopen(output, "w") else { fail("cannot write \(output)") }
    fputs(source, file)
    guard fclose(file) == 0 else { fail("cannot write \(output)") }
  }

  /// A Swift string literal in ASCII, whatever the text holds.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars { literal += scalar.escaped(asASCII: true) }
    return literal + "\""
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func fail(_ message: String) -> Never {
    fputs("SceneEmbedder: \(message)\n", stderrFile)
    exit(1)
  }

  private static var stderrFile: UnsafeMutablePointer<FILE> { fdopen(2, "w") }
}
