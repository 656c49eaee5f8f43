/// The scenes that have a place in the course, and what of the lectures they show.
package struct Course: Sendable {
  /// All of them, in order.
  package let scenes: [Scene]

  /// The course of all scenes.
  package static let whole = "all"

  /// A course of scenes, which are in order.
  package init(_ scenes: [Scene]) { self.scenes = scenes }

  /// The names of the courses there are: a lecture each, those that scenes name, and the whole.
  package var names: [String] {
    CourseDeck.allCases.map(\.rawValue) + Set(scenes.flatMap(\.courses)).sorted() + [Course.whole]
  }

  /// The scenes of a course, in order; nil if there is none of that name.
  ///
  /// That of a lecture are the scenes that show something it claims.
  package func scenes(of name: String) -> [Scene]? {
    if name == Course.whole { return scenes }
    if let deck = CourseDeck(rawValue: name.uppercased()) {
      return scenes.filter { scene in scene.shownClaims.contains { $0.decks.contains(deck) } }
    }
    let chosen = scenes.filter { $0.courses.contains(name) }
    return chosen.isEmpty ? nil : chosen
  }

  /// The scenes that show a claim, in order.
  package func scenes(showing claim: CourseClaim) -> [Scene] {
    scenes.filter { $0.claims.contains(claim.number) }
  }

  /// Whether a name can be that of a course of one's own.
  static func isOwnName(_ name: String) -> Bool {
    let isTaken = name == whole || CourseDeck(rawValue: name.uppercased()) != nil
    return !isTaken && isWord(name)
  }

  /// Small letters and digits, with single dashes between them. By hand: compiling a pattern takes longer than reading a
  /// scene.
  private static func isWord(_ name: String) -> Bool {
    var mayEnd = false
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): mayEnd = true
      case UInt8(ascii: "-") where mayEnd: mayEnd = false
      default: return false
      }
    }
    return mayEnd
  }
}

extension Scene {
  /// The claims of the lectures that it shows.
  package var shownClaims: [CourseClaim] {
    claims.compactMap { number in CourseClaim.all.first { $0.number == number } }
  }

  /// About how long it takes to teach, in seconds: what its beats play, a quarter of a minute for what each says, and a
  /// minute for each question.
  package var teachingTime: Double {
    beats.indices.reduce(0) { sum, index in
      let stage = stage(index)
      let played = Double(stage.until - stage.step) / speed
      return sum + played + (stage.question == nil ? 15 : 60)
    }
  }
}
