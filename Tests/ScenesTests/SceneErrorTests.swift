import Testing
import TestSupport

@testable import Scenes

/// Documents that are wrong, each with everything that is said of it.
struct SceneErrorTests {
  private static let keys = SceneFormat.scene.map(\.name).joined(separator: ", ")

  private static let cases: [(document: String, errors: [String])] = [
    (
      "",
      [
        "s.yaml:1: the file is empty; a scene has at least 'landscape' and 'optimizers'"
      ]
    ),
    (
      "# only a comment\n",
      [
        "s.yaml:1: the file is empty; a scene has at least 'landscape' and 'optimizers'"
      ]
    ),
    (
      "---\n",
      [
        "s.yaml:2:1: a scene must be a mapping with keys such as 'title', 'source'"
      ]
    ),
    (
      "hello\n",
      [
        "s.yaml:1:1: a scene must be a mapping with keys such as 'title', 'source'"
      ]
    ),
    (
      "- a\n- b\n",
      [
        "s.yaml:1:1: a scene must be a mapping with keys such as 'title', 'source'"
      ]
    ),
    (
      "landscape: bowl\n",
      [
        "s.yaml:1:1: a scene needs 'optimizers': a list of specs such as sgd:lr=0.01"
      ]
    ),
    (
      "optimizers: [sgd]\n",
      [
        "s.yaml:1:1: a scene needs a 'landscape': a name, or a formula as {formula: \"x^2 + y^2\"}"
      ]
    ),
    (
      "{}\n",
      [
        "s.yaml:1:1: a scene needs a 'landscape': a name, or a formula as {formula: \"x^2 + y^2\"}",
        "s.yaml:1:1: a scene needs 'optimizers': a list of specs such as sgd:lr=0.01",
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\ntitel: x\n",
      [
        "s.yaml:3:1: unknown key 'titel', did you mean 'title'?"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nzzz: 1\n",
      [
        "s.yaml:3:1: unknown key 'zzz'; the keys of a scene are \(keys)"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: -1\n",
      [
        "s.yaml:3:8: steps must be a whole number, at least 0, got '-1'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: 1.5\n",
      [
        "s.yaml:3:8: steps must be a whole number, at least 0, got '1.5'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: many\n",
      [
        "s.yaml:3:8: steps must be a whole number, at least 0, got 'many'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: [1]\n",
      [
        "s.yaml:3:8: steps must be a whole number, at least 0, got a list"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nevaluations: {a: 1}\n",
      [
        "s.yaml:3:14: evaluations must be a whole number, at least 0, got a mapping"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nspeed: 0\n",
      [
        "s.yaml:3:8: speed must be between 0.1 and 10000 steps a second, got '0'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nspeed: fast\n",
      [
        "s.yaml:3:8: speed must be a number, got 'fast'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nspeed: 1e9\n",
      [
        "s.yaml:3:8: speed must be between 0.1 and 10000 steps a second, got '1000000000'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\norder: x\n",
      [
        "s.yaml:3:8: order must be a number, got 'x'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nseed: -3\n",
      [
        "s.yaml:3:7: seed must be a whole number, at least 0, got '-3'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\ntitle: [a]\n",
      [
        "s.yaml:3:8: title must be text"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\ncaption: {a: b}\n",
      [
        "s.yaml:3:10: caption must be text"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nnotes: [1]\n",
      [
        "s.yaml:3:8: notes must be text"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsource: [1]\n",
      [
        "s.yaml:3:9: source must be text"
      ]
    ),
    (
      "landscape: bowll\noptimizers: [sgd]\n",
      [
        "s.yaml:1:12: unknown landscape 'bowll', did you mean 'bowl'?"
      ]
    ),
    (
      "landscape: qqqqqq\noptimizers: [sgd]\n",
      [
        "s.yaml:1:12: unknown landscape 'qqqqqq'; `descent list landscapes` names them all"
      ]
    ),
    (
      "landscape: [bowl]\noptimizers: [sgd]\n",
      [
        "s.yaml:1:12: landscape must be a name, {name: ravine, kappa: 100} or {formula: \"x^2 + y^2\"}"
      ]
    ),
    (
      "landscape: {kappa: 3}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:12: a landscape needs a 'name' or a 'formula'"
      ]
    ),
    (
      "landscape: {name: ravine, kapa: 3}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:27: unknown key 'kapa', did you mean 'kappa'?"
      ]
    ),
    (
      "landscape: {name: ravine, kappa: 0}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:34: kappa must be between 1 and 1000, got '0'"
      ]
    ),
    (
      "landscape: {name: ravine, kappa: x}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:34: kappa must be a number, got 'x'"
      ]
    ),
    (
      "landscape: {name: [a]}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:19: name must be text"
      ]
    ),
    (
      "landscape: {name: bowl, a: 1}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:25: unknown key 'a'; the keys of bowl are name"
      ]
    ),
    (
      "landscape: {formula: \"2*sine(x)\"}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:22: in the formula: unknown function 'sine', did you mean 'sin'? (column 3)"
      ]
    ),
    (
      "landscape: {formula: \"x^2 +\"}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:22: in the formula: a number, a name or '(' is missing after '+' (column 6)"
      ]
    ),
    (
      "landscape: {formula: [x]}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:22: formula must be text"
      ]
    ),
    (
      "landscape: {formula: x*y, konstants: {}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:27: unknown key 'konstants', did you mean 'constants'?"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: [a]}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:38: constants must be a mapping such as {a: 1, b: {value: 100, range: [1, 1000], scale: log}}"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: {range: [1, 2]}}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:42: the constant 'a' needs a 'value'"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: {value: 3, range: [1, 2]}}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:50: a must be between 1 and 2, got '3'"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: {value: 3, range: [9, 2]}}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:60: range must go up, got [9, 2]"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: {value: 3, range: [1, 4], scale: cubic}}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:75: scale must be log or linear, got 'cubic'"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: {value: 0, range: [-1, 4], scale: log}}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:76: a log scale needs a range above 0"
      ]
    ),
    (
      "landscape: {formula: a*x, constants: {a: high}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:42: a must be a number, got 'high'"
      ]
    ),
    (
      "landscape: {formula: x*y, minima: 3}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:35: minima must be a list of points such as [[1, 10], [2, 3]]"
      ]
    ),
    (
      "landscape: {formula: x*y, minima: [[1]]}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:36: minima must be two numbers such as [1, 10], got a list of 1"
      ]
    ),
    (
      "landscape: {formula: x*y, constants: {x: 1}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:22: in the formula: a constant cannot be called 'x', which has a meaning already (column 1)"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: [1, 2]\n",
      [
        "s.yaml:3:9: a window must be a mapping with keys such as 'x', 'y'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [-1, 1]}\n",
      [
        "s.yaml:3:9: a window needs x and y, such as {x: [-2, 2], y: [-3, 3]}"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [-1, 1], y: [2, 2]}\n",
      [
        "s.yaml:3:25: y must go up, got [2, 2]"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [-1, 1], y: [1, 2, 3]}\n",
      [
        "s.yaml:3:25: y must be two numbers such as [-2, 2]"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [-1, 1], z: [1, 2]}\n",
      [
        "s.yaml:3:9: a window needs x and y, such as {x: [-2, 2], y: [-3, 3]}",
        "s.yaml:3:22: unknown key 'z'; the keys of a window are x, y",
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [-1.7e308, 1.7e308], y: [0, 1]}\n",
      [
        "s.yaml:3:13: x must be between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstart: 3\n",
      [
        "s.yaml:3:8: start must be two numbers such as [1, 10], got '3'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstart: [1]\n",
      [
        "s.yaml:3:8: start must be two numbers such as [1, 10], got a list of 1"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstart: [1, nan]\n",
      [
        "s.yaml:3:12: start must be a number, got 'nan'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstart: [1, a]\n",
      [
        "s.yaml:3:12: start must be a number, got 'a'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstarts: []\n",
      [
        "s.yaml:3:9: starts must hold at least one point"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstarts: [[1, 2], [3]]\n",
      [
        "s.yaml:3:18: starts must be two numbers such as [1, 10], got a list of 1"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nstart: [1, 2]\nstarts: [[1, 2]]\n",
      [
        "s.yaml:3:8: give 'start' or 'starts', not both"
      ]
    ),
    (
      "landscape: bowl\noptimizers: []\n",
      [
        "s.yaml:2:13: optimizers must be a list of specs such as sgd:lr=0.01"
      ]
    ),
    (
      "landscape: bowl\noptimizers: sgd\n",
      [
        "s.yaml:2:13: optimizers must be a list of specs such as sgd:lr=0.01"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgdd]\n",
      [
        "s.yaml:2:14: in 'sgdd': unknown optimizer 'sgdd', did you mean 'sgd'?"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd, adam, sgd, sgd, sgd, sgd, sgd, sgd, sgd, sgd]\n",
      [
        "s.yaml:2:60: a race has at most nine optimizers"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [\"sgd:lr=-1\"]\n",
      [
        "s.yaml:2:14: in 'sgd:lr=-1': lr must be between 1e-8 and 100, got '-1'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{label: A}]\n",
      [
        "s.yaml:2:14: an optimizer needs 'use' with its spec, such as {use: \"adam:lr=0.1\", label: Adam}"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, colour: 0}]\n",
      [
        "s.yaml:2:33: colour must be between 1 and 9, got '0'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, name: \"9a\"}]\n",
      [
        "s.yaml:2:31: a name is letters, digits, '-' and '_', begins with a letter and is not 'landscape' or 'start', got '9a'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, name: landscape}]\n",
      [
        "s.yaml:2:31: a name is letters, digits, '-' and '_', begins with a letter and is not 'landscape' or 'start', got 'landscape'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, name: a}, {use: adam, name: a}]\n",
      [
        "s.yaml:2:53: two optimizers are called 'a'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, lable: a}]\n",
      [
        "s.yaml:2:25: unknown key 'lable', did you mean 'label'?"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [[sgd]]\n",
      [
        "s.yaml:2:14: an optimizer must be a mapping with keys such as 'use', 'name'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd:lr=0.1,momentum=0.9]\n",
      [
        "s.yaml:2:25: in 'momentum=0.9': an optimizer ends here, got '='; quote a spec that has a comma in a [...] list"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nnoise: quake\n",
      [
        "s.yaml:3:8: in 'quake': unknown noise 'quake', the noises are none, gaussian, levy, minibatch"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nnoise: [1]\n",
      [
        "s.yaml:3:8: noise must be text"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\na: [1\n",
      [
        "s.yaml:4:1: not YAML: did not find expected ',' or ']'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n\tb: 1\n",
      [
        "s.yaml:3:1: a tab stands here; YAML indents with blanks"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nlandscape: saddle\n",
      [
        "s.yaml:3:1: 'landscape' is given more than once"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n---\nlandscape: bowl\n",
      [
        "s.yaml:4:1: a file holds one document, and a second begins here"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nb: *none\n",
      [
        "s.yaml:3:4: not YAML: found undefined alias"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n? [a, b]\n: 1\n",
      [
        "s.yaml:3:3: a key must be a word"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\ntitle: \"abc\n",
      [
        "s.yaml:4:1: not YAML: found unexpected end of stream"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: 99999999999999999999\n",
      [
        "s.yaml:3:8: steps must be a whole number, at least 0, got '99999999999999999999'"
      ]
    ),
    (
      "landscape: {formula: x*y, constants: {a: 1, a: 2}}\noptimizers: [sgd]\n",
      [
        "s.yaml:1:45: 'a' is given more than once"
      ]
    ),
    (
      "%YAML 3.0\n---\nlandscape: bowl\n",
      [
        "s.yaml:1:1: not YAML: found incompatible YAML document"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [{use: sgd, colour: 10, name: start}]\nsteps: x\n",
      [
        "s.yaml:2:33: colour must be between 1 and 9, got '10'",
        "s.yaml:2:43: a name is letters, digits, '-' and '_', begins with a letter and is not 'landscape' or 'start', got 'start'",
        "s.yaml:3:8: steps must be a whole number, at least 0, got 'x'",
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n}\n",
      [
        "s.yaml:3:1: not YAML: did not find expected key"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n\"\\e[31m\\u202e\": 1\n",
      [
        "s.yaml:3:1: unknown key '\\u{1B}[31m\\u{202E}'; the keys of a scene are \(keys)"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\n\"a\\nb\": 1\n",
      [
        "s.yaml:3:1: unknown key 'a\\u{A}b'; the keys of a scene are \(keys)"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nwindow: {x: [1, 1.0000000000000002], y: [0, 1]}\n",
      [
        "s.yaml:3:13: x must be between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers"
      ]
    ),
    (
      "landscape: bowl\noptimizers:\n- - - - sgd\n",
      [
        "s.yaml:3:3: an optimizer must be a mapping with keys such as 'use', 'name'"
      ]
    ),
    (
      "landscape: bowll\noptimizers: [sgdd, adamm]\nsteps: x\nspeed: y\ntitel: z\nstart: [1]\n",
      [
        "s.yaml:1:12: unknown landscape 'bowll', did you mean 'bowl'?",
        "s.yaml:2:14: in 'sgdd': unknown optimizer 'sgdd', did you mean 'sgd'?",
        "s.yaml:2:20: in 'adamm': unknown optimizer 'adamm', did you mean 'adam'?",
        "s.yaml:3:8: steps must be a whole number, at least 0, got 'x'",
        "s.yaml:4:8: speed must be a number, got 'y'",
        "s.yaml:5:1: unknown key 'titel', did you mean 'title'?",
        "s.yaml:6:8: start must be two numbers such as [1, 10], got a list of 1",
      ]
    ),
  ]

  @Test func everyFaultIsNamedWithItsPlace() {
    #expect(Self.cases.count >= 80)
    for (document, errors) in Self.cases { #expect(faults(document) == errors, "\(document)") }
  }

  /// The place is that of the text, in characters, whatever stands before it.
  @Test func columnsCountCharacters() {
    #expect(
      faults("landscape: {name: ravine, kappa: 3}\noptimizers: [\"sgd\"]\ntitle: {\"é😀η\": 1}\n")
        == ["s.yaml:3:8: title must be text"])
    let text = "landscape: {formula: x, \"é😀η\": 1, zzzzz: 2}\noptimizers: [sgd]\n"
    #expect(faults(text).map { $0.prefix(12) } == ["s.yaml:1:25:", "s.yaml:1:35:"])
  }

  @Test func whatTheDocumentSaysIsShownShortAndHarmless() {
    let long = faults("landscape: bowl\noptimizers: [sgd]\n" + String(repeating: "k", count: 900) + ": 1\n")
    #expect(long.first?.contains("'" + String(repeating: "k", count: 20) + "…'") == true)
    for value in ["\\e[31m", "\\u202e", "\\n", "\\x07", "\\u2066"] {
      for document in [
        "\"a\(value)b\": 1\nlandscape: bowl\noptimizers: [sgd]\n",
        "landscape: \"a\(value)b\"\noptimizers: [sgd]\n",
        "landscape: bowl\noptimizers: [sgd]\nsteps: \"a\(value)b\"\n",
        "landscape: bowl\noptimizers: [{use: sgd, name: \"a\(value)b\"}]\n",
        "landscape: {formula: x, constants: {a: {value: 1, scale: \"a\(value)b\"}}}\noptimizers: [sgd]\n",
      ] {
        let found = faults(document)
        #expect(!found.isEmpty)
        let controls = found.joined().unicodeScalars.filter {
          $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        #expect(controls.isEmpty, "\(document): \(found)")
      }
    }
  }

  @Test func deepNestingIsRefused() {
    for document in [
      "title: " + String(repeating: "[", count: 100_000),
      "title: " + String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000) + "\n", String(repeating: "? ", count: 100_000) + "\n",
      "title: " + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000) + "\n",
      (0..<1300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    ] {
      let found = faults(document)
      #expect(found.count == 1)
      #expect(found.first?.hasSuffix("nested too deeply") == true, "\(found)")
    }
  }

  /// Nine to the eleventh nodes, as a value and as a key.
  @Test func aliasBombsAreRefused() {
    var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for (below, above) in zip("abcdefghijk", "bcdefghijkl") {
      bomb += "\(above): &\(above) [" + Array(repeating: "*\(below)", count: 9).joined(separator: ",") + "]\n"
    }
    for document in [bomb, bomb + "? *l\n: 1\n", bomb + "*l : 1\n", bomb + "title: *l\n"] {
      #expect(faults(document) == ["s.yaml:5: a scene has at most 32 aliases (*name)"])
    }
    // As many as are allowed, one in the other, as a key: still quick.
    var small = "a: &a [x,x]\n"
    for (below, above) in zip("abcdefgh", "bcdefghi") {
      small += "\(above): &\(above) [*\(below),*\(below)]\n"
    }
    #expect(!faults(small + "? *i\n: 1\n").isEmpty)
  }

  /// Thousands of damaged documents: refused or read, never a crash, and every error has a place in the document.
  @Test func damagedDocumentsNeverCrash() throws {
    let whole = """
      title: One learning rate cannot fit both axes
      landscape: {formula: "0.5*(kappa*x^2 + y^2)", constants: {kappa: {value: 30, range: [1, 1000], scale: log}}, minima: [[0, 0]]}
      window: {x: [-1.6, 1.6], y: [-4, 11]}
      start: [1, 10]
      optimizers:
        - sgd:lr=0.06
        - {use: "momentum:lr=0.06,beta=0.7", name: heavy, label: Momentum, colour: 3}
        - "lookahead(adam:lr=0.4,schedule=warmup(5)>cosine(100)):k=3"
      steps: 400
      speed: 10
      changes: ["40:heavy.beta=0.5"]
      map: {x: heavy.lr=1e-3:1:log, y: start.y=-1:1}
      overlays: [axes, trail]
      controls: [sgd.lr, landscape.kappa]
      beats:
        - {set: {sgd.lr: 0.02, heavy.on: false}, restart: true, view: slice, until: 40}
        - ask: What happens?
          choices: [It is faster, It diverges]
          answer: 2
      expect:
        - with(sgd.lr=0.021, kappa_of_nothing.x) < 3
        - all(k in 1..40, sgd.loss(k) < sgd.loss(k-1)) or "a" == 'b'
      """
    // The first expectation names nothing that is there.
    #expect(faults(whole).count == 1)
    let lines = whole.split(separator: "\n").count
    let pieces = [
      "[", "]", "{", "}", ":", ": ", "- ", "&a ", "*a", "!!int ", "|\n", ">", "\"", "'", "#", "\n", "\t",
      "\0", "é", "\u{202e}", "?",
      "%", "@", "1e999", "-1", "nan", "~", "null", "", "0x", "9999999999999999999999", "<<: ", "---\n",
      "...\n", "(", ")", "^", "*",
    ]
    var random = SplitMix64(state: 11)
    var refused = 0
    for _ in 0..<2500 {
      var scalars = Array(whole.unicodeScalars)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let at = Int.random(in: 0..<scalars.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars.remove(at: at)
        case 1: scalars.insert(contentsOf: pieces.randomElement(using: &random)!.unicodeScalars, at: at)
        case 2:
          scalars.replaceSubrange(
            at..<min(at + 3, scalars.count), with: pieces.randomElement(using: &random)!.unicodeScalars)
        default: scalars.swapAt(at, Int.random(in: 0..<scalars.count, using: &random))
        }
      }
      let document = String(String.UnicodeScalarView(scalars))
      do {
        _ = try scene(document)
      } catch SceneLibrary.Failure.malformed(let errors) {
        refused += 1
        #expect(!errors.errors.isEmpty)
        for error in errors.errors {
          #expect(!error.message.isEmpty)
          if let line = error.line { #expect((1...lines + 20).contains(line)) }
          if let column = error.column { #expect(column >= 1) }
        }
      }
    }
    #expect(refused > 500)
  }
}
