import Glibc

/// Writes a Swift file that holds the text of the scenes in a folder.
@main
struct SceneEmbedder {
  static func main() {
    guard CommandLine.arguments.count == 3 else { fail("usage: SceneEmbedder OUTPUT FOLDER") }
    let folder = CommandLine.arguments[2]
    var source =
      "/// The documents of `scenes/` as they were when the binary was built.\nenum BundledScenes {\n"
    source += "  static let documents: [(name: String, text: String)] = [\n"
    for name in names(in: folder) {
      source += "    (\(literal(name)), \(literal(text(of: "\(folder)/\(name).yaml")))),\n"
    }
    source += "  ]\n}\n"
    let output = CommandLine.arguments[1]
    guard let file = fopen(output, "w") else { fail("cannot write \(output)") }
    fputs(source, file)
    guard fclose(file) == 0 else { fail("cannot write \(output)") }
  }

  /// The names of the scenes in a folder, sorted, without their extension.
  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { fail("cannot read \(folder)") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
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
