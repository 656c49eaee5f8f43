import Landscapes

/// Something that an expectation can ask of the landscape: `landscape.lowest`.
struct LandscapeQuantity: Sendable {
  let name: String
  /// Whether it is asked at a point of the picture.
  let isAtPoint: Bool
  /// In a few words.
  let meaning: String
  let value: @Sendable (Landscape, Point) -> Double?

  static let all: [LandscapeQuantity] = [
    LandscapeQuantity(name: "lowest", isAtPoint: false, meaning: "the loss at the lowest known minimum") {
      landscape, _ in landscape.minimisers.map { landscape.value(at: $0) }.min()
    },
    LandscapeQuantity(name: "value", isAtPoint: true, meaning: "the loss") { $0.value(at: $1) },
    LandscapeQuantity(name: "gradient_norm", isAtPoint: true, meaning: "the length of the gradient") {
      $0.gradient(at: $1).norm
    },
    LandscapeQuantity(
      name: "curvature_min", isAtPoint: true, meaning: "the smallest eigenvalue of the Hessian"
    ) {
      $0.curvatures(at: $0.lift($1)).smaller
    },
    LandscapeQuantity(
      name: "curvature_max", isAtPoint: true, meaning: "the largest eigenvalue of the Hessian"
    ) {
      $0.curvatures(at: $0.lift($1)).larger
    },
  ]
}
