import Experiments
import Landscapes
import OptimizerCore
import Testing

@testable import Scenes

/// Every key of every table is written where it says something, and reads back as what it said.
@Suite struct SceneKeyTests {
  private static let base = """
    landscape: ravine
    optimizers: [sgd, momentum]
    steps: 100

    """

  /// A value other than the default for each key of a table, as the table's mapping has it.
  private static let whole: [String: String] = [
    "title": "Look", "source": "A book", "caption": "Below", "notes": "\"Wait: a moment\"", "order": "2.5",
    "claims": "[3, 1]", "courses": "[first-hour, mine]",
    "landscape": "{name: ravine, kappa: 20}", "window": "{x: [-3, 2], y: [-1, 30]}", "start": "[2, 7]",
    "starts": "[[1, 10], [2, 3]]", "optimizers": "[sgd, \"momentum:beta=0.5\"]", "steps": "70",
    "evaluations": "90", "speed": "7.5", "noise": "gaussian(sigma=0.5)", "seed": "18446744073709551615",
    "changes": "[\"4:sgd.lr=0.01\", \"6:landscape.kappa=20\"]", "view": "slice",
    "map": "{x: sgd.lr=1e-3:1:log, y: momentum.beta=0:0.9:linear}", "overlays": "[trail, axes]",
    "rules": "[\"heavy(lr=0.01): v := 0; v = 0.9*v + g; x = x - lr*v\"]", "select": "momentum",
    "curve": "{of: distance, axes: log-log, against: evaluations, point: [-1, 0]}", "picture": "units",
    "controls": "[sgd.lr, landscape.kappa]", "beats": "[{say: Look., until: 40}]",
    "expect": "[not sgd.diverged]",
  ]
  private static let named: [String: String] = ["name": "rotated-ravine", "plane": "[minimum, gradient]"]
  private static let formula: [String: String] = [
    "formula": "\"2*a*x^2 + y^2\"", "constants": "{a: {value: 5, range: [1, 9], scale: linear}}",
    "minima": "[[0, 0]]", "saddles": "[[1, -1e-3]]",
  ]
  private static let constant: [String: String] = ["value": "6", "range": "[2, 90]", "scale": "log"]
  private static let window: [String: String] = ["x": "[-9, 2]", "y": "[-1, 77]"]
  private static let optimizer: [String: String] = [
    "use": "\"adam:lr=0.25\"", "name": "heavy", "label": "Heavy, ball", "colour": "5", "on": "false",
  ]
  private static let map: [String: String] = [
    "x": "sgd.lr=1e-2:1:linear", "y": "landscape.kappa=1:50:log",
  ]
  private static let curve: [String: String] = [
    "of": "step-length", "axes": "linear", "against": "evaluations", "point": "[-1, 0.5]",
  ]
  private static let beat: [String: String] = [
    "start": "[3, -1]", "noise": "gaussian(sigma=0.5)", "seed": "12", "window": "{x: [-3, 2], y: [-1, 30]}",
    "overlays": "[field]", "select": "momentum", "curve": "effective-rates", "picture": "fisher",
    "set": "{sgd.lr: 0.015625, landscape.kappa: 30, momentum.on: false}", "restart": "true", "view": "twin",
    "blind": "false", "say": "\"\"", "ask": "\"Why: how?\"", "choices": "[\"yes\", b]", "answer": "2",
    "until": "12", "notes": "Wait.",
  ]

  private func check<Draft, Whole>(
    _ keys: [FormatKey<Draft, Whole>], _ values: [String: String],
    _ document: (_ key: String, _ value: String) -> (with: String, without: String)
  ) throws {
    #expect(Set(keys.map(\.name)) == Set(values.keys), "each key of the table has a value here")
    for key in keys {
      guard let value = values[key.name] else { continue }
      let (with, without) = document(key.name, value)
      let (scene, plain) = (
        try SceneLibrary.scene(of: with, file: "s.yaml", name: "s"),
        try SceneLibrary.scene(of: without, file: "s.yaml", name: "s")
      )
      #expect(scene != plain, "\(key.name): the value is another than the default")
      let written = scene.document
      #expect(written.contains("\(key.name): ") || written.contains("\(key.name):\n"), "\(key.name)")
      let again = try SceneLibrary.scene(of: written, file: "s.yaml", name: scene.name)
      #expect(again == scene, "\(key.name):\n\(written)")
      #expect(again.document == written, "\(key.name)")
    }
  }

  /// The base without a key, and the lines of some more.
  private static func without(_ keys: [String]) -> String {
    base.split(separator: "\n").filter { line in !keys.contains { line.hasPrefix("\($0):") } }
      .joined(separator: "\n") + "\n"
  }

  @Test func keysOfAScene() throws {
    try check(SceneFormat.scene, Self.whole) { key, value in
      (Self.without([key]) + "\(key): \(value)\n", Self.base)
    }
  }

  @Test func keysOfALandscape() throws {
    try check(SceneFormat.named, Self.named) { key, value in
      let rest = Self.without(["landscape"])
      // A plane is one of more than two parameters.
      return key == "plane"
        ? (rest + "landscape: {name: matrix-2x2, plane: \(value)}\n", rest + "landscape: matrix-2x2\n")
        : (rest + "landscape: {name: \(value), angle: 5}\n", Self.base)
    }
  }

  @Test func keysOfAFormula() throws {
    let usual = ["formula": "\"a*x^2 + y^2\"", "constants": "{a: 2}"]
    try check(SceneFormat.formula, Self.formula) { key, value in
      func document(_ pairs: [String: String]) -> String {
        let text = pairs.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", ")
        return Self.without(["landscape"]) + "landscape: {\(text)}\n"
      }
      return (document(usual.merging([key: value]) { $1 }), document(usual))
    }
  }

  @Test func keysOfAConstant() throws {
    let usual = ["value": "5", "range": "[1, 80]", "scale": "linear"]
    try check(SceneFormat.constant, Self.constant) { key, value in
      func document(_ pairs: [String: String]) -> String {
        let text = pairs.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", ")
        return Self.without(["landscape"])
          + "landscape: {formula: \"a*x^2 + y^2\", constants: {a: {\(text)}}}\n"
      }
      return (document(usual.merging([key: value]) { $1 }), document(usual))
    }
  }

  @Test func keysOfAWindow() throws {
    let usual = ["x": "[-3, 3]", "y": "[-2, 2]"]
    try check(SceneFormat.window, Self.window) { key, value in
      func document(_ pairs: [String: String]) -> String {
        Self.base + "window: {x: \(pairs["x"] ?? ""), y: \(pairs["y"] ?? "")}\n"
      }
      return (document(usual.merging([key: value]) { $1 }), document(usual))
    }
  }

  @Test func keysOfACurve() throws {
    let usual = ["of": "loss", "axes": "log-log"]
    try check(SceneFormat.curve, Self.curve) { key, value in
      func document(_ pairs: [String: String]) -> String {
        Self.base + "curve: {\(pairs.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", "))}\n"
      }
      return (document(usual.merging([key: value]) { $1 }), document(usual))
    }
  }

  @Test func keysOfAnOptimizer() throws {
    try check(SceneFormat.optimizer, Self.optimizer) { key, value in
      let rest = Self.without(["optimizers"])
      let entry = key == "use" ? "{use: \(value), name: a}" : "{use: sgd, \(key): \"\(value)\"}"
      let usual = key == "use" ? "{use: adam, name: a}" : "sgd"
      return (rest + "optimizers: [\(entry)]\n", rest + "optimizers: [\(usual)]\n")
    }
  }

  @Test func keysOfAMap() throws {
    let usual = ["x": "sgd.lr=1e-3:1", "y": "momentum.beta=0:0.9"]
    try check(SceneFormat.map, Self.map) { key, value in
      func document(_ pairs: [String: String]) -> String {
        Self.base + "map: {x: \(pairs["x"] ?? ""), y: \(pairs["y"] ?? "")}\n"
      }
      return (document(usual.merging([key: value]) { $1 }), document(usual))
    }
  }

  @Test func keysOfABeat() throws {
    // What a key needs beside it, in all that are compared.
    let needs = [
      "choices": "ask: Q, answer: 2", "answer": "ask: Q, choices: [a, b, c]",
      "set": "until: 3", "restart": "until: 3", "view": "until: 3", "blind": "until: 3", "say": "until: 3",
      "ask": "until: 3", "until": "say: a", "notes": "until: 3",
    ]
    try check(SceneFormat.beat, Self.beat) { key, value in
      let rest = needs[key] ?? "until: 3"
      let usual =
        switch key {
        case "choices": rest + ", choices: [a, b]"
        case "answer": rest + ", answer: 1"
        default: rest
        }
      return (
        Self.base + "beats: [{\(rest), \(key): \(value)}]\n", Self.base + "beats: [{\(usual)}]\n"
      )
    }
  }
}
