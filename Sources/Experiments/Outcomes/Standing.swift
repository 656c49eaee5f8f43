import Landscapes

/// Where a run stands, judged alike for single runs, runs side by side, rain and maps.
package enum Standing: Sendable, Hashable {
  /// On its way.
  case moving
  /// At rest with a vanishing gradient and no negative curvature; the number (from 1) of the known minimum, if it is one.
  case minimum(Int?)
  /// At rest with negative curvature, or at a known saddle, whose curvature may vanish.
  case saddle(smallestCurvature: Double)
  /// At rest where the curvature is negative in every direction.
  case maximum(largestCurvature: Double)
  /// The gradient has vanished, and so has the curvature.
  case plateau
  /// Too far away, or not finite.
  case diverged
}
