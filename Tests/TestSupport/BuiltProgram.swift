import Foundation
import Glibc

/// Programs that tests run.
package enum BuiltProgram {
  /// The program that was built beside the tests.
  package static let descent: String = {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    // The tests may run inside a helper of the toolchain; then the folder of the products is the bundle's.
    let bundles = CommandLine.arguments.compactMap { argument -> URL? in
      let parts = URL(fileURLWithPath: argument).pathComponents
      guard let bundle = parts.firstIndex(where: { $0.hasSuffix(".xctest") }) else { return nil }
      return URL(fileURLWithPath: parts[...bundle].joined(separator: "/"))
    }
    let places = ([executable] + bundles).map {
      $0.deletingLastPathComponent().appending(path: "descent").path
    }
    return places.first { access($0, X_OK) == 0 } ?? places[0]
  }()

  /// tmux, where it is installed.
  package static let tmux: String? = (["/usr/bin/tmux", "/usr/local/bin/tmux"] as [String]).first {
    access($0, X_OK) == 0
  }
}
