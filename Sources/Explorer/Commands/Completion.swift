import Canvas

/// What the line may go on with, for the word at the cursor.
struct Completion {
  /// A way to go on.
  struct Candidate: Equatable {
    /// What the word becomes.
    let text: String
    /// What it means, in a line.
    let detail: String
  }

  /// What may stand at a place, before it is narrowed by what is typed.
  struct Offer: Sendable {
    /// How many characters of the text given belong to the word being typed.
    var typed: Int?
    var words: [(text: String, detail: String)]
    /// What follows a word taken.
    var end: String

    static let nothing = Offer(typed: nil, words: [], end: "")
    /// Words that the whole of the text is narrowed by.
    static func words(_ words: [(String, String)], typed: Int? = nil, end: String = "") -> Offer {
      Offer(typed: typed, words: words.map { (text: $0.0, detail: $0.1) }, end: end)
    }
  }

  /// The characters of the line that a candidate takes the place of.
  let range: Range<Int>
  let candidates: [Candidate]

  /// What all candidates begin with.
  var common: String {
    guard let first = candidates.first?.text else { return "" }
    return candidates.dropFirst().reduce(first) { common, candidate in
      String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
  }

  /// What may stand at the cursor of a line.
  init(of line: TextLine, _ context: ViewContext) {
    let before = line.characters[..<line.cursor]
    let start = before.firstIndex { $0 != " " } ?? line.cursor
    let separator = before[start...].indices.first {
      before[$0] == " " || (before[$0] == "=" && before[start] == "-")
    }
    guard let separator else {
      let typed = String(before[start...])
      let dashes = String(typed.prefix { $0 == "-" })
      let offers = Command.all.filter { $0.word.hasPrefix(typed.dropFirst(dashes.count)) }
      range = start..<line.cursor
      candidates = offers.map {
        Candidate(
          text: dashes + $0.word + ($0.valueName.isEmpty ? "" : " "),
          detail: $0.valueName.isEmpty ? $0.summary : "\($0.valueName)  \($0.summary)")
      }
      return
    }
    var valueStart = separator + 1
    while valueStart < before.count, before[valueStart] == " " || "'\"".contains(before[valueStart]) {
      valueStart += 1
    }
    let value = String(before[min(valueStart, before.count)...])
    guard let command = Command.named(String(before[start..<separator])) else {
      range = line.cursor..<line.cursor
      candidates = []
      return
    }
    let offer = command.values(context, value)
    let typed = String(value.suffix(offer.typed ?? value.count))
    range = (line.cursor - typed.count)..<line.cursor
    candidates = offer.words.filter { $0.text.hasPrefix(typed) }.map {
      Candidate(text: $0.text + offer.end, detail: $0.detail)
    }
  }
}
