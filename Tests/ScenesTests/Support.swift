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
