import Foundation
import Testing

@testable import Scenes

/// The scene of a document called `s.yaml`.
func scene(_ text: String) throws -> Scene {
  try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
}

/// What is wrong with a document, a line an error; nothing if it is right.
func faults(_ text: String) -> [String] {
  do {
    _ = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
    return []
  } catch {
    guard case .malformed(let errors) = error else { return ["\(error)"] }
    return errors.errors.map(\.description)
  }
}

/// A folder of its own for a test, removed with it.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "descent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

  @discardableResult
  func write(_ data: Data, to name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file.path
  }
}

/// A small deterministic generator (SplitMix64).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
