import Experiments
import Glibc
package import Landscapes
import OptimizerCore

/// Where scenes are found: a path, a folder of the user's, the installed ones, those built into the binary.
public struct SceneLibrary: Sendable {
  /// Why there is no scene of a name.
  public enum Failure: Error, Sendable {
    /// No file and no scene is called that.
    case notFound(message: String)
    /// The file is there and cannot be read.
    case unreadable(message: String)
    /// The document is wrong.
    case malformed(SceneErrors)
  }

  /// Folders searched by name, in order.
  public let folders: [String]

  /// A library that searches these folders before the bundled scenes.
  public init(folders: [String] = []) { self.folders = folders }

  /// The scene that opens when none is named, ready without reading YAML.
  public static let defaultName = "ravine"

  /// The names of all scenes, built in or in the folders, sorted.
  public var names: [String] {
    var names = Set(BundledScenes.documents.map(\.name))
    for folder in folders { names.formUnion(SceneLibrary.names(in: folder)) }
    return names.sorted()
  }

  /// Finds and reads a scene: `name` is a path, or the name of a scene without its extension.
  public func scene(_ name: String) throws(Failure) -> Scene {
    if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return try SceneLibrary.scene(atPath: name)
    }
    for folder in folders {
      let path = "\(folder)/\(name).yaml"
      if access(path, F_OK) == 0 { return try SceneLibrary.scene(atPath: path, isNamed: false) }
    }
    if let document = BundledScenes.documents.first(where: { $0.name == name }) {
      return try SceneLibrary.scene(of: document.text, file: "\(name).yaml", name: name, isBundled: true)
    }
    if access(name, F_OK) == 0 { return try SceneLibrary.scene(atPath: name) }
    throw .notFound(message: "no scene '\(Excerpt.of(name))'\(Spelling.suggestion(for: name, in: names))")
  }

  /// The scenes that have a place in the course, in order; of equal places by name.
  ///
  /// One that cannot be read is an error, wherever it would stand.
  public func course() throws(Failure) -> [Scene] {
    var scenes: [(order: Double, scene: Scene)] = []
    for name in names {
      let scene = try scene(name)
      if let order = scene.order { scenes.append((order, scene)) }
    }
    return scenes.sorted { ($0.order, $0.scene.name) < ($1.order, $1.scene.name) }.map(\.scene)
  }

  /// Decodes a document.
  public static func scene(of text: String, file: String, name: String) throws(Failure) -> Scene {
    try scene(of: text, file: file, name: name, isBundled: false)
  }

  private static func scene(
    of text: String, file: String, name: String, isBundled: Bool
  ) throws(Failure) -> Scene {
    let decoder = SceneDecoder(file: file, isBundled: isBundled)
    do {
      return try decoder.decode(text, name: name)
    } catch {
      throw .malformed(error)
    }
  }

  /// - Parameter isNamed: whether somebody named the file itself, which then may be a pipe.
  private static func scene(atPath path: String, isNamed: Bool = true) throws(Failure) -> Scene {
    let text = try text(atPath: path, isNamed: isNamed)
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    return try scene(of: text, file: path, name: name)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(String(name.dropLast(5))) }
    }
    return names
  }

  /// The most bytes of a file of data.
  private static let mostData = 256 << 20

  /// Reads a file of data: one that a landscape's text names.
  package static let dataFiles: LandscapeText.FileReader = {
    @Sendable (path: String) throws(DataError) -> [UInt8] in
    do throws(Failure) {
      let bytes = try bytes(atPath: path, isNamed: true, limit: mostData)
      guard bytes.count <= mostData else {
        throw .unreadable(message: "'\(path)' is larger than \(mostData >> 20) MiB")
      }
      return bytes
    } catch {
      switch error {
      case .notFound(let message), .unreadable(let message): throw DataError(message)
      case .malformed(let errors): throw DataError("\(errors)")
      }
    }
  }

  /// The same for paths that are relative to the folder of another file.
  static func dataFiles(beside file: String) -> LandscapeText.FileReader {
    guard let slash = file.lastIndex(of: "/") else { return dataFiles }
    let folder = String(file[...slash])
    return { @Sendable (path: String) throws(DataError) -> [UInt8] in
      try dataFiles(path.hasPrefix("/") ? path : folder + path)
    }
  }

  /// The text of a scene's file.
  private static func text(atPath path: String, isNamed: Bool) throws(Failure) -> String {
    let bytes = try bytes(atPath: path, isNamed: isNamed, limit: SceneDecoder.sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(SceneErrors([SceneError(file: path, message: "not text in UTF-8")]))
    }
    return text
  }

  /// The bytes of a file, of which no more is read than a byte beyond the limit.
  ///
  /// A pipe is read to its end, however long its writer takes; one that happens to lie in a folder of scenes is
  /// not waited for.
  private static func bytes(
    atPath path: String, isNamed: Bool, limit: Int
  ) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (isNamed ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      if errno == ENOENT { throw .notFound(message: "no file '\(path)'") }
      throw .unreadable(message: "cannot read '\(path)': \(reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw .unreadable(message: "'\(path)' is a folder; name a file in it")
    }
    guard isNamed || status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(message: "'\(path)' is no plain file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // One byte beyond the limit is enough to see that it is passed.
    while bytes.count <= limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(message: "cannot read '\(path)': \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[0..<count])
    }
    return bytes
  }
}
