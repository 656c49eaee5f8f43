/// A rule that moves parameters, as a value: copying it takes a snapshot.
///
/// A kernel is written once over `Scalar`, which is `Double` for one run and `Lanes` for eight. It declares itself once; the
/// command line, the scenes, the knobs on screen and the documentation all derive from that declaration. A step allocates
/// nothing, except the first one after a snapshot.
///
/// The step of a rule over lanes has this form, without which it takes a hundred times as long; a test fails without it:
///
///     @specialized(where Scalar == Double)
///     @specialized(where Scalar == SIMD8<Double>)
///     mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }
///
///     @inline(never)
///     private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) { … }
public protocol Optimizer<Scalar>: Sendable {
  associatedtype Scalar: Lane

  /// Who it is and what it needs.
  static var about: About { get }
  /// The knobs, in the order of the documentation.
  static var hyperparameters: [Hyperparameter<Self>] { get }
  /// Internal state worth drawing.
  static var slots: [Slot<Self>] { get }
  /// The update rule, a line each, with the numbers of the last step; its lines are the formula that lists show.
  static var recipe: [RecipeLine<Self>] { get }
  /// The rule in the language in which rules are typed; nil where the language cannot say it.
  static var rule: RuleLines? { get }
  /// How other frameworks write it.
  static var phrases: [Phrase] { get }

  /// What bounds the length of its steps on a quadratic, with the settings of now; of eight runs side by side, that of the
  /// first.
  var stability: Stability { get }
  /// The settings that contract a quadratic fastest, where theory knows them.
  var optima: [Optimum] { get }

  /// With the default hyperparameters and no state.
  init()

  /// Makes room for the state of a problem of this layout. Called once, before the first step.
  mutating func prepare(for layout: ParameterLayout)

  /// How many numbers the matrices have that it keeps and computes with on a problem of this layout, besides vectors as long
  /// as the parameters.
  func matrixNumbers(for layout: ParameterLayout) -> Double

  /// One step: moves `x` (d numbers), asking the oracle for what it wants to know.
  mutating func step(_ x: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>)

  /// The learning rate η that multiplies the step, or nil for a rule that has none.
  ///
  /// After a step of a line search it is the length that the search chose. A schedule sets it before every step.
  var learningRate: Scalar? { get set }

  /// Sets the learning rate of the next steps, as a schedule does before each; nothing happens to a rule without one.
  mutating func use(learningRate: Scalar)

  // The erased view: by key, wrappers included. The defaults serve every plain optimizer.

  /// Who it is; a schedule answers for the optimizer that it drives.
  var about: About { get }

  /// The knobs without their type, a wrapper's own first, then its base's as `base.lr`.
  var knobs: [Knob] { get }
  /// The value of a knob, or nil if there is none of that key. A toggle is 0 or 1, a choice its index.
  func value(of key: String) -> Scalar?
  /// The value of a knob that the last step used, which a schedule or a search may have moved; before the first step that of
  /// the knob.
  func valueInForce(of key: String) -> Scalar?
  /// Sets a knob and resets no state. The caller has checked the value against the knob's range; an unknown key is a
  /// programmer error.
  mutating func set(_ key: String, to value: Scalar)
  /// The state worth drawing, with its numbers now.
  var state: [SlotValue<Scalar>] { get }
  /// The update rule with the numbers of the last step.
  func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>]
  /// The learning rate that each coordinate's gradient (or averaged gradient) was multiplied by in the last step, such as
  /// η/(√v̂ + ε); nil where there is no such number, as in a step by signs or through a matrix, or before the first step.
  var effectiveRates: [Scalar]? { get }
  /// The shape in which the last step was measured; of eight runs side by side, that of the first. Meaningful after a step.
  var ball: UnitBall { get }
  /// What the last step's line search did; nil for a rule that does not search.
  var search: SearchRecord? { get }
  /// Whether a gradient that reaches the rule may be another than that of the loss at the point, because a wrapper changes it.
  var changesGradient: Bool { get }
  /// The optimizer that a wrapper wraps, or nil.
  var wrapped: (any Optimizer<Scalar>)? { get }
  /// What happened in the last step beyond the plain rule, in words for the log (clipped, synchronised, …).
  var events: [String] { get }
}

extension Optimizer {
  /// No state worth drawing.
  public static var slots: [Slot<Self>] { [] }

  /// None: a solver, a search, a flow.
  public static var rule: RuleLines? { nil }

  /// No framework writes it, but for what PyTorch's words say.
  public static var phrases: [Phrase] { [] }

  /// None that theory knows.
  public var optima: [Optimum] { [] }

  /// No state to make room for.
  public mutating func prepare(for layout: ParameterLayout) {}

  /// None, or those of what is wrapped.
  public func matrixNumbers(for layout: ParameterLayout) -> Double {
    wrapped?.matrixNumbers(for: layout) ?? 0
  }

  /// No learning rate.
  public var learningRate: Scalar? {
    get { nil }
    set {}
  }

  /// No learning rate to set.
  public mutating func use(learningRate: Scalar) {}

  /// Who the type is.
  public var about: About { Self.about }

  /// The knobs that the type declares.
  public var knobs: [Knob] { Self.hyperparameters.map(\.knob) }

  /// The value of a declared knob.
  public func value(of key: String) -> Scalar? {
    Self.hyperparameters.first { $0.knob.key == key }?.read(self)
  }

  /// The learning rate as it was used, and every other knob as it is set.
  public func valueInForce(of key: String) -> Scalar? {
    let value = value(of: key)
    return key == "lr" && value != nil ? learningRate : value
  }

  /// Sets a declared knob.
  public mutating func set(_ key: String, to value: Scalar) {
    set(key, to: value, among: Self.hyperparameters)
  }

  /// Sets a knob that the type declares.
  mutating func set(_ key: String, to value: Scalar, among declared: [Hyperparameter<Self>]) {
    guard let found = declared.first(where: { $0.knob.key == key }) else {
      preconditionFailure("\(Self.about.id) has no knob '\(key)'")
    }
    found.write(&self, value)
  }

  /// The declared slots with their numbers.
  public var state: [SlotValue<Scalar>] {
    Self.slots.map { $0.value(in: self) }
  }

  /// The declared recipe with its numbers.
  public func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] { ownLines(after: step) }

  /// The recipe that the type declares, with its numbers.
  func ownLines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] {
    let chosen = chosenForms
    return Self.recipe.compactMap { line in
      let values = line.read(self, step)
      if values.isEmpty { return nil }
      return RecipeText(
        text: line.text, symbol: line.symbol, label: line.label, role: line.role, values: values,
        isInOtherForm: RecipeText<Scalar>.parts(of: line.text).name.map(chosen.contains) ?? false)
    }
  }

  /// The toggles that are on, by their keys, and the words of choices: forms of the rule are named by them.
  private var chosenForms: Set<String> {
    var chosen: Set<String> = []
    for hyperparameter in Self.hyperparameters {
      let knob = hyperparameter.knob
      let value = hyperparameter.read(self)[lane: 0]
      switch knob.kind {
      case .toggle where value != 0: chosen.insert(knob.key)
      case .choice: chosen.insert(knob.format(value))
      default: break
      }
    }
    return chosen
  }

  /// None.
  public var effectiveRates: [Scalar]? { nil }

  /// The ellipse of the effective rates.
  public var ball: UnitBall {
    effectiveRates.map { .diagonal($0.map { $0[lane: 0] }) }
      ?? .undefined("the step is not steepest descent in a ball")
  }

  /// No search.
  public var search: SearchRecord? { nil }

  /// No.
  public var changesGradient: Bool { false }

  /// Nothing.
  public var wrapped: (any Optimizer<Scalar>)? { nil }

  /// Nothing.
  public var events: [String] { [] }

  /// The name in text, with the wrappers around it: `Adam`, `Lookahead(SGD)`.
  public var displayName: String {
    wrapped.map { "\(about.name)(\($0.displayName))" } ?? about.name
  }

  /// How many numbers it keeps from step to step, as its state says.
  package var storedCount: Int { state.reduce(0) { $0 + $1.stored } }

  /// The strength λ of the penalties that are part of the gradient: it adds to every curvature.
  public var penalty: Scalar {
    knobs.filter { $0.role == .penalty }.reduce(.zero) { $0 + (value(of: $1.key) ?? .zero) }
  }
}
