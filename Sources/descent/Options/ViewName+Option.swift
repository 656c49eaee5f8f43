import Explorer
import OptimizerCore
import Scenes

extension ViewName {
  /// The view of a name that `--view` was given.
  init(option name: String) throws {
    guard let view = ViewName(rawValue: name), Explorer.viewNames.contains(view) else {
      let names = Explorer.viewNames.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "--view must be one of \(names), got '\(Excerpt.of(name))'")
    }
    self = view
  }
}
