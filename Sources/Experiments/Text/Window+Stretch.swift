package import Landscapes

extension Window {
  /// What is said of a picture of so many units, since angles and slopes in it are not those of the landscape; nil where it
  /// has one scale for both axes.
  package func stretchWords(width: Double, height: Double) -> String? {
    guard !isToScale else { return nil }
    let ratio = (width / self.width) / (height / self.height)
    return ratio >= 1
      ? "x stretched \(NumberText.brief(ratio)):1" : "y stretched \(NumberText.brief(1 / ratio)):1"
  }
}
