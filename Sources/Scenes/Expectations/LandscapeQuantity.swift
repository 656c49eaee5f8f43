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
    LandscapeQuantity(name: "parameters", isAtPoint: false, meaning: "how many parameters it has") {
      landscape, _ in Double(landscape.dimension)
    },
    LandscapeQuantity(
      name: "forward", isAtPoint: false, meaning: "of a network, the multiplications of a row's way forward"
    ) { landscape, _ in network(landscape).map { Double($0.forwardMultiplications) } },
    LandscapeQuantity(
      name: "backward", isAtPoint: false,
      meaning: "of a network, those of the way back, for all slopes at once"
    ) { landscape, _ in network(landscape).map { Double($0.backwardMultiplications) } },
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

  private static func network(_ landscape: Landscape) -> Network? { landscape.network?.network }
}
