/// The colours of a theme by what they are for, each chosen for every depth.
struct ThemeColours {
  /// One colour as a terminal of each depth can show it.
  struct Choice {
    /// Full colour.
    let hex: UInt32
    /// Its neighbour in the table of 256.
    let table: Int
    /// One of the sixteen.
    let sixteen: Int
    /// One of eight.
    let eight: Int

    init(_ hex: UInt32, _ table: Int, _ sixteen: Int, _ eight: Int) {
      self.hex = hex
      self.table = table
      self.sixteen = sixteen
      self.eight = eight
    }

    func colour(at depth: ColourDepth) -> Colour {
      switch depth {
      case .direct: Colour(hex: hex)
      case .indexed256: .indexed(table)
      case .ansi16: .ansi(sixteen)
      case .ansi8: .ansi(eight)
      case .none: .terminal
      }
    }
  }

  var ground: Choice
  var text: Choice
  var strong: Choice
  var muted: Choice
  var faint: Choice
  var accent: Choice
  var caption: Choice
  var good: Choice
  var warning: Choice
  var bad: Choice
  var keyText: Choice
  var keyGround: Choice
  var ghost: Choice
  var onEntry: Choice

  static func of(_ theme: Theme) -> ThemeColours {
    switch theme {
    case .dark: dark
    case .light: light
    case .contrast: contrast
    case .projector: projector
    }
  }

  private static let dark = ThemeColours(
    ground: Choice(0x0d1017, 233, 0, 0),
    text: Choice(0xd5d9e0, 253, 7, 7),
    strong: Choice(0xffffff, 231, 15, 7),
    muted: Choice(0x7d8390, 245, 8, 7),
    faint: Choice(0x5a606d, 241, 8, 7),
    accent: Choice(0xffffff, 231, 15, 7),
    caption: Choice(0xece2b8, 230, 15, 7),
    good: Choice(0x73d68b, 114, 10, 2),
    warning: Choice(0xff8c1a, 208, 11, 3),
    bad: Choice(0xff4a3d, 203, 9, 1),
    keyText: Choice(0xffffff, 231, 15, 7),
    keyGround: Choice(0x2b2f40, 237, 4, 4),
    ghost: Choice(0x9aa0ab, 247, 7, 7),
    onEntry: Choice(0x0d1017, 16, 0, 0))

  private static let light = ThemeColours(
    ground: Choice(0xfafafa, 231, 15, 7),
    text: Choice(0x23262d, 235, 0, 0),
    strong: Choice(0x000000, 16, 0, 0),
    muted: Choice(0x6a6f7a, 242, 8, 4),
    faint: Choice(0x8a8f99, 245, 8, 4),
    accent: Choice(0x005fae, 25, 4, 4),
    caption: Choice(0x7a4d00, 94, 5, 4),
    good: Choice(0x00733a, 22, 4, 4),
    warning: Choice(0x8a5a00, 94, 5, 1),
    bad: Choice(0xb3202e, 124, 1, 1),
    keyText: Choice(0x000000, 16, 15, 7),
    keyGround: Choice(0xd5d9e2, 253, 4, 4),
    ghost: Choice(0x6e737d, 243, 8, 4),
    onEntry: Choice(0xfafafa, 231, 15, 7))

  private static let contrast = ThemeColours(
    ground: Choice(0x000000, 16, 0, 0),
    text: Choice(0xffffff, 231, 15, 7),
    strong: Choice(0xffffff, 231, 15, 7),
    muted: Choice(0xc8ccd4, 252, 7, 7),
    faint: Choice(0x8a90a0, 246, 8, 7),
    accent: Choice(0xffffff, 231, 15, 7),
    caption: Choice(0xffe680, 228, 11, 7),
    good: Choice(0x7dff9c, 121, 10, 2),
    warning: Choice(0xff8c1a, 208, 11, 3),
    bad: Choice(0xff6636, 203, 9, 3),
    keyText: Choice(0x000000, 16, 0, 0),
    keyGround: Choice(0xffffff, 231, 15, 7),
    ghost: Choice(0xb8bcc4, 250, 7, 7),
    onEntry: Choice(0x000000, 16, 0, 0))

  private static let projector = ThemeColours(
    ground: Choice(0xffffff, 231, 15, 7),
    text: Choice(0x000000, 16, 0, 0),
    strong: Choice(0x000000, 16, 0, 0),
    muted: Choice(0x3c4048, 238, 0, 0),
    faint: Choice(0x6a6f7a, 242, 8, 4),
    accent: Choice(0x00458a, 24, 4, 4),
    caption: Choice(0x5c2e00, 52, 4, 4),
    good: Choice(0x005a2b, 22, 4, 4),
    warning: Choice(0x8a3a00, 94, 1, 1),
    bad: Choice(0xa00014, 88, 1, 1),
    keyText: Choice(0xffffff, 231, 15, 7),
    keyGround: Choice(0x1c2430, 235, 4, 4),
    ghost: Choice(0x5a5f69, 240, 8, 4),
    onEntry: Choice(0xffffff, 231, 15, 7))
}
