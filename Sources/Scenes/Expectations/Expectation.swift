import Experiments
import Landscapes
import OptimizerCore

/// A statement about the runs of a scene that can be checked, such as `momentum.steps_to(1e-3) < sgd.steps_to(1e-3)`.
///
/// Two are equal if they say the same, wherever they stand.
///
/// **Values** are numbers, texts in quotes, statements (`true`, `false`), and `never`: the steps to a loss that was not
/// reached, the loss at a step after the run's end. `never` goes through arithmetic; no comparison holds of it but
/// `== never`, and `!=` with anything else.
///
/// **Operators**, from the loosest: `or`, `and`, `not`; `< <= > >= == !=`, which chain (`0 < a < 1`); `+ -`; `* /`; unary
/// `-`; `^`, to the right first. Parentheses group. `pi` is a number.
///
/// **Of an entry**, by its name, something is asked after a point: `sgd.loss(40)`, `adam.diverged`. The quantities are
/// those of the table in `RunQuantity`; a step that is left out is the last of the run. A knob is asked by its key:
/// `momentum.beta`, `lookahead.base.lr`.
///
/// **Of the landscape**: its constants (`landscape.kappa`) and the table in `LandscapeQuantity`.
///
/// **Functions**: `abs sqrt exp log log10 sign max min` of numbers; `distance(a, b)` and `distance(a, b, step)` of the
/// points of two entries.
///
/// **Other settings**: `with(sgd.lr=0.021, landscape.kappa=1000, …)` is what the last part would be under other settings,
/// made in order, so that later ones may be computed from earlier ones (`sgd.lr=2/(landscape.kappa+1)`). Also
/// `start=(x, y)`, `steps=n`, `seed=n`, `noise="gaussian(sigma=1)"`, and a whole spec: `sgd="sgd:lr=0.1"`.
/// `from(2, …)` is the same from the second start.
///
/// **Several steps**: `all(k in 1..100, …)` and `any(…)` of statements; `max(k in 1..100, …)`, `min` and `sum` of numbers.
///
/// **Several seeds**, the scene's and those after it: `quantile(0.9, seeds=32, sgd.loss)`, between neighbours in
/// proportion; `mean(seeds=32, …)`; `deviation(seeds=32, …)`, over n − 1; `share(seeds=32, …)` of those for which a
/// statement holds.
public struct Expectation: Sendable, Hashable, CustomStringConvertible {
  /// The statement as it was written.
  public let text: String
  /// The file it stands in, as it was named.
  public let file: String
  /// The line of its first character, from 1.
  public let line: Int
  /// The column of its first character, from 1.
  public let column: Int
  /// What comes of reading it.
  private let reading: Deferred<Result<ExpectationExpression, ExpectationError>>

  /// A statement that is read when it is first asked for.
  init(
    _ text: String, file: String, line: Int, column: Int,
    read: @escaping @Sendable () throws(ExpectationError) -> ExpectationExpression
  ) {
    self.text = text
    reading = Deferred { Result(catching: read) }
    self.file = file
    self.line = line
    self.column = column
  }

  /// The statement.
  public var description: String { text }

  /// The statement, read and checked.
  func statement() throws(ExpectationError) -> ExpectationExpression { try reading.value.get() }

  /// Whether two say the same.
  public static func == (a: Expectation, b: Expectation) -> Bool { a.text == b.text }

  /// The statement.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
