import Landscapes
import OptimizerCore
import Scenes

extension Scene {
  /// A scene by path or name, or the failure that says what would be right.
  static func find(_ name: String) throws -> Scene {
    do {
      return try SceneLibrary.standard.scene(name)
    } catch {
      guard case .notFound(let message) = error else { throw Failure(error) }
      if LandscapeCatalog.named(name) != nil {
        throw Failure(
          .noInput,
          "no scene '\(Excerpt.of(name))'; the landscape of that name opens with --landscape \(name)")
      }
      let words = CommandName.allCases.map(\.rawValue)
      if let command = Spelling.nearest(to: name, in: words), !name.contains("/") {
        let scene =
          message.contains("did you mean") ? "\(message.dropLast()), or" : "\(message); did you mean"
        throw Failure(.noInput, "\(scene) the command '\(command)'?")
      }
      throw Failure(error)
    }
  }
}
