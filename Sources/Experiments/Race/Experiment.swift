public import Landscapes
public import OptimizerCore

/// Everything that determines a race: the same experiment gives the same numbers, to the last bit.
public struct Experiment: Sendable, Hashable {
  /// The landscape before any change.
  public var landscape: Landscape {
    didSet {
      begin()
      follow()
    }
  }
  /// What the plot shows; divergence and convergence are measured against it.
  public var window: Window
  /// The contestants, in order.
  public var entries: [Entry] { didSet { adopt() } }
  /// The rules that were typed for it, which a spec may name here: those of its entries and others. Each has a name of its
  /// own.
  public var rules: [TypedRule]
  /// The starts, at least one; of more than two parameters, points of the landscape's plane.
  public var starts: [Point]
  /// When the runs end by themselves.
  public var budget: Budget
  /// The noise on every gradient, the same draws for all entries unless it says otherwise.
  public var noise: Noise
  /// The seed of everything random: of noise, and of a start that is drawn, unless that has a seed of its own.
  public var seed: UInt64 {
    get { drawnFrom }
    set {
      drawnFrom = newValue
      begin()
    }
  }
  private var drawnFrom: UInt64
  /// Knobs turned during the run, by step.
  public var changes: [Change] { didSet { follow() } }
  /// What the changes make of the landscape.
  private var course: Course

  /// An experiment; window and start are the landscape's own unless given.
  public init(
    landscape: Landscape, window: Window? = nil, entries: [Entry], rules: [TypedRule] = [],
    starts: [Point]? = nil, budget: Budget = Budget(), noise: Noise = .none, seed: UInt64 = 0,
    changes: [Change] = []
  ) {
    self.landscape = landscape
    self.window = window ?? landscape.window
    self.entries = entries
    self.rules = rules
    self.starts = starts ?? [landscape.start]
    self.budget = budget
    self.noise = noise
    drawnFrom = seed
    self.changes = changes
    course = Course(landscape, changes)
    begin()
    adopt()
  }

  /// Lets runs begin where the seed says, and the picture go through there.
  private mutating func begin() {
    let seeded = landscape.seeded(seed)
    guard seeded.startSeed != landscape.startSeed else { return }
    let (old, new) = (landscape.start, seeded.start)
    starts = starts.map { $0 == old ? new : $0 }
    landscape = seeded
  }

  /// The same of another seed, seen through the same plane: a run among many that differ in the seed alone.
  package func reseeded(_ seed: UInt64) -> Experiment {
    var copy = self
    copy.drawnFrom = seed
    return copy
  }

  /// Whether anything that is run is drawn by the seed: the noise, what an optimizer draws, a start.
  package var dependsOnSeed: Bool {
    !noise.isNone || entries.contains { $0.isOn && $0.spec.isRandom }
      || starts.contains { startParameters($0) != landscape.lift($0, seed: seed &+ 1) }
  }

  /// Takes in the rules that its entries carry.
  private mutating func adopt() {
    for rule in entries.flatMap(\.spec.rules) where !rules.contains(rule) { rules.append(rule) }
  }

  private mutating func follow() { course = Course(landscape, changes) }

  /// The parameters that a start, a point of the picture, stands for.
  public func startParameters(_ start: Point) -> [Double] { landscape.lift(start, seed: seed) }

  /// Where a run of an optimizer begins that may have a start of its own.
  func startParameters(_ start: Point, of spec: OptimizerSpec) -> [Double] {
    spec.ownStart.flatMap { $0.count == landscape.dimension ? $0 : nil } ?? startParameters(start)
  }

  /// The changes by step; those before the same step in the order of `changes`.
  var changesInOrder: [Change] { course.changes }
  /// The steps before which a knob is turned, in order, each as often as it has changes.
  var changeSteps: [Int] { course.changeSteps }

  /// The changes that a run of an entry sees, earlier ones first.
  func changes(concerning entry: Entry) -> [Change] {
    changesInOrder.filter { $0.target.concerns(entry) }
  }

  /// The landscape in force once `step` steps are done.
  public func landscape(at step: Int) -> Landscape { course.landscape(at: step) ?? landscape }

  /// Why it cannot be run on another landscape, in one sentence that names what is missing there; nil if it can.
  package func obstacle(to landscape: Landscape) -> String? {
    for entry in entries {
      if let obstacle = landscape.obstacle(to: entry.spec) { return obstacle }
    }
    do {
      try landscape.check(noise)
      return nil
    } catch {
      return error.message
    }
  }

  /// The spec of an entry with the changes up to `step` folded in.
  public func spec(of entry: Entry, at step: Int) -> OptimizerSpec {
    var spec = entry.spec
    for change in changesInOrder where change.step <= step {
      if case .entry(entry.name, let key) = change.target { spec.set(key, to: change.value) }
    }
    return spec
  }
}

/// What follows from an experiment's landscape and changes, worked out when they are set, because every step and every
/// frame ask for it. No part of what the experiment is: any two are equal.
private struct Course: Hashable {
  let changes: [Change]
  let changeSteps: [Int]
  /// The steps from which on a changed landscape is in force, in order, and the landscapes.
  private var steps: [Int] = []
  private var landscapes: [Landscape] = []

  init(_ landscape: Landscape, _ changes: [Change]) {
    let isInOrder = zip(changes, changes.dropFirst()).allSatisfy { $0.step <= $1.step }
    self.changes =
      isInOrder
      ? changes
      : changes.enumerated().sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }
        .map(\.element)
    changeSteps = self.changes.map(\.step)
    var changed = landscape
    for change in self.changes {
      // Changes are checked when they are made, so a failure here is a programmer error.
      guard case .landscape(let constant) = change.target,
        let next = try? changed.setting(constant, to: change.value)
      else { continue }
      changed = next
      if steps.last == change.step {
        landscapes[landscapes.count - 1] = changed
      } else {
        steps.append(change.step)
        landscapes.append(changed)
      }
    }
  }

  /// The changed landscape in force at a step; nil before the first change.
  func landscape(at step: Int) -> Landscape? {
    guard let first = steps.first, step >= first else { return nil }
    var (low, high) = (0, steps.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if steps[middle] <= step { low = middle } else { high = middle - 1 }
    }
    return landscapes[low]
  }

  static func == (a: Course, b: Course) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}
