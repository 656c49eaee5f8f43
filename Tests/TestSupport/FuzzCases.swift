import Foundation

/// Random cases, each from a seed of its own: `DESCENT_FUZZ=5000 swift test --filter FuzzTests` makes so many, from the seed in
/// `DESCENT_FUZZ_SEED` on (1 if there is none), and names each case on standard error before it is tried: one that ends the
/// tests is the last.
package enum FuzzCases {
  private static let environment = ProcessInfo.processInfo.environment
  private static let wanted = environment["DESCENT_FUZZ"].flatMap { Int($0) }
  private static let first = environment["DESCENT_FUZZ_SEED"].flatMap { Int($0) } ?? 1

  /// The seeds to try: a few of the suite's own, or as many as were asked for.
  package static func seeds(_ few: Int) -> Range<Int> { first..<(first + (wanted ?? few)) }

  /// Names a case.
  package static func begin(_ name: String) {
    guard wanted != nil else { return }
    FileHandle.standardError.write(Data("\(name)\n".utf8))
  }
}
