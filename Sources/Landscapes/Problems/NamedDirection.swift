internal import OptimizerCore

/// A direction from the start of a problem that has a name, for planes.
public struct NamedDirection: Sendable {
  /// The word by which it is asked for.
  public let name: String
  /// What it is, in a few words.
  public let meaning: String
  /// The direction at the start, of any length; it may be 0, and then it spans no plane.
  let vector: @Sendable (_ problem: any Problem, _ start: [Double]) -> [Double]

  /// A direction by its name.
  public init(
    _ name: String, _ meaning: String,
    vector: @escaping @Sendable (_ problem: any Problem, _ start: [Double]) -> [Double]
  ) {
    self.name = name
    self.meaning = meaning
    self.vector = vector
  }

  /// Directions that every problem with a known minimiser has; without one, all but the first.
  public static let standard: [NamedDirection] = [minimum, gradient, sharpest, flattest]

  /// From the start to the first known minimiser.
  public static let minimum = NamedDirection("minimum", "from the start to the minimum") { problem, start in
    problem.minimisers.first.map { zip($0, start).map { $0 - $1 } } ?? start.map { _ in 0 }
  }
  /// Along the gradient.
  public static let gradient = NamedDirection("gradient", "the gradient at the start") { problem, start in
    problem.gradient(at: start, step: 0)
  }
  /// Along the eigenvector of the largest eigenvalue of the Hessian.
  public static let sharpest = NamedDirection("sharpest", "of largest curvature") { problem, start in
    problem.principalDirections(at: start, step: 0).sharpest
  }
  /// Along the eigenvector of the smallest eigenvalue of the Hessian.
  public static let flattest = NamedDirection("flattest", "of smallest curvature") { problem, start in
    problem.principalDirections(at: start, step: 0).flattest
  }

  /// The most random directions that have a name.
  static let mostRandom = 9

  /// A random direction in which every row of a matrix of weights is as long as that row is at the start, so that layers
  /// of large and small weights are shaken alike; no bias moves. Li et al. 2018, arXiv:1712.09913.
  static func random(_ number: Int, layout: ParameterLayout) -> NamedDirection {
    NamedDirection("random\(number)", "random, as long as the weights row by row") { _, start in
      let generator = Philox(seed: UInt64(number))
      var direction = [Double](repeating: 0, count: start.count)
      for layer in layout.layers {
        let block = layout.blocks[layer.weights]
        for row in 0..<block.rows {
          let places = block.offset + row * block.columns..<block.offset + (row + 1) * block.columns
          for place in places { direction[place] = generator.normals(step: 0, stream: 1, index: place).0 }
          let (length, wanted) = (direction[places].euclideanNorm, start[places].euclideanNorm)
          for place in places { direction[place] *= length > 0 ? wanted / length : 0 }
        }
      }
      return direction
    }
  }
}
