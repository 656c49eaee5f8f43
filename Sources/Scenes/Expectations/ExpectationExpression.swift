import Experiments
import OptimizerCore

/// A part of an expectation, read and checked.
struct ExpectationExpression: Sendable {
  /// What it is.
  let form: Form
  /// Where it begins in the text, in characters from 0.
  let offset: Int
  /// How it was written.
  let text: String

  indirect enum Form: Sendable {
    case value(ExpectationValue)
    /// The number that a fold goes through.
    case variable(String)
    case knob(KnobPath)
    case ofRun(RunQuantity, entry: String, [ExpectationExpression])
    case ofLandscape(LandscapeQuantity, [ExpectationExpression])
    case function(NumberFunction, [ExpectationExpression])
    /// The distance of two runs at a step.
    case distance(String, String, ExpectationExpression?)
    case negative(ExpectationExpression)
    case arithmetic(Arithmetic, ExpectationExpression, ExpectationExpression)
    /// `a < b`, or a chain `a < b < c`: each with the next.
    case comparison([ExpectationExpression], [Comparison])
    case not(ExpectationExpression)
    case and([ExpectationExpression])
    case or([ExpectationExpression])
    case with([Setting], ExpectationExpression)
    case from(start: Int, ExpectationExpression)
    case overSeeds(SeedFold, level: ExpectationExpression?, seeds: Int, ExpectationExpression)
    case fold(
      Fold, variable: String, from: ExpectationExpression, to: ExpectationExpression, ExpectationExpression)
  }

  enum Arithmetic: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
  }

  enum Comparison: String, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case greater = ">"

    /// Whether it holds of two values.
    func holds(_ a: ExpectationValue, _ b: ExpectationValue) -> Bool {
      switch self {
      case .equal: return a == b
      case .unequal: return a != b
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        guard let a = a.number, let b = b.number else { return false }
        switch self {
        case .less: return a < b
        case .lessOrEqual: return a <= b
        case .greater: return a > b
        default: return a >= b
        }
      }
    }
  }

  /// What `with` changes.
  struct Setting: Sendable {
    enum Target: Sendable {
      case knob(KnobPath, ExpectationExpression)
      /// A knob whose value is a word: a choice or a toggle.
      case word(KnobPath, Double)
      case spec(entry: String, OptimizerSpec)
      case start(ExpectationExpression, ExpectationExpression)
      case steps(Int)
      case seed(UInt64)
      case noise(Noise)
    }

    let target: Target
    let offset: Int
  }

  /// What is made of the values over several seeds.
  enum SeedFold: String, Sendable, CaseIterable {
    /// The value below which a given part of them lies, between neighbours in proportion.
    case quantile
    /// Their mean.
    case mean
    /// Their standard deviation, over n − 1.
    case deviation
    /// The part of them for which a statement holds.
    case share

    /// As it is written, with … for what it goes over.
    var form: String { self == .quantile ? "quantile(0.9, seeds=32, …)" : "\(rawValue)(seeds=32, …)" }
  }

  /// What is made of the values over several steps.
  enum Fold: String, Sendable, CaseIterable {
    case all
    case any
    case max
    case min
    case sum
  }
}
