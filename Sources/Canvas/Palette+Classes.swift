/// The colours of classes of data: regions where a model sees a class, and points that belong to one.
extension Palette {
  /// The most classes that have a colour of their own; they repeat after that.
  public static let mostClasses = 8

  /// Hues around the circle, in the order in which neighbours are far apart: blue, orange, green, violet, …
  private static let classAngles = [255.0, 60, 150, 320, 200, 20, 100, 285]

  /// The hue of a class at a lightness and a strength.
  private static func hue(_ index: Int, lightness: Double, chroma: Double) -> Colour {
    let (c, s) = unit(degrees: classAngles[((index % mostClasses) + mostClasses) % mostClasses])
    return OKLab(lightness: lightness, hue: SIMD2(chroma * c, chroma * s)).colour
  }

  /// Cosine and sine of a whole number of degrees, by the polynomial of a turn of one degree: the canvas has no libm.
  private static func unit(degrees: Double) -> (Double, Double) {
    // cos 1° and sin 1°.
    let (c1, s1) = (0.999847695156391239, 0.017452406437283512)
    var (c, s) = (1.0, 0.0)
    for _ in 0..<Int(clamped: degrees) { (c, s) = (c * c1 - s * s1, s * c1 + c * s1) }
    return (c, s)
  }

  /// The ground where a model is so sure of a class, from 0 (as good as a guess) to 1; in six steps, since every pair of
  /// colours is one that a terminal must keep.
  public func classGround(_ index: Int, sureness: Double) -> Colour {
    let steps = 5.0
    let sure = ((sureness.isNaN ? 0 : min(max(sureness, 0), 1)) * steps).rounded() / steps
    switch depth {
    case .direct:
      let full = Palette.hue(
        index, lightness: theme.isDark ? 0.46 : 0.80, chroma: theme.isDark ? 0.11 : 0.10)
      let page = theme.isDark ? OKLab(Colour(hex: 0x101216)) : OKLab(Colour(hex: 0xffffff))
      return page.mixed(with: OKLab(full), amount: 0.25 + 0.75 * sure).colour
    case .indexed256:
      // The table has few pale colours of a hue: one for what is sure and one for the rest.
      let table: [(sure: Int, pale: Int)] =
        theme.isDark
        ? [(25, 17), (130, 94), (28, 22), (127, 53), (30, 23), (124, 52), (100, 58), (62, 54)]
        : [(75, 153), (215, 223), (77, 194), (176, 225), (80, 195), (210, 224), (185, 230), (141, 189)]
      let pair = table[((index % table.count) + table.count) % table.count]
      return .indexed(sure > 0.5 ? pair.sure : pair.pale)
    case .ansi16, .ansi8: return .ansi([4, 3, 2, 5, 6, 1][((index % 6) + 6) % 6])
    case .none: return .terminal
    }
  }

  /// Whether a ground tells how sure a model is.
  public var classesTellSureness: Bool { depth == .direct || depth == .indexed256 }

  /// A point of a class on a ground: in the class's colour where there are enough, else in what can be read there.
  public func classPoint(_ index: Int, on ground: Colour) -> Colour {
    switch depth {
    case .direct, .indexed256:
      // As much of the hue as can be read there.
      (theme.isDark ? [0.86, 0.92, 0.97] : [0.40, 0.32, 0.22]).lazy
        .map { Palette.hue(index, lightness: $0, chroma: 0.12).quantised(to: depth) }
        .first { $0.contrast(to: ground) >= 3 } ?? strong
    case .ansi16, .ansi8:
      Colour.ansi(0).contrast(to: ground) >= Colour.ansi(7).contrast(to: ground) ? .ansi(0) : .ansi(7)
    case .none: .terminal
    }
  }
}
