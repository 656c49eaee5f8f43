import Canvas
import Experiments

extension Quantity {
  /// Its colour.
  func colour(in palette: Palette) -> Colour { palette.letter(rawValue) }
}
