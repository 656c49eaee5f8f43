import OptimizerCore

/// A function of numbers.
struct NumberFunction: Sendable {
  let name: String
  /// How many numbers it takes.
  let arity: ClosedRange<Int>
  /// In a few words.
  let meaning: String
  let value: @Sendable ([Double]) -> Double

  static let all: [NumberFunction] = [
    NumberFunction(name: "abs", arity: 1...1, meaning: "the value without its sign") { abs($0[0]) },
    NumberFunction(name: "sqrt", arity: 1...1, meaning: "the square root") { $0[0].squareRoot() },
    NumberFunction(name: "exp", arity: 1...1, meaning: "e to the power of it") { Elementary.exp($0[0]) },
    NumberFunction(name: "log", arity: 1...1, meaning: "the natural logarithm") { Elementary.log($0[0]) },
    NumberFunction(name: "log10", arity: 1...1, meaning: "the logarithm to base 10") {
      Elementary.log10($0[0])
    },
    NumberFunction(name: "sign", arity: 1...1, meaning: "-1, 0 or 1") {
      $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : $0[0]
    },
    NumberFunction(name: "max", arity: 1...9, meaning: "the largest of up to 9") { $0.max() ?? .nan },
    NumberFunction(name: "min", arity: 1...9, meaning: "the smallest of up to 9") { $0.min() ?? .nan },
  ]
}
