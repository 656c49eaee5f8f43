internal import OptimizerCore

/// The arguments of a landscape's text, by their keys, taken one by one.
struct KeyedArguments {
  private let kind: String
  private var given: [(key: String, value: String)] = []
  private var known: [String] = []

  /// Takes `key=value, key=value` apart; commas within brackets belong to the values.
  init(_ text: String, of kind: String) throws(LandscapeError) {
    self.kind = kind
    for part in CallSplitter.parts(of: text, at: ",") where !part.withoutBlanks.isEmpty {
      guard let sign = part.firstIndex(of: "=") else {
        throw LandscapeError("\(kind) takes key=value, separated by commas, got '\(Excerpt.of(part))'")
      }
      let key = part[..<sign].withoutBlanks
      guard !given.contains(where: { $0.key == key }) else {
        throw LandscapeError("\(kind) has '\(Excerpt.of(key))' twice")
      }
      given.append((key, part[part.index(after: sign)...].withoutBlanks))
    }
  }

  /// A value, if it is given.
  mutating func take(_ key: String) -> String? {
    known.append(key)
    guard let place = given.firstIndex(where: { $0.key == key }) else { return nil }
    return given.remove(at: place).value
  }

  /// A value that must be there.
  mutating func required(_ key: String, _ example: String) throws(LandscapeError) -> String {
    guard let value = take(key), !value.isEmpty else {
      throw LandscapeError("\(kind) needs \(key), such as \(key)=\(example)")
    }
    return value
  }

  /// A number in a range.
  mutating func number(
    _ key: String, _ usual: Double, in range: ClosedRange<Double>
  ) throws(LandscapeError) -> Double {
    guard let text = take(key) else { return usual }
    guard let value = Double(written: text), range.contains(value) else {
      let bounds = "between \(range.lowerBound.shortest) and \(range.upperBound.shortest)"
      throw LandscapeError(
        "\(key) must be \(Excerpt.wanted(bounds, for: text)), got '\(Excerpt.of(text))'")
    }
    return value
  }

  /// A whole number in a range.
  mutating func whole(
    _ key: String, _ usual: Int, in range: ClosedRange<Int>
  ) throws(LandscapeError) -> Int {
    guard let text = take(key) else { return usual }
    guard let value = Int(written: text), range.contains(value) else {
      throw LandscapeError(
        "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound), got "
          + "'\(Excerpt.of(text))'")
    }
    return value
  }

  /// On or off.
  mutating func toggle(_ key: String, _ usual: Bool) throws(LandscapeError) -> Bool {
    guard let text = take(key) else { return usual }
    guard let isOn = Knob.toggle(text) else {
      throw LandscapeError("\(key) must be on or off, got '\(Excerpt.of(text))'")
    }
    return isOn
  }

  /// A seed.
  mutating func seed(_ key: String) throws(LandscapeError) -> UInt64 {
    guard let text = take(key) else { return 0 }
    guard let value = UInt64(written: text) else {
      throw LandscapeError("\(key) must be a whole number, at least 0, got '\(Excerpt.of(text))'")
    }
    return value
  }

  /// One of some words, if it is given.
  mutating func optionalChoice<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) throws(LandscapeError) -> Word? {
    guard let text = take(key) else { return nil }
    guard let value = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue)
      throw LandscapeError(
        "\(key) is one of \(words.joined(separator: ", ")), got '\(Excerpt.of(text))'"
          + (Spelling.nearest(to: text, in: words).map { "; did you mean '\($0)'?" } ?? ""))
    }
    return value
  }

  /// One of some words.
  mutating func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ usual: Word
  ) throws(LandscapeError) -> Word {
    try optionalChoice(key) ?? usual
  }

  /// Refuses what nobody has asked for.
  func finish() throws(LandscapeError) {
    guard let stray = given.first else { return }
    throw LandscapeError(
      "\(kind) has no '\(Excerpt.of(stray.key))'"
        + Spelling.suggestion(
          for: stray.key, in: known, otherwise: ", it takes \(known.joined(separator: ", "))"))
  }
}
