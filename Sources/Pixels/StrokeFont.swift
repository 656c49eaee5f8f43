/// Letters as lines of a pen, for pictures that no other program puts letters into: ASCII, and the Greek and the signs of
/// formulas. What it has no form for is a small frame.
///
/// Forms are on a grid of which 20 units are the size of type: the line of letters is 0, capitals end at 14, small letters at
/// 10, and tails at -4.
struct StrokeFont {
  /// The form of a letter.
  struct Form {
    /// Units from where it begins to where the next does.
    var advance: Double
    /// Lines through places, x to the right and y up.
    var strokes: [[SIMD2<Double>]] = []
    /// The outlines of what is filled.
    var areas: [[SIMD2<Double>]] = []
  }

  /// Units of the size of type.
  static let unit = 20.0
  /// Units of room on both sides of a letter.
  private static let room = 1.5
  /// Units between letters that are all of one width, as common faces have it.
  static let pitch = 12.04

  /// The widths of the pen in units.
  static func pen(isBold: Bool) -> Double { isBold ? 2.7 : 1.65 }

  /// The form of a letter; that of what is unknown is a frame.
  static func form(_ letter: Unicode.Scalar) -> Form { forms[letter] ?? unknown }

  private static let unknown = made("8 0,1 8,1 8,12 0,12 0,1")

  private static let forms: [Unicode.Scalar: Form] = {
    var forms: [Unicode.Scalar: Form] = [:]
    for line in table.split(separator: "\n") {
      guard let letter = line.unicodeScalars.first else { continue }
      forms[letter] = made(line.dropFirst().drop { $0 == " " })
    }
    for (letter, form) in marks { forms[letter] = made(form) }
    for (letter, base, raise) in raised {
      guard let form = forms[base] else { continue }
      let strokes = form.strokes.map { $0.map { SIMD2(($0.x - room) * 0.62 + 0.6, $0.y * 0.62 + raise) } }
      forms[letter] = Form(advance: (form.advance - 2 * room) * 0.62 + 1.6, strokes: strokes)
    }
    return forms
  }()

  /// A form by its words: the width, then strokes apart by `;`. A stroke is places, `~` and places for a smooth line through
  /// them, or `o x,y rx,ry from,to` for an arc in degrees, anticlockwise from the right; a whole ellipse without angles. After
  /// `f` it is filled.
  private static func made(_ text: Substring) -> Form {
    let parts = text.split(separator: " ", maxSplits: 1)
    let width = parts.first.flatMap { Double($0) } ?? 0
    var form = Form(advance: width + 2 * room)
    for stroke in parts.dropFirst().joined().split(separator: ";") {
      var words = stroke.split(separator: " ")[...]
      let isArea = words.first == "f"
      if isArea { words.removeFirst() }
      let kind = words.first
      if kind == "o" || kind == "~" { words.removeFirst() }
      let places = words.map(place)
      let line = kind == "o" ? arc(places) : kind == "~" ? smooth(places) : places
      let moved = line.map { $0 + SIMD2(room, 0) }
      if isArea { form.areas.append(moved) } else { form.strokes.append(moved) }
    }
    return form
  }

  private static func made(_ text: String) -> Form { made(text[...]) }

  private static func place(_ word: Substring) -> SIMD2<Double> {
    let numbers = word.split(separator: ",").compactMap { Double($0) }
    precondition(numbers.count == 2, "'\(word)' is no place")
    return SIMD2(numbers[0], numbers[1])
  }

  /// An arc of an ellipse: its middle, its radii, and perhaps its angles.
  private static func arc(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let (middle, radii) = (places[0], places[1])
    let angles = places.count > 2 ? places[2] : SIMD2(0, 360)
    let count = max(2, Int(((angles.y - angles.x).magnitude / 9).rounded(.up)))
    return (0...count).map { index in
      let angle = angles.x + (angles.y - angles.x) * Double(index) / Double(count)
      return middle + radii * UnitCircle.place(at: angle)
    }
  }

  /// A smooth line through places (Catmull and Rom 1974).
  private static func smooth(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var line: [SIMD2<Double>] = []
    for index in 0..<max(places.count - 1, 0) {
      let (b, c) = (places[index], places[index + 1])
      let a = index > 0 ? places[index - 1] : b
      let d = index + 2 < places.count ? places[index + 2] : c
      for step in 0..<6 {
        let t = Double(step) / 6
        let (t2, t3) = (t * t, t * t * t)
        let first = 2 * b + (c - a) * t
        let second = (2 * a - 5 * b + 4 * c - d) * t2
        let third = (3 * b - a - 3 * c + d) * t3
        line.append((first + second + third) * 0.5)
      }
    }
    return line + places.suffix(1)
  }

  /// What stands above the letter before it, and takes no room.
  private static let marks: [(Unicode.Scalar, String)] = [
    ("\u{302}", "-3 -8.2,11.8 -6,13.8 -3.8,11.8"),
    ("\u{303}", "-3 ~ -8.6,12 -7.4,13.2 -6,12.8 -4.6,12.4 -3.4,13.6"),
    ("\u{307}", "-3 -6,12.8 -6,13.1"),
  ]

  /// Letters that are others made small, at a height: exponents and indices.
  private static let raised: [(Unicode.Scalar, Unicode.Scalar, Double)] = {
    let powers = Array(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀᵏᵗⁿ".unicodeScalars, "0123456789−+Tktn".unicodeScalars))
    let indices = Array(zip("₀₁₂₃₄₅₆₇₈₉".unicodeScalars, "0123456789".unicodeScalars))
    return powers.map { ($0, $1, 6.2) } + indices.map { ($0, $1, -2.6) }
  }()
}
