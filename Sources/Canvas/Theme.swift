/// The ground on which everything is drawn.
public enum Theme: String, CaseIterable, Sendable {
  /// Light on dark, for screens.
  case dark
  /// Dark on light, for bright rooms and paper.
  case light
  /// White on black, all text at 7:1 and more.
  case contrast
  /// Black on white, with a pale landscape and deep colours: what a weak projector leaves of the others.
  case projector

  /// What it is for, in a few words.
  public var summary: String {
    switch self {
    case .dark: "light on dark, for screens"
    case .light: "dark on light, for bright rooms and paper"
    case .contrast: "white on black, for tired eyes"
    case .projector: "black on white, pale ground and deep colours"
    }
  }

  /// Whether the page is darker than what stands on it.
  public var isDark: Bool { self == .dark || self == .contrast }
}
