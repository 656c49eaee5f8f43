import Glibc
import Scenes

extension SceneLibrary {
  /// The library of this process: `DESCENT_SCENES`, the folder installed beside the binary, the bundled scenes.
  static var standard: SceneLibrary {
    var folders: [String] = []
    if let folder = Environment.variable("DESCENT_SCENES"), !folder.isEmpty {
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
