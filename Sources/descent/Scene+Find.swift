import ArgumentParser
import Glibc
import Landscapes
import OptimizerCore
import Scenes

extension SceneLibrary {
  /// The library of this process: `DESCENT_SCENES`, the folder installed beside the binary, the bundled scenes.
  static var standard: SceneLibrary {
    var folders: [String] = []
    if let folder = getenv("DESCENT_SCENES").map({ String(cString: $0) }), !folder.isEmpty {
      folders.append(folder)
    }
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    if count > 0 {
      let binary = String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let parts = binary.split(separator: "/")
      if parts.count >= 2, parts[parts.count - 2] == "bin" {
        folders.append("/" + (parts.dropLast(2) + ["share", "descent", "scenes"]).joined(separator: "/"))
      }
    }
    return SceneLibrary(folders: folders)
  }
}

extension Scene {
  /// A scene by path or name, or the failure that says what would be right.
  static func find(_ name: String) throws -> Scene {
    do {
      return try SceneLibrary.standard.scene(name)
    } catch {
      switch error {
      case .notFound(let message):
        if LandscapeCatalog.named(name) != nil {
          throw Failure(
            .noInput,
            "no scene '\(Excerpt.of(name))'; the landscape of that name opens with --landscape \(name)")
        }
        let words = Descent.configuration.subcommands.map { $0._commandName }
        if let command = Spelling.nearest(to: name, in: words), !name.contains("/") {
          let scene =
            message.contains("did you mean") ? "\(message.dropLast()), or" : "\(message); did you mean"
          throw Failure(.noInput, "\(scene) the command '\(command)'?")
        }
        throw Failure(
          .noInput, message + (message.hasSuffix("?") ? "" : "; `descent list scenes` names them all"))
      case .unreadable(let message): throw Failure(.noInput, message)
      case .malformed(let errors): throw Failure(.data, errors.description)
      }
    }
  }
}
