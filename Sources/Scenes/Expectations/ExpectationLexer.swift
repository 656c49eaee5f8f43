import OptimizerCore

/// Takes an expectation apart.
struct ExpectationLexer {
  private static let signs = [
    "..", "<=", ">=", "==", "!=", "(", ")", ",", ".", "+", "-", "*", "/", "^", "<", ">", "=",
  ]

  private let scalars: [Unicode.Scalar]
  /// Names with hyphens, which would be differences otherwise, longest first.
  private let hyphenated: [[Unicode.Scalar]]
  private var position = 0

  /// - Parameter names: the names of the entries; those with hyphens are taken as a whole.
  static func tokens(
    of text: String, names: [String]
  ) throws(ExpectationError) -> [ExpectationToken] {
    var lexer = ExpectationLexer(text, names: names)
    var tokens: [ExpectationToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(_ text: String, names: [String]) {
    scalars = Array(text.unicodeScalars)
    hyphenated = names.filter { $0.contains("-") }.map { Array($0.unicodeScalars) }
      .sorted { $0.count > $1.count }
  }

  private func at(_ place: Int) -> Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "_" } ?? false
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private mutating func next() throws(ExpectationError) -> ExpectationToken {
    while let scalar = at(position), scalar == " " || scalar == "\n" || scalar == "\t" { position += 1 }
    let start = position
    guard let scalar = at(start) else { return ExpectationToken(kind: .end, offset: start, end: start) }
    let kind: ExpectationToken.Kind
    if Self.isLetter(scalar) {
      kind = .name(name())
    } else if Self.isDigit(scalar) || scalar == "." && Self.isDigit(at(start + 1)) && !isMember(start) {
      kind = .number(try number())
    } else if scalar == "\"" || scalar == "'" {
      kind = .text(try quoted(scalar))
    } else {
      let sign = Self.signs.first { sign in
        sign.unicodeScalars.enumerated().allSatisfy { at(start + $0.offset) == $0.element }
      }
      guard let sign else {
        throw ExpectationError(
          "an expectation has no sign '\(Excerpt.printable(String(scalar)))'", at: start)
      }
      position += sign.unicodeScalars.count
      kind = .sign(sign)
    }
    return ExpectationToken(kind: kind, offset: start, end: position)
  }

  private mutating func name() -> String {
    let start = position
    for name in hyphenated where position + name.count <= scalars.count {
      let end = position + name.count
      let isWhole = !Self.isLetter(at(end)) && !Self.isDigit(at(end))
      if isWhole, scalars[position..<end].elementsEqual(name) {
        position = end
        return text(start..<end)
      }
    }
    while Self.isLetter(at(position)) || Self.isDigit(at(position)) { position += 1 }
    return text(start..<position)
  }

  /// Whether a point belongs to what stands before it, as in `sgd.loss`.
  private func isMember(_ point: Int) -> Bool {
    guard point > 0, let before = at(point - 1) else { return false }
    return Self.isLetter(before) || Self.isDigit(before) || before == ")"
  }

  /// Where an exponent that begins at a place ends; the place itself if there is none.
  private func exponentEnd(_ place: Int) -> Int {
    guard at(place) == "e" || at(place) == "E" else { return place }
    var end = place + (at(place + 1) == "-" || at(place + 1) == "+" ? 2 : 1)
    guard Self.isDigit(at(end)) else { return place }
    while Self.isDigit(at(end)) { end += 1 }
    return end
  }

  private mutating func number() throws(ExpectationError) -> Double {
    let start = position
    while Self.isDigit(at(position)) { position += 1 }
    var digits = text(start..<position)
    // Two points are those of a range, and a name behind one is none of a number.
    let isName = Self.isLetter(at(position + 1)) && exponentEnd(position + 1) == position + 1
    if at(position) == ".", at(position + 1) != ".", !isName {
      let point = position
      position += 1
      while Self.isDigit(at(position)) { position += 1 }
      digits += position == point + 1 ? ".0" : text(point..<position)
    }
    let end = exponentEnd(position)
    digits += text(position..<end)
    position = end
    guard !Self.isLetter(at(position)), let number = Double(digits), number.isFinite else {
      while Self.isLetter(at(position)) || Self.isDigit(at(position)) { position += 1 }
      throw ExpectationError("'\(text(start..<position))' is no number", at: start)
    }
    return number
  }

  private mutating func quoted(_ mark: Unicode.Scalar) throws(ExpectationError) -> String {
    let start = position
    position += 1
    while let scalar = at(position), scalar != mark { position += 1 }
    guard at(position) == mark else {
      throw ExpectationError("the text that begins here is not closed with \(mark)", at: start)
    }
    position += 1
    return text((start + 1)..<(position - 1))
  }
}
