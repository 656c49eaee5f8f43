/// A noise as everybody else sees it.
public struct NoiseEntry: Sendable {
  /// Name, texts and arguments.
  public let declaration: NoiseDeclaration
  let make: @Sendable (Arguments) -> Result<any DeclaredNoise, SpecError>

  static func noise<Source: DeclaredNoise>(_ source: Source.Type) -> NoiseEntry {
    NoiseEntry(declaration: Source.declaration) { arguments in
      do throws(SpecError) {
        return .success(try Source(arguments))
      } catch {
        return .failure(error)
      }
    }
  }
}
