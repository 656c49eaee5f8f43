import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import TestSupport

@testable import Explorer

/// Random races, screens and events; the seeds are those of `FuzzCases`.
struct Fuzz: RandomNumberGenerator {
  /// The catalog's formulas and matrices, and small losses made of data, which a build for tests evaluates slowly.
  static let landscapes: [Landscape] =
    LandscapeCatalog.all.filter { $0.data == nil }
    + [
      "network(data=xor, rows=8, hidden=2, activation=tanh)",
      "samples(data=odds, rows=8, model=a*x + b, loss=bernoulli, start=a=0 b=1)",
    ].map { text in
      guard let landscape = try? LandscapeText.landscape(text) else {
        preconditionFailure("\(text) is no landscape")
      }
      return landscape
    }

  private var random: SplitMix64

  init(seed: Int) { random = SplitMix64(state: UInt64(bitPattern: Int64(seed))) }

  mutating func next() -> UInt64 { random.next() }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// One time in so many.
  mutating func happens(in times: Int) -> Bool { below(times) == 0 }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  // MARK: Numbers and texts

  /// A number of any size.
  mutating func number() -> Double {
    switch below(8) {
    case 0:
      return pick([
        0, -0.0, 1, -1, 1e308, -1.7e308, 0x1p-1074, .greatestFiniteMagnitude, 1e15, -1e16, 1e-12, 9.3e18,
      ])
    case 1, 2: return Elementary.pow(10, .random(in: -308...308, using: &self)) * pick([1, -1])
    case 3: return Elementary.pow(10, .random(in: -12...12, using: &self)) * pick([1, -1])
    default: return .random(in: -5...5, using: &self)
    }
  }

  /// A formula, or what might be one.
  mutating func formula(_ depth: Int = 3) -> String {
    guard depth > 0, !happens(in: 5) else {
      return pick(["x", "y", "x", "y", "t", "e", "pi", NumberText.exact(number()), "\(below(9))"])
    }
    switch below(4) {
    case 0:
      let name = pick(Formula.functionNames)
      return "\(name)(\(formula(depth - 1))\(pick(["", "", ", \(formula(depth - 1))"])))"
    case 1: return "(\(formula(depth - 1))) \(pick(["<", "<=", ">", "==", "!="])) \(formula(depth - 1))"
    default:
      return "(\(formula(depth - 1)) \(pick(["+", "-", "*", "*", "/", "^"])) \(formula(depth - 1)))"
    }
  }

  /// A landscape of the catalog or of a formula.
  mutating func landscape() -> Landscape {
    for _ in 0..<20 where !happens(in: 3) {
      if let landscape = try? Landscape(formula: formula()) { return landscape }
    }
    var landscape = pick(Fuzz.landscapes)
    for constant in landscape.constants where happens(in: 2) {
      let value = pick([constant.range.lowerBound, constant.range.upperBound, constant.value])
      landscape = (try? landscape.setting(constant.name, to: value)) ?? landscape
    }
    return landscape
  }

  /// An optimizer that the landscape has what it needs for, some of its knobs at their ends.
  mutating func optimizer(on landscape: Landscape) -> OptimizerSpec {
    while true {
      let id = pick(OptimizerRegistry.all).about.id
      let text = pick([id, id, "\(id):schedule=cosine(20)", "clip(\(id))", "lookahead(\(id))"])
      guard var spec = (try? OptimizerSpec(text)) ?? (try? OptimizerSpec(id)),
        landscape.obstacle(to: spec) == nil
      else { continue }
      for knob in spec.knobs where happens(in: 4) {
        spec.set(
          knob.key,
          to: pick([
            knob.range.lowerBound, knob.range.upperBound, knob.stepped(from: knob.defaultValue, by: 3),
          ]))
      }
      return spec
    }
  }

  /// A race of a few entries with a small budget.
  mutating func scene(steps: Int) -> Scene {
    let landscape = landscape()
    let specs = (0..<below(4)).map { _ in optimizer(on: landscape) }
    var experiment = Experiment(
      landscape: landscape, entries: Entry.entries(specs), budget: Budget(steps: steps))
    if landscape.showsAllParameters {
      experiment.starts = (0...below(3)).map { _ in
        happens(in: 3) ? landscape.start : Point(x: number(), y: number())
      }
    }
    if happens(in: 4), let noise = try? Noise(pick(["gaussian(0.5)", "levy(1.5,1)", "gaussian(1e300)"])) {
      experiment.noise = noise
    }
    return Scene(name: "fuzz", title: "fuzz", caption: "", experiment: experiment)
  }

  // MARK: Screens and events

  mutating func size() -> (width: Int, height: Int) {
    happens(in: 4)
      ? pick([(0, 0), (1, 1), (10, 5), (19, 6), (20, 6), (20, 5), (21, 7), (300, 4), (25, 90), (200, 60)])
      : (.random(in: 20...140, using: &self), .random(in: 6...45, using: &self))
  }

  mutating func appearance() -> Appearance {
    let isUnicode = !happens(in: 5)
    return Appearance(
      theme: pick(Theme.allCases), glyphs: isUnicode ? pick(GlyphSet.allCases) : .ascii,
      depth: pick(ColourDepth.allCases), isUnicode: isUnicode)
  }

  /// Keys of the explorer, of its views and of its dialogs.
  private static let keys: [Key] =
    KeyMap.bindings.flatMap { $0.strokes.map(\.key) }
    + Views.all.flatMap { $0.keyTable.flatMap { $0.strokes.map(\.key) } }
    + [
      .enter, .enter, .escape, .escape, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab,
      .backTab, .insert, .delete, .backspace, .control("u"), .control("w"), .control("a"), .control("g"),
      .function(5), .alt("x"), .character("é"), .character("\u{301}"), .character("漢"),
    ]

  private static let views = Views.all.compactMap { $0.key }.map(Key.character)

  /// What is typed on the command line.
  private mutating func command() -> String {
    let word = pick(Command.all).word
    let value = pick([
      "\(below(99))", NumberText.exact(number()), pick(ViewName.allCases).rawValue, formula(2), "none",
      "\(number()),\(number())", "-3:3", "1e-13:2", "landscape.kappa=9", "adam.lr=1", "3:sgd.lr=0.5",
      "gaussian(1)", pick(OptimizerRegistry.all).about.id, pick(Fuzz.landscapes).id, "", "\u{1b}[31m",
    ])
    return word == "steps" || word == "evaluations" ? "\(word) \(below(60))" : "\(word) \(value)"
  }

  /// A few events that belong together.
  mutating func events() -> [Event] {
    func typed(_ text: String, _ ends: Key...) -> [Event] {
      text.map { .key(.character($0)) } + ends.map { .key($0) }
    }
    switch below(24) {
    case 0:
      let size = size()
      return [.resize(width: size.width, height: size.height)]
    case 1:
      return [
        .key(.character("f")), .key(.control("u")), .paste(formula()), .key(.enter), .key(.escape),
      ]
    case 2: return [.key(.character("L"))] + typed(pick(Fuzz.landscapes).id, .enter, .escape)
    case 3: return [.key(.character("a"))] + typed(pick(OptimizerRegistry.all).about.id, .enter, .escape)
    case 4, 5: return [.key(.character(":"))] + typed(command(), .enter, .escape)
    case 6: return [.paste(pick([formula(), "", "\u{1b}]0;x\u{7}", String(repeating: "é漢", count: 500)]))]
    case 7, 8, 9: return [.mouse(mouse())]
    case 10:
      let (from, to) = (mouse(), mouse())
      return [
        .mouse(Mouse(.press, x: from.x, y: from.y)), .mouse(Mouse(.drag, x: to.x, y: to.y)),
        .mouse(Mouse(.release, x: to.x, y: to.y)),
      ]
    case 11, 12: return [.key(.escape), .key(pick(Fuzz.views))]
    case 13: return [pick([.focus(true), .showsPictures(true), .showsPictures(true), .showsPictures(false)])]
    default: return [.key(pick(Fuzz.keys))]
    }
  }

  private mutating func mouse() -> Mouse {
    let place =
      happens(in: 10) ? (pick([-1, 0, 9999, .max / 2]), pick([-1, 0, 9999])) : (below(140), below(45))
    return Mouse(
      pick([
        .press, .press, .release, .drag, .move, .middlePress, .rightPress, .otherDrag, .wheelUp, .wheelDown,
      ]), x: place.0, y: place.1)
  }
}
