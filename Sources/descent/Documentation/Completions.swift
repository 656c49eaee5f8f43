import Canvas
import Glibc
import Landscapes
import OptimizerCore
import Scenes

/// What a shell offers to complete: asked of the program at the moment, so that it is what there is.
enum Completions {
  /// The scenes by name, and the scene files of the folder.
  @Sendable static func scenes(_ words: [String], _ word: Int, _ prefix: String) -> [String] {
    safe(SceneLibrary.standard.names + files(beginning: prefix))
  }

  /// The landscapes of the catalog.
  @Sendable static func landscapes(_ words: [String], _ word: Int, _ prefix: String) -> [String] {
    LandscapeCatalog.names
  }

  /// The optimizers; a wrapper with its parenthesis.
  @Sendable static func optimizers(_ words: [String], _ word: Int, _ prefix: String) -> [String] {
    OptimizerRegistry.all.map { $0.isWrapper ? "\($0.about.id)(" : $0.about.id }
  }

  /// Everything that can be described.
  @Sendable static func names(_ words: [String], _ word: Int, _ prefix: String) -> [String] {
    OptimizerRegistry.all.map(\.about.id) + LandscapeCatalog.names
      + ScheduleRegistry.all.map(\.declaration.name) + ReferencePage.all.map(\.name)
      + safe(SceneLibrary.standard.names)
  }

  /// The names that can be shown as they are: the shell prints what it is offered.
  static func safe(_ names: [String]) -> [String] { names.filter { Text.sanitised($0) == $0 } }

  /// The folders and YAML files whose paths begin so.
  private static func files(beginning prefix: String) -> [String] {
    let slash = prefix.lastIndex(of: "/")
    let folder = slash.map { String(prefix[...$0]) } ?? ""
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var files: [String] = []
    while let entry = readdir(directory) {
      let isFolder = entry.pointee.d_type == 4
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if isFolder { files.append("\(folder)\(name)/") }
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { files.append(folder + name) }
    }
    return files.filter { $0.hasPrefix(prefix) }.sorted()
  }
}
