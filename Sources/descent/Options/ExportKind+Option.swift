import Exports
import OptimizerCore

extension ExportKind {
  /// What each file is to hold.
  static func kinds(of paths: [String]) throws -> [ExportKind] {
    let endings = ExportKind.allCases.map(\.ending).joined(separator: ", ")
    guard !paths.isEmpty else {
      throw Failure(.usage, "name a file to write; its ending says what: \(endings)")
    }
    return try paths.map { path in
      guard let kind = ExportKind(path: path) else {
        throw Failure(
          .usage, "'\(Excerpt.of(path))' must end in one of \(endings), which says what to write")
      }
      return kind
    }
  }
}
