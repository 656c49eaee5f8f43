import OptimizerCore

/// The size of a frame in cells.
struct FrameSize {
  var width: Int
  var height: Int

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
  }

  /// Reads columns and rows, such as 120x36.
  init(_ text: String) throws {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
      (1...1000).contains(height)
    else {
      throw Failure(
        .usage, "--size takes columns and rows from 1 to 1000, such as 120x36, got '\(Excerpt.of(text))'")
    }
    (self.width, self.height) = (width, height)
  }
}
