/// Normal noise: isotropic of standard deviation σ, or with a covariance matrix Σ in two dimensions; over a batch of b
/// the covariance is divided by b.
struct GaussianNoise: NoiseSource {
  static var declaration: NoiseDeclaration {
    NoiseDeclaration(
      name: "gaussian", summary: "normal noise, isotropic or with a covariance; a batch of b divides it by b",
      arguments: [
        ArgumentDeclaration("sigma", "standard deviation of one sample", default: 1, in: 0...1e6),
        ArgumentDeclaration("batch", "samples averaged", kind: .integer, default: 1, in: 1...1e9),
        .toggle("independent", "whether every entry has its own draws", default: false),
        ArgumentDeclaration("xx", "variance along x", default: 0, in: 0...1e12),
        ArgumentDeclaration("xy", "covariance of x and y", default: 0, in: -1e12...1e12),
        ArgumentDeclaration("yy", "variance along y", default: 0, in: 0...1e12),
      ],
      citation: "")
  }

  let dimension: Int?
  // The lower triangle of Cholesky's factor in two dimensions; the first number alone otherwise.
  private let factor: (xx: Double, yx: Double, yy: Double)

  init(_ arguments: Arguments) throws(SpecError) {
    let root = arguments["batch"].squareRoot()
    guard arguments.has("xx") || arguments.has("xy") || arguments.has("yy") else {
      dimension = nil
      factor = (arguments["sigma"] / root, 0, 0)
      return
    }
    guard !arguments.has("sigma") else {
      throw SpecError("gaussian takes either sigma or the covariance xx, xy, yy, not both")
    }
    let (xx, xy, yy) = (arguments["xx"], arguments["xy"], arguments["yy"])
    guard xx * yy >= xy * xy else {
      throw SpecError(
        "a covariance needs xy² ≤ xx·yy, got xx=\(xx.shortest), xy=\(xy.shortest), yy=\(yy.shortest)")
    }
    dimension = 2
    let l = xx.squareRoot()
    let m = l > 0 ? xy / l : 0
    factor = (l / root, m / root, max(yy - m * m, 0).squareRoot() / root)
  }

  func draw(into noise: inout [Double], generator: Philox, step: Int, stream: UInt32) {
    if dimension == 2 {
      let (a, b) = generator.normals(step: step, stream: stream, index: 0)
      noise[0] = factor.xx * a
      noise[1] = factor.yx * a + factor.yy * b
      return
    }
    for pair in 0..<(noise.count + 1) / 2 {
      let (a, b) = generator.normals(step: step, stream: stream, index: pair)
      noise[2 * pair] = factor.xx * a
      if 2 * pair + 1 < noise.count { noise[2 * pair + 1] = factor.xx * b }
    }
  }
}
