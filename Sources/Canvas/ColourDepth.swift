/// How many colours a terminal can show.
public enum ColourDepth: String, CaseIterable, Sendable {
  /// 24-bit colours.
  case direct
  /// The 256-colour table.
  case indexed256 = "256"
  /// Sixteen ANSI colours, as text and as ground.
  case ansi16 = "16"
  /// Eight ANSI colours.
  case ansi8 = "8"
  /// No colour: bold, dim, reverse and underline only.
  case none
}

extension ColourDepth: Comparable {
  /// The word for it on the command line.
  public var word: String {
    switch self {
    case .direct: "direct"
    case .indexed256: "256"
    case .ansi16: "16"
    case .ansi8: "8"
    case .none: "none"
    }
  }

  /// Fewer colours before more.
  public static func < (a: ColourDepth, b: ColourDepth) -> Bool { a.order < b.order }

  private var order: Int {
    switch self {
    case .none: 0
    case .ansi8: 1
    case .ansi16: 2
    case .indexed256: 3
    case .direct: 4
    }
  }
}
