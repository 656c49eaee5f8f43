public import Landscapes
public import OptimizerCore

/// One contestant of a race.
public struct Entry: Sendable, Hashable {
  /// The optimizer and its settings at the start.
  public var spec: OptimizerSpec
  /// The name by which scenes, axes and changes call it: its id, for a second one of the same id `sgd2`, or a name given.
  public var name: String
  /// What the screen calls it.
  public var label: String
  /// Which of the entry colours it wears, from 0.
  public var colour: Int
  /// Whether it takes part.
  public var isOn: Bool

  /// What stands on the command line for a race without entries.
  public static let noneWord = "none"

  /// An entry as it is.
  public init(spec: OptimizerSpec, name: String, label: String, colour: Int, isOn: Bool = true) {
    self.spec = spec
    self.name = name
    self.label = label
    self.colour = colour
    self.isOn = isOn
  }

  /// Entries from specs: names numbered by id, labels told apart by what differs, colours in order.
  public static func entries(_ specs: [OptimizerSpec]) -> [Entry] {
    var entries: [Entry] = []
    for (i, spec) in specs.enumerated() {
      let name = freeName(for: spec, among: entries)
      entries.append(Entry(spec: spec, name: name, label: freeLabel(for: spec, among: entries), colour: i))
    }
    return entries
  }

  /// The name of a new entry: the spec's id, with a number from the second on.
  public static func freeName(for spec: OptimizerSpec, among entries: [Entry]) -> String {
    let taken = Set(entries.map(\.name))
    guard taken.contains(spec.id) else { return spec.id }
    var number = 2
    while taken.contains("\(spec.id)\(number)") { number += 1 }
    return "\(spec.id)\(number)"
  }

  /// The label of a new entry: the display name, with a number from the second on.
  public static func freeLabel(for spec: OptimizerSpec, among entries: [Entry]) -> String {
    let taken = Set(entries.map(\.label))
    guard taken.contains(spec.displayName) else { return spec.displayName }
    var number = 2
    while taken.contains("\(spec.displayName) \(number)") { number += 1 }
    return "\(spec.displayName) \(number)"
  }
}

/// A knob turned during a run, before a step.
public struct Change: Sendable, Hashable {
  /// Whose knob.
  public enum Target: Sendable, Hashable {
    /// An entry, by name, and the key of its knob (`lr`, `base.lr`).
    case entry(name: String, key: String)
    /// A constant of the landscape.
    case landscape(constant: String)
  }

  /// The step before which it is turned, from 1.
  public var step: Int
  /// Whose knob it is.
  public var target: Target
  /// The value it is turned to.
  public var value: Double

  /// A knob turned before a step.
  public init(step: Int, target: Target, value: Double) {
    self.step = step
    self.target = target
    self.value = value
  }
}

/// When a run ends by itself.
public struct Budget: Sendable, Hashable {
  /// The last step, if limited.
  public var steps: Int?
  /// No step starts once this many gradient evaluations are spent, if limited.
  public var evaluations: Int?

  /// A budget; nil is no limit.
  public init(steps: Int? = nil, evaluations: Int? = nil) {
    self.steps = steps
    self.evaluations = evaluations
  }
}

/// Everything that determines a race: the same experiment gives the same numbers, to the last bit.
public struct Experiment: Sendable, Hashable {
  /// The landscape before any change.
  public var landscape: Landscape
  /// What the plot shows; divergence and convergence are measured against it.
  public var window: Window
  /// The contestants, in order.
  public var entries: [Entry]
  /// The starts, at least one; of more than two parameters, points of the landscape's plane.
  public var starts: [Point]
  /// When the runs end by themselves.
  public var budget: Budget
  /// The noise on every gradient, the same draws for all entries unless it says otherwise.
  public var noise: Noise
  /// The seed of everything random.
  public var seed: UInt64
  /// Knobs turned during the run, by step.
  public var changes: [Change] { didSet { changeSteps = Experiment.steps(of: changes) } }
  /// The steps before which a knob is turned, in order, each as often as it has changes.
  private(set) var changeSteps: [Int]

  /// An experiment; window and start are the landscape's own unless given.
  public init(
    landscape: Landscape, window: Window? = nil, entries: [Entry], starts: [Point]? = nil,
    budget: Budget = Budget(),
    noise: Noise = .none, seed: UInt64 = 0, changes: [Change] = []
  ) {
    self.landscape = landscape
    self.window = window ?? landscape.window
    self.entries = entries
    self.starts = starts ?? [landscape.start]
    self.budget = budget
    self.noise = noise
    self.seed = seed
    self.changes = changes
    changeSteps = Experiment.steps(of: changes)
  }

  private static func steps(of changes: [Change]) -> [Int] { changes.map(\.step).sorted() }

  /// The parameters that a start, a point of the picture, stands for.
  public func startParameters(_ start: Point) -> [Double] { landscape.lift(start) }

  /// The changes that a run of an entry sees, earlier ones first.
  func changes(concerning entry: Entry) -> [Change] {
    let seen = changes.filter { change in
      switch change.target {
      case .landscape: true
      case .entry(let name, _): name == entry.name
      }
    }
    return seen.sorted { $0.step < $1.step }
  }

  /// The landscape in force once `step` steps are done.
  public func landscape(at step: Int) -> Landscape {
    var landscape = self.landscape
    for change in changes where change.step <= step {
      // Changes are checked when they are made, so a failure here is a programmer error.
      if case .landscape(let constant) = change.target,
        let changed = try? landscape.setting(constant, to: change.value)
      {
        landscape = changed
      }
    }
    return landscape
  }

  /// The spec of an entry with the changes up to `step` folded in.
  public func spec(of entry: Entry, at step: Int) -> OptimizerSpec {
    var spec = entry.spec
    for change in changes where change.step <= step {
      if case .entry(entry.name, let key) = change.target { spec.set(key, to: change.value) }
    }
    return spec
  }
}

extension Entry {
  /// Whether a text can name an entry: letters, digits, `-` and `_`, a letter first, and none of the words that mean
  /// something else in changes and axes.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else {
      return false
    }
    guard text != "landscape", text != "start" else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
    }
  }
}
