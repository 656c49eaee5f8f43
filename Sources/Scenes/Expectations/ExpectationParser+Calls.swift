import Experiments
import Landscapes
import OptimizerCore

/// Functions of numbers, folds over steps and seeds, runs from another start.
extension ExpectationParser {
  /// What is neither a function of numbers nor goes through steps or seeds.
  enum Call: String, CaseIterable {
    case distance, with, from
  }

  /// `max` and `min` are both functions of numbers and folds.
  static let calls: [String] = {
    let numbers = NumberFunction.all.map(\.name)
    let folds = ExpectationExpression.Fold.allCases.map(\.rawValue).filter { !numbers.contains($0) }
    return numbers + folds + ExpectationExpression.SeedFold.allCases.map(\.rawValue)
      + Call.allCases.map(\.rawValue)
  }()

  mutating func call(_ name: String, from offset: Int) throws(ExpectationError)
    -> ExpectationExpression
  {
    if case .name = token.kind, following.kind == .name("in") {
      if let fold = ExpectationExpression.Fold(rawValue: name) { return try self.fold(fold, from: offset) }
    } else if name == "all" || name == "any" || name == "sum" {
      throw ExpectationError("\(name) goes through steps: \(name)(k in 1..100, …)", at: token.offset)
    }
    if let fold = ExpectationExpression.SeedFold(rawValue: name) { return try overSeeds(fold, from: offset) }
    switch Call(rawValue: name) {
    case .distance: return try distance(from: offset)
    case .with: return try with(from: offset)
    case .from: return try otherStart(from: offset)
    case nil: break
    }
    guard let function = NumberFunction.all.first(where: { $0.name == name }) else {
      throw ExpectationError(
        "unknown function '\(Excerpt.printable(name))'\(Spelling.suggestion(for: name, in: Self.calls, otherwise: "; there are \(Self.calls.joined(separator: ", "))"))",
        at: offset)
    }
    let arguments = try arguments(of: name)
    guard function.arity.contains(arguments.count) else {
      let wanted =
        function.arity.count == 1
        ? "\(function.arity.lowerBound) number"
        : "\(function.arity.lowerBound) to \(function.arity.upperBound) numbers"
      throw ExpectationError("\(name) takes \(wanted), got \(arguments.count)", at: offset)
    }
    for argument in arguments { try want(.number, argument, "\(name) takes") }
    return expression(.function(function, arguments), from: offset)
  }

  mutating func entryName() throws(ExpectationError) -> String {
    guard case .name(let name) = token.kind else {
      throw ExpectationError("the name of an entry is missing here, got \(found)", at: token.offset)
    }
    _ = try entry(name, at: token.offset)
    position += 1
    return name
  }

  func entry(_ name: String, at offset: Int) throws(ExpectationError) -> Entry {
    do {
      return try KnobPath.entry(name, among: entries)
    } catch {
      throw ExpectationError(error.message, at: offset)
    }
  }

  /// `distance(a, b)` or `distance(a, b, step)`.
  mutating func distance(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    let a = try entryName()
    try need(",", "distance")
    let b = try entryName()
    var step: ExpectationExpression?
    if take(",") {
      let argument = try or()
      try want(.number, argument, "the step of distance is")
      step = argument
    }
    try need(")", "distance")
    return expression(.distance(a, b, step), from: offset)
  }

  /// `all(k in 1..100, …)`.
  mutating func fold(
    _ fold: ExpectationExpression.Fold, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    guard case .name(let variable) = token.kind else { preconditionFailure("the caller has seen a name") }
    if entries.contains(where: { $0.name == variable }) || variable == "landscape"
      || Self.words.contains(where: { $0.name == variable })
    {
      throw ExpectationError("'\(variable)' has a meaning already; take another letter", at: token.offset)
    }
    position += 2
    let lower = try sum()
    try need("..", "\(fold.rawValue)(\(variable) in …)")
    let upper = try sum()
    for end in [lower, upper] { try want(.number, end, "the end of a range is") }
    try need(",", fold.rawValue)
    variables.append(variable)
    let body = try or()
    variables.removeLast()
    let wantsTruth = fold == .all || fold == .any
    try want(wantsTruth ? .truth : .number, body, "\(fold.rawValue) goes over")
    try need(")", fold.rawValue)
    return expression(.fold(fold, variable: variable, from: lower, to: upper, body), from: offset)
  }

  /// `quantile(0.9, seeds=32, …)`, `mean(seeds=32, …)`.
  mutating func overSeeds(
    _ fold: ExpectationExpression.SeedFold, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    var level: ExpectationExpression?
    if fold == .quantile {
      let argument = try or()
      guard case .value(.number(let part)) = argument.form, (0...1).contains(part) else {
        throw ExpectationError(
          "a quantile is one between 0 and 1, as in \(fold.form), got '\(Excerpt.printable(argument.text))'",
          at: argument.offset)
      }
      level = argument
      try need(",", "quantile")
    }
    guard takeWord("seeds"), take("=") else {
      throw ExpectationError("\(fold.rawValue) is written \(fold.form), got \(found)", at: token.offset)
    }
    guard case .number(let count) = token.kind, count.rounded() == count,
      (2...Double(ExpectationParser.mostSeeds)).contains(count)
    else {
      throw ExpectationError(
        "seeds is a whole number between 2 and \(ExpectationParser.mostSeeds), got \(found)", at: token.offset
      )
    }
    position += 1
    try need(",", fold.rawValue)
    let body = try or()
    try want(fold == .share ? .truth : .number, body, "\(fold.rawValue) goes over")
    try need(")", fold.rawValue)
    return expression(.overSeeds(fold, level: level, seeds: Int(count), body), from: offset)
  }

  /// `from(2, …)`: from the second start.
  mutating func otherStart(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    guard case .number(let number) = token.kind, number.rounded() == number,
      number >= 1, number <= Double(startCount)
    else {
      throw ExpectationError(
        "from takes the number of a start, 1 to \(startCount), got \(found)", at: token.offset)
    }
    position += 1
    try need(",", "from")
    let body = try or()
    try need(")", "from")
    return expression(.from(start: Int(number) - 1, body), from: offset)
  }
}
