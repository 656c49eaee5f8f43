import Synchronization

/// Curvatures at the points of parameters that were asked about last, shared by all copies of a problem.
final class CurvatureMemory: Sendable {
  /// The most points that are kept: a race has up to nine runs.
  private static let most = 24

  private struct Known {
    let parameters: [Double]
    let extremes: ExtremeCurvatures
    let detail: ExtremeCurvatures.Detail
  }

  private let known = Mutex<[Known]>([])

  /// What is known of a point, or what `compute` finds.
  func extremes(
    at parameters: [Double], _ detail: ExtremeCurvatures.Detail, _ compute: () -> ExtremeCurvatures
  ) -> ExtremeCurvatures {
    let found = known.withLock { known in
      known.last { $0.detail >= detail && $0.parameters == parameters }?.extremes
    }
    if let found { return found }
    // Not under the lock: others may ask about other points meanwhile.
    let computed = compute()
    known.withLock { known in
      if known.count >= Self.most { known.removeFirst() }
      known.append(Known(parameters: parameters, extremes: computed, detail: detail))
    }
    return computed
  }
}
