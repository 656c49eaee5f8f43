/// Symmetric α-stable noise in every coordinate: heavy tails, of infinite variance for α < 2.
///
/// Its characteristic function is exp(−|scale·k|^α): α = 2 is normal with variance 2·scale², α = 1 is Cauchy.
struct LevyNoise: NoiseSource {
  static var declaration: NoiseDeclaration {
    NoiseDeclaration(
      name: "levy", summary: "symmetric α-stable noise: heavy tails, of infinite variance for α < 2",
      arguments: [
        ArgumentDeclaration("alpha", "stability index", default: 1.5, in: 0.1...2),
        ArgumentDeclaration("scale", "scale", default: 1, in: 0...1e6),
        .toggle("independent", "whether every entry has its own draws", default: false),
      ],
      citation: "Chambers, Mallows & Stuck 1976, doi:10.1080/01621459.1976.10480344")
  }

  var dimension: Int? { nil }
  private let alpha: Double
  private let scale: Double

  init(_ arguments: Arguments) {
    alpha = arguments["alpha"]
    scale = arguments["scale"]
  }

  func draw(into noise: inout [Double], generator: Philox, step: Int, stream: UInt32) {
    for i in noise.indices {
      let (u, v) = generator.uniforms(step: step, stream: stream, index: i)
      noise[i] =
        scale
        * StableLaw.draw(alpha: alpha, angle: Double.pi * (u - 0.5), waiting: -Elementary.log(v))
    }
  }
}
