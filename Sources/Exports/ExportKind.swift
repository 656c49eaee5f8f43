/// What an export writes, chosen by how the name of its file ends.
package enum ExportKind: String, CaseIterable, Sendable {
  /// The screen as a picture, cell by cell.
  case screen = ".screen.svg"
  /// The run as a vector figure that moves.
  case movingFigure = ".moving.svg"
  /// A vector figure.
  case figure = ".svg"
  /// The screen in pixels.
  case screenPicture = ".screen.png"
  /// The figure in pixels.
  case picture = ".png"
  /// The run as a figure that moves, in pixels.
  case movingPicture = ".apng"
  /// The screen as plain text.
  case text = ".txt"
  /// The screen as text with colours.
  case ansi = ".ansi"
  /// The run as an animation of the screen.
  case animation = ".cast"
  /// Pages to be printed.
  case handout = ".html"
  /// Every step as a table.
  case csv = ".csv"
  /// Every step as JSON.
  case json = ".json"

  /// The kind of a file of this name; nil where its ending says nothing.
  package init?(path: String) {
    let name = path.lowercased()
    // The longer ending comes first among the cases.
    guard let kind = ExportKind.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
    self = kind
  }

  /// How the name of its file ends.
  package var ending: String { rawValue }

  /// What is in the file, in a few words.
  package var summary: String {
    switch self {
    case .screen: "the screen as a picture, cell by cell"
    case .movingFigure: "the figure step by step, in vectors, for browsers"
    case .figure: "a vector figure"
    case .screenPicture: "the screen in pixels"
    case .picture: "the figure in pixels"
    case .movingPicture: "the figure step by step, an animated picture for browsers and slides"
    case .text: "the screen as plain text"
    case .ansi: "the screen as text with colours"
    case .animation: "an animation of the screen (asciicast v2)"
    case .handout: "pages to print: figure, claims, questions, and the answers at the end"
    case .csv: "every step with the optimizer's state, as a table"
    case .json: "the same as JSON"
    }
  }

  /// Whether it shows the screen, so that a size in cells and glyphs matter.
  package var showsScreen: Bool {
    switch self {
    case .screen, .screenPicture, .text, .ansi, .animation: true
    case .figure, .movingFigure, .picture, .movingPicture, .handout, .csv, .json: false
    }
  }

  /// Whether it shows the screen as a picture, with no terminal in the way.
  package var isScreenPicture: Bool { self == .screen || self == .screenPicture }

  /// Whether it moves, one frame after the other.
  package var isAnimation: Bool {
    self == .animation || self == .movingPicture || self == .movingFigure
  }

  /// Whether it is made of pixels, so that a scale matters.
  package var hasPixels: Bool { self == .screenPicture || self == .picture || self == .movingPicture }
}
