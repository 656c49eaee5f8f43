import Exports
import OptimizerCore

/// How many pixels a picture has for each unit of the figure, or for each tenth of a cell's width.
struct PixelScale {
  /// What is taken where nothing is asked for: sharp on a slide.
  private static let usual = 2.0
  /// The same of pictures that move, which have many frames.
  private static let usualOfAnimations = 1.0
  /// The most pixels of a picture.
  private static let pixelLimit = 60e6

  private let asked: Double?

  /// Reads a scale; nil for the usual one.
  init(_ text: String?) throws {
    guard let text else {
      asked = nil
      return
    }
    guard let value = Double(text), value >= 0.25, value <= 8 else {
      let wanted = Excerpt.wanted("between 0.25 and 8", for: text)
      throw Failure(.usage, "--scale must be \(wanted), got '\(Excerpt.of(text))'")
    }
    asked = value
  }

  /// The scale of a kind of picture, of cells in a frame of this size.
  ///
  /// - Throws: bad usage where it would have more pixels than anybody can look at.
  func value(of kind: ExportKind, _ size: FrameSize) throws -> Double {
    let scale = asked ?? (kind.isAnimation ? PixelScale.usualOfAnimations : PixelScale.usual)
    let pixels = Double(size.width * size.height) * 200 * scale * scale
    guard kind != .screenPicture || pixels <= PixelScale.pixelLimit else {
      throw Failure(
        .usage,
        "a picture of \(size.width)x\(size.height) cells would have \(Int(pixels / 1e6)) million pixels; "
          + "--size or --scale makes it smaller")
    }
    return scale
  }
}
