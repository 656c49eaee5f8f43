import OptimizerCore

/// A function of numbers.
struct NumberFunction: Sendable {
  let name: String
  /// How many numbers it takes.
  let arity: ClosedRange<Int>
  let value: @Sendable ([Double]) -> Double

  static let all: [NumberFunction] = [
    NumberFunction(name: "abs", arity: 1...1) { abs($0[0]) },
    NumberFunction(name: "sqrt", arity: 1...1) { $0[0].squareRoot() },
    NumberFunction(name: "exp", arity: 1...1) { Elementary.exp($0[0]) },
    NumberFunction(name: "log", arity: 1...1) { Elementary.log($0[0]) },
    NumberFunction(name: "log10", arity: 1...1) { Elementary.log10($0[0]) },
    NumberFunction(name: "sign", arity: 1...1) { $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : $0[0] },
    NumberFunction(name: "max", arity: 1...9) { $0.max() ?? .nan },
    NumberFunction(name: "min", arity: 1...9) { $0.min() ?? .nan },
  ]
}
