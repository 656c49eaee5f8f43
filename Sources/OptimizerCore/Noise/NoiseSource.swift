/// What a noise says about itself.
public struct NoiseDeclaration: Sendable, Hashable {
  /// The name in specs: `gaussian`.
  public let name: String
  /// The idea, in one line.
  public let summary: String
  /// Its arguments, in order.
  public let arguments: [ArgumentDeclaration]
  /// Where it comes from.
  public let citation: String
}

/// A distribution of gradient noise, declared once like an optimizer.
protocol NoiseSource: Sendable {
  /// Name, texts and arguments.
  static var declaration: NoiseDeclaration { get }
  /// From checked arguments; throws where they do not go together.
  init(_ arguments: Arguments) throws(SpecError)
  /// The dimension that it is made for, or nil if it serves any.
  var dimension: Int? { get }
  /// The noise of a step, a number a coordinate, from a counter-based generator.
  func draw(into noise: inout [Double], generator: Philox, step: Int, stream: UInt32)
}

/// A noise as everybody else sees it.
public struct NoiseEntry: Sendable {
  /// Name, texts and arguments.
  public let declaration: NoiseDeclaration
  let make: @Sendable (Arguments) -> Result<any NoiseSource, SpecError>

  static func noise<Source: NoiseSource>(_ source: Source.Type) -> NoiseEntry {
    NoiseEntry(declaration: Source.declaration) { arguments in
      do throws(SpecError) {
        return .success(try Source(arguments))
      } catch {
        return .failure(error)
      }
    }
  }
}

/// Every gradient noise there is, a line each.
public enum NoiseRegistry {
  /// All of them; `none` is not among them.
  public static let all: [NoiseEntry] = [
    .noise(GaussianNoise.self),
    .noise(LevyNoise.self),
  ]
}
