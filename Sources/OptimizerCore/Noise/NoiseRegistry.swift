/// Every gradient noise there is, a line each.
public enum NoiseRegistry {
  /// All of them; `none` is not among them.
  public static let all: [NoiseEntry] = [
    .noise(GaussianNoise.self),
    .noise(LevyNoise.self),
    .noise(MinibatchNoise.self),
  ]
}
