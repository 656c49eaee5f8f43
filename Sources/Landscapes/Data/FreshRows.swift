package import OptimizerCore
import Synchronization

/// Rows beyond those of a table, as many as wanted, from the recipe that made the table.
public final class FreshRows: Sendable {
  /// How many rows stand for all that there might be, where a mean over these is wanted.
  public static let heldOutCount = 8192
  /// The first of them: so far behind the table that no step sees them.
  private static let firstHeldOut = 1 << 60

  /// Why there are none; nil if there are.
  public let obstacle: String?
  private let generator: DataGenerator?
  private let tapes: [Tape]
  private let constants: [String: Double]
  private let count: Int
  private let seed: UInt64
  private let held = Mutex<DataTable?>(nil)

  /// Rows behind the first `count` of a source.
  init(_ source: DataSource, constants: [String: Double], after count: Int, seed: UInt64) {
    self.constants = constants
    self.count = count
    self.seed = seed
    guard case .recipe(_, let generator) = source else {
      obstacle = "these data come from a file"
      (self.generator, tapes) = (nil, [])
      return
    }
    let whole = generator.wholeObstacle
    let compiled = whole == nil ? try? generator.tapes() : nil
    obstacle = compiled == nil ? whole ?? "these data cannot be made" : nil
    (self.generator, tapes) = (generator, compiled ?? [])
  }

  /// The rows of a batch; nil where there are none, or one of them is not finite.
  func table(_ batch: Batch.Fresh, count rows: Int) -> DataTable? {
    guard obstacle == nil, let generator else { return nil }
    return try? generator.table(
      from: count + batch.first, rows: rows, seed: batch.seed, constants: constants, tapes: tapes)
  }

  /// Rows that no step ever sees, always the same; nil where there are none.
  public var heldOut: DataTable? {
    held.withLock { kept in
      if kept == nil {
        kept = table(
          Batch.Fresh(seed: seed, first: Self.firstHeldOut), count: Self.heldOutCount)
      }
      return kept
    }
  }
}
