internal import OptimizerCore

/// Makes planes through a start of a problem from the words for their directions.
struct PlaneMaker {
  private let problem: any Problem
  private let start: [Double]

  /// Planes through a start.
  init(_ problem: any Problem, _ start: [Double]) {
    self.problem = problem
    self.start = start
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// A plane's name without blanks.
  static func spelt(_ text: String) -> String {
    text.split(separator: ",").map { String(trimmed($0)) }.joined(separator: ",")
  }

  /// The plane of two words with a comma between.
  func plane(_ text: String) throws(LandscapeError) -> Plane {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String(Self.trimmed($0)) }
    let names = problem.words.parameters
    guard words.count == 2 else {
      let named = problem.directions.prefix(2).map(\.name).joined(separator: ",")
      throw LandscapeError(
        "a plane is two directions with a comma between, such as \(names[0]),\(names[names.count - 1])"
          + (named.isEmpty ? "" : " or \(named)") + ", got '\(ExpressionLexer.shown(text))'")
    }
    let first = try direction(words[0])
    let second = try direction(words[1])
    // Parameters are drawn as their values, so they are 0 at the plane's origin.
    var origin = start
    if let i = first.parameter, let j = second.parameter {
      origin[i] = 0
      origin[j] = 0
    }
    guard let plane = Plane(origin: origin, u: first.vector, v: second.vector) else {
      throw LandscapeError(
        "'\(words[0])' and '\(words[1])' span no plane: two directions that differ are needed")
    }
    return plane
  }

  private func direction(_ word: String) throws(LandscapeError) -> (vector: [Double], parameter: Int?) {
    let names = problem.words.parameters
    if let parameter = names.index(of: word) {
      var vector = [Double](repeating: 0, count: start.count)
      vector[parameter] = 1
      return (vector, parameter)
    }
    let directions = problem.directions
    if let named = directions.first(where: { $0.name == word }) {
      return (named.vector(problem, start), nil)
    }
    let candidates = names.prefix(Landscape.mostNames) + directions.map(\.name)
    let hint = Spelling.nearest(to: word, in: candidates).map { "did you mean '\($0)'?" }
    let all = ["\(names[0]) to \(names[names.count - 1])"] + directions.map(\.name)
    throw LandscapeError(
      "unknown direction '\(ExpressionLexer.shown(word))', "
        + (hint ?? "there are \(all.joined(separator: ", "))"))
  }

  /// The most parameters of which all pairs are offered.
  private static let mostPaired = 20

  /// Pairs of named directions that span a plane, then all pairs of parameters, or of the first few where there are many.
  var choices: [String] {
    let directions = Set(problem.directions.map(\.name))
    // Of many parameters the directions of curvature cost too much to be tried before they are asked for.
    let isLarge = problem.dimension > ProblemStructure.denseLimit
    let named = ["random1,random2", "minimum,gradient", "sharpest,flattest", "gradient,sharpest"].filter {
      $0.split(separator: ",").allSatisfy { directions.contains(String($0)) }
        && (isLarge || (try? plane($0)) != nil)
    }
    let names = problem.words.parameters.prefix(Self.mostPaired)
    return named + names.indices.flatMap { i in names[(i + 1)...].map { "\(names[i]),\($0)" } }
  }
}
