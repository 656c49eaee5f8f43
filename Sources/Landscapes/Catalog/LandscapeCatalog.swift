import OptimizerCore

/// The landscapes that come with the program.
public enum LandscapeCatalog {
  /// The entries of each kind of problem, in the order of the documentation. A kind is made when it is looked into: who
  /// opens a formula does not wait until the models of data are written out.
  private static let kinds: [@Sendable () -> [any CatalogEntry]] = [
    { formulas }, { matrices }, { samples }, { networks },
  ]

  /// All of them.
  private static let entries = kinds.flatMap { $0() }

  /// All landscapes, in the order of the documentation.
  public static let all: [Landscape] = entries.map(\.landscape)

  /// The names, in the same order.
  public static let names: [String] = entries.map(\.id)

  /// What lists say of a landscape.
  public struct Listing: Sendable {
    /// The name on the command line.
    public let id: String
    /// The name above the picture.
    public let title: String
    /// What to watch, in a line.
    public let watch: String
  }

  /// What lists say of all of them, in the same order: none is made for it, which takes a while where there are data.
  public static let listings: [Listing] = entries.map {
    Listing(id: $0.id, title: $0.title, watch: $0.watch)
  }

  /// The landscape of a name, or nil if there is none. Compiles that one alone.
  public static func named(_ name: String) -> Landscape? { entry(name)?.landscape }

  /// The constants of a landscape as the catalog has them, without compiling its formula; nil if there is no such name.
  ///
  /// A landscape that is written down has none.
  public static func constants(of name: String) -> [Constant]? {
    LandscapeText.isOne(name) ? [] : entry(name)?.constants
  }

  /// The plane through which the catalog shows a landscape of more than two parameters; nil for any other name.
  public static func plane(of name: String) -> String? { entry(name)?.plane }

  /// The name closest to a misspelt one, or nil if none is close.
  public static func nearest(to name: String) -> String? { Spelling.nearest(to: name, in: names) }

  private static func entry(_ name: String) -> (any CatalogEntry)? {
    for kind in kinds {
      if let found = kind().first(where: { $0.id == name }) { return found }
    }
    return nil
  }
}
