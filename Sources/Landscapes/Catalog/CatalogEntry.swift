/// A landscape of the catalog as plain data; each kind of problem has its own.
protocol CatalogEntry: Sendable {
  /// The name on the command line.
  var id: String { get }
  /// The name in lists and above the picture.
  var title: String { get }
  /// What to watch, in a line.
  var watch: String { get }
  /// The constants with the values that the catalog gives them.
  var constants: [Constant] { get }
  /// The plane that is shown unless asked otherwise; nil where there are two parameters.
  var plane: String? { get }
  /// Makes the landscape.
  func makeLandscape() throws(LandscapeError) -> Landscape
}

extension CatalogEntry {
  /// The landscape; that the catalog's own data are sound is tested.
  var landscape: Landscape {
    do {
      return try makeLandscape()
    } catch {
      preconditionFailure("the catalog's landscape '\(id)' cannot be made: \(error)")
    }
  }
}
