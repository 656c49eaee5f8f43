/// A piece of a recipe's line: a letter that stands for something, or a sign.
package struct RecipeToken: Hashable, Sendable {
  /// What a piece is to arithmetic.
  package enum Kind: Hashable, Sendable {
    /// A letter that is known, such as `β₁` or `m̂`.
    case symbol
    case number
    /// An operator, a bracket, a word that means nothing to arithmetic.
    case sign
    case blank
  }

  /// The piece as it stands.
  package let text: String
  /// What it is.
  package let kind: Kind

  /// The functions that lines use.
  static let functions: Set<String> = ["max", "min", "sign"]

  /// The pieces of a line, all of them, so that they put together are the line again.
  package static func tokens(of text: String, knowing symbols: RecipeAlphabet) -> [RecipeToken] {
    let characters = Array(text)
    var tokens: [RecipeToken] = []
    var place = 0
    func isASCIILetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
    while place < characters.count {
      let character = characters[place]
      var end = place + 1
      var kind = Kind.sign
      if character == " " {
        kind = .blank
      } else if character.isASCII, character.isNumber {
        while end < characters.count, characters[end].isASCII,
          characters[end].isNumber || characters[end] == "."
        {
          end += 1
        }
        kind = .number
      } else {
        // The longest letter that is known; a run of Latin letters is one word, or none of them is a letter at all.
        for letter in symbols.letters(from: character)
        where characters[place...].starts(with: letter) {
          let length = letter.count
          let after = place + length
          let splitsWord =
            isASCIILetter(characters[after - 1]) && after < characters.count
            && isASCIILetter(characters[after])
            || place > 0 && isASCIILetter(characters[place]) && isASCIILetter(characters[place - 1])
          if splitsWord { continue }
          end = after
          kind = .symbol
          break
        }
        if kind == .sign, isASCIILetter(character) {
          while end < characters.count, isASCIILetter(characters[end]) { end += 1 }
        }
      }
      tokens.append(RecipeToken(text: String(characters[place..<end]), kind: kind))
      place = end
    }
    return tokens
  }
}
