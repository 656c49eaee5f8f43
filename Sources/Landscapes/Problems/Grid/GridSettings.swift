internal import OptimizerCore

/// What a measured landscape's text says: `grid(surface.npy, x=-2:2, y=-1:3)`.
struct GridSettings: Sendable, Hashable {
  /// The file.
  let path: String
  /// Where the first and the last column are, which may be the other way round; nil where the file says it or nobody does.
  private(set) var x: Ends?
  /// Where the first and the last row are.
  private(set) var y: Ends?

  /// The two ends of an axis.
  struct Ends: Sendable, Hashable {
    let first: Double
    let last: Double
  }

  /// Reads what stands between the parentheses: a path, which may hold commas, and the axes behind it.
  init(_ text: String) throws(LandscapeError) {
    var path = text.withoutBlanks
    var given: [String: Ends] = [:]
    while let comma = path.lastIndex(of: ",") {
      let argument = path[path.index(after: comma)...].withoutBlanks
      guard let name = ["x", "y"].first(where: { argument.hasPrefix($0 + "=") }) else { break }
      guard given[name] == nil else { throw LandscapeError("grid has '\(name)' twice") }
      given[name] = try Self.ends(argument.dropFirst(2), name)
      path = path[..<comma].withoutBlanks
    }
    guard !path.isEmpty else {
      throw LandscapeError(
        "grid needs a file, such as grid(surface.csv) or grid(surface.npy, x=-2:2, y=-1:3)")
    }
    self.path = path
    (x, y) = (given["x"], given["y"])
  }

  private static func ends(_ text: Substring, _ name: String) throws(LandscapeError) -> Ends {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = Double(written: parts[0]), let last = Double(written: parts[1]),
      first != last
    else {
      throw LandscapeError(
        "\(name) of a grid takes its two ends, such as \(name)=-2:2, got '\(Excerpt.of(text))'")
    }
    return Ends(first: first, last: last)
  }

  /// The text that reads back as the same.
  var text: String {
    let axes = [("x", x), ("y", y)].compactMap { name, ends in
      ends.map { "\(name)=\($0.first.shortest):\($0.last.shortest)" }
    }
    return "grid(\(([path] + axes).joined(separator: ", ")))"
  }
}
