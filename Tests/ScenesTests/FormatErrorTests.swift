import OptimizerCore
import Experiments
import Testing

@testable import Scenes

/// Documents that are wrong in what is taught and how it is looked at, each with everything that is said of it.
struct FormatErrorTests {
  /// Three entries, one of them by a name of its own, one with a hyphen; a constant; a budget.
  private static let head = """
    landscape: {name: ravine, kappa: 100}
    optimizers:
      - sgd:lr=0.01
      - {use: "momentum:lr=0.01", name: heavy}
      - ema-momentum
    steps: 100

    """

  /// The names of all views, in their order.
  private static let views = ViewName.allCases.map(\.rawValue).joined(separator: ", ")

  private static let cases: [(document: String, errors: [String])] = [
    (
      head + "view: contur\n",
      [
        "s.yaml:7:7: view must be one of \(views), got 'contur', did you mean 'contour'?"
      ]
    ),
    (
      head + "view: [contour]\n",
      [
        "s.yaml:7:7: view must be one of \(views), got a list"
      ]
    ),
    (
      head + "view: 7\n",
      [
        "s.yaml:7:7: view must be one of \(views), got '7'"
      ]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nview: difference\n",
      ["s.yaml:3:7: the view 'difference' compares two optimizers, and the scene has one"]
    ),
    (
      head + "overlays: arrows\n",
      [
        "s.yaml:7:11: overlays must be a list of trail, minima, arrows, terms, axes, glyph, probes, field, noise, expected, got 'arrows'"
      ]
    ),
    (
      head + "overlays: [arows]\n",
      [
        "s.yaml:7:12: an overlay must be one of trail, minima, arrows, terms, axes, glyph, probes, field, noise, expected, got 'arows', did you mean 'arrows'?"
      ]
    ),
    (head + "overlays: [trail, trail]\n", ["s.yaml:7:19: the overlay 'trail' is named twice"]),
    (
      head + "overlays: [[trail]]\n",
      [
        "s.yaml:7:12: an overlay must be one of trail, minima, arrows, terms, axes, glyph, probes, field, noise, expected, got a list"
      ]
    ),
    (
      head + "controls: sgd.lr\n",
      ["s.yaml:7:11: controls must be a list of knobs such as [sgd.lr, landscape.kappa], got 'sgd.lr'"]
    ),
    (
      head + "controls: [sgd]\n",
      ["s.yaml:7:12: a knob is named NAME.KEY, such as sgd.lr or landscape.kappa, got 'sgd'"]
    ),
    (head + "controls: [sdg.lr]\n", ["s.yaml:7:12: no entry 'sdg', did you mean 'sgd'?"]),
    (head + "controls: [sgd.beta]\n", ["s.yaml:7:12: sgd has no key 'beta'; its keys are lr, l2"]),
    (head + "controls: [sgd.l]\n", ["s.yaml:7:12: sgd has no key 'l'; its keys are lr, l2"]),
    (
      head + "controls: [momentum.lr]\n",
      ["s.yaml:7:12: no entry 'momentum'; the entries are sgd, heavy, ema-momentum"]
    ),
    (
      head + "controls: [landscape.kapa]\n",
      ["s.yaml:7:12: the landscape 'ravine' has no constant 'kapa', did you mean 'kappa'?"]
    ),
    (head + "controls: [sgd.lr, sgd.lr]\n", ["s.yaml:7:20: the knob 'sgd.lr' is named twice"]),
    (
      head + "controls: [.lr]\n",
      ["s.yaml:7:12: a knob is named NAME.KEY, such as sgd.lr or landscape.kappa, got '.lr'"]
    ),
    (head + "controls: [{a: 1}]\n", ["s.yaml:7:12: a control must be text"]),
    (
      "landscape: bowl\noptimizers: [sgd]\ncontrols: [landscape.kappa]\n",
      ["s.yaml:3:12: the landscape 'bowl' has no constant 'kappa'; it has none"]
    ),
    (head + "map: contour\n", ["s.yaml:7:6: a map must be a mapping with keys such as 'x', 'y'"]),
    (
      head + "map: {x: sgd.lr=0.001:1}\n",
      ["s.yaml:7:6: a map needs x and y, such as {x: momentum.lr=1e-3:1:log, y: momentum.beta=0:0.99}"]
    ),
    (
      head + "map: {x: sgd.lr=0.001:1, z: heavy.beta=0:0.9}\n",
      [
        "s.yaml:7:6: a map needs x and y, such as {x: momentum.lr=1e-3:1:log, y: momentum.beta=0:0.99}",
        "s.yaml:7:26: unknown key 'z'; the keys of a map are x, y",
      ]
    ),
    (
      head + "map: {x: sgd.lr, y: heavy.beta=0:0.9}\n",
      [
        "s.yaml:7:10: the axis sgd.lr needs a range, as in sgd.lr=1e-3:1"
      ]
    ),
    (
      head + "map: {x: sgd.lr=1:1, y: heavy.beta=0:0.9}\n",
      ["s.yaml:7:10: sgd.lr goes from one value to another, got '1' twice"]
    ),
    (
      head + "map: {x: sgd.lr=0.001:1:cubic, y: heavy.beta=0:0.9}\n",
      ["s.yaml:7:10: the scale of an axis is log or linear, got 'cubic'"]
    ),
    (
      head + "map: {x: start.x=-1:1:log, y: heavy.beta=0:0.9}\n",
      ["s.yaml:7:10: a logarithmic axis lies above 0, got '-1'; write start.x=-1:1:linear"]
    ),
    (
      head + "map: {x: sgd.lr=0.001:1, y: sgd.lr=0.001:1}\n",
      ["s.yaml:7:29: the axes of a map must vary two different things"]
    ),
    (
      head + "map: {x: heavy.beta=0:2, y: start.y=0:1}\n",
      ["s.yaml:7:10: heavy.beta: beta must be between 0 and 0.999999, got '2'"]
    ),
    (
      head + "map: {x: heavi.beta=0:0.9, y: start.y=0:1}\n",
      ["s.yaml:7:10: no entry 'heavi', did you mean 'heavy'?"]
    ),
    (head + "map: {x: [1], y: start.y=0:1}\n", ["s.yaml:7:10: x must be text"]),
    (
      head + "changes: 40\n",
      [
        "s.yaml:7:10: changes must be a list such as [\"40:sgd.lr=0.01\", \"60:landscape.kappa=100\"], got '40'"
      ]
    ),
    (
      head + "changes: [\"sgd.lr=0.1\"]\n",
      [
        "s.yaml:7:11: a change is STEP:NAME.KEY=VALUE, such as 40:sgd.lr=0.01, got 'sgd.lr=0.1'; STEP is a whole number from 1 on"
      ]
    ),
    (
      head + "changes: [\"0:sgd.lr=0.1\"]\n",
      [
        "s.yaml:7:11: a change is STEP:NAME.KEY=VALUE, such as 40:sgd.lr=0.01, got '0:sgd.lr=0.1'; STEP is a whole number from 1 on"
      ]
    ),
    (head + "changes: [\"4:sgd.lr=-1\"]\n", ["s.yaml:7:11: lr must be between 1e-8 and 100, got '-1'"]),
    (head + "changes: [\"4:sgd.rate=1\"]\n", ["s.yaml:7:11: sgd has no key 'rate'; its keys are lr, l2"]),
    (
      head + "changes: [\"4:landscape.kappa=0\"]\n",
      ["s.yaml:7:11: kappa must be between 1 and 1000, got '0'"]
    ),
    (
      head + "changes: [\"4:landscape.kappa=high\"]\n",
      ["s.yaml:7:11: kappa must be a number between 1 and 1000, got 'high'"]
    ),
    (
      "landscape: {name: ravine, kappa: 100}\noptimizers:\n  - sgd:lr=0.01\n  - {use: \"momentum:lr=0.01\", name: heavy, on: perhaps}\n  - ema-momentum\nsteps: 100\n",
      ["s.yaml:4:48: on must be true or false, got 'perhaps'"]
    ),
    (
      head + "beats: {say: x}\n",
      ["s.yaml:7:8: beats must be a list such as [{say: Watch the floor., until: 40}], got a mapping"]
    ),
    (head + "beats: [say]\n", ["s.yaml:7:9: a beat must be a mapping with keys such as 'set', 'start'"]),
    (
      head + "beats: [{}]\n",
      ["s.yaml:7:9: a beat does something: give it 'say', 'ask', 'set', 'view' or 'until'"]
    ),
    (head + "beats: [{sya: Hello}]\n", ["s.yaml:7:10: unknown key 'sya', did you mean 'say'?"]),
    (head + "beats:\n  - {say: [x]}\n", ["s.yaml:8:11: say must be text"]),
    (
      head + "beats:\n  - {until: many}\n",
      ["s.yaml:8:13: until must be a whole number, at least 0, got 'many'"]
    ),
    (
      head + "beats:\n  - {until: 101}\n",
      ["s.yaml:8:13: until must be at most 100, the steps of the scene, got '101'"]
    ),
    (
      head + "beats:\n  - {until: 0}\n",
      [
        "s.yaml:8:13: until must come after step 0, where the beat begins, got '0'; restart: true begins again"
      ]
    ),
    (
      head + "beats:\n  - {until: 40}\n  - {until: 30}\n",
      [
        "s.yaml:9:13: until must come after step 40, where the beat begins, got '30'; restart: true begins again"
      ]
    ),
    (
      head + "beats:\n  - {until: 40}\n  - {until: 30, restart: true}\n  - {until: 30}\n",
      [
        "s.yaml:10:13: until must come after step 30, where the beat begins, got '30'; restart: true begins again"
      ]
    ),
    (
      head + "beats:\n  - {until: 40}\n  - {start: [1, 2], until: 50}\n",
      [
        "s.yaml:9:13: another start, noise or seed is another run from its first step on: add restart: true"
      ]
    ),
    (
      head + "beats: [{select: agd}]\n",
      ["s.yaml:7:18: no entry 'agd', did you mean 'sgd'?"]
    ),
    (
      head + "curve: {of: los}\n",
      [
        "s.yaml:7:13: of must be one of \(CurveQuantity.allCases.map(\.rawValue).joined(separator: ", ")), got 'los', did you mean 'loss'?"
      ]
    ),
    (head + "beats:\n  - {restart: 1}\n", ["s.yaml:8:15: restart must be true or false, got '1'"]),
    (head + "beats:\n  - {blind: maybe}\n", ["s.yaml:8:13: blind must be true or false, got 'maybe'"]),
    (
      head + "beats:\n  - {view: twn}\n",
      [
        "s.yaml:8:12: view must be one of \(views), got 'twn', did you mean 'twin'?"
      ]
    ),
    (
      head + "beats:\n  - {set: sgd.lr}\n",
      ["s.yaml:8:11: set must be a mapping such as {sgd.lr: 0.021}, got 'sgd.lr'"]
    ),
    (
      head + "beats:\n  - {set: {sgd.rate: 1}}\n", ["s.yaml:8:12: sgd has no key 'rate'; its keys are lr, l2"]
    ),
    (head + "beats:\n  - {set: {sgdd.lr: 1}}\n", ["s.yaml:8:12: no entry 'sgdd', did you mean 'sgd'?"]),
    (head + "beats:\n  - {set: {sgd.lr: -1}}\n", ["s.yaml:8:20: lr must be between 1e-8 and 100, got '-1'"]),
    (
      head + "beats:\n  - {set: {sgd.lr: [1]}}\n",
      ["s.yaml:8:20: sgd.lr must be a number or a word, got a list"]
    ),
    (
      head + "beats:\n  - {set: {landscape.kappa: 5000}}\n",
      ["s.yaml:8:29: kappa must be between 1 and 1000, got '5000'"]
    ),
    (
      head + "beats:\n  - {set: {landscape.angle: 5}}\n",
      ["s.yaml:8:12: the landscape 'ravine' has no constant 'angle'; it has kappa"]
    ),
    (
      head + "beats:\n  - {set: {heavi.on: true}}\n", ["s.yaml:8:12: no entry 'heavi', did you mean 'heavy'?"]
    ),
    (head + "beats:\n  - {set: {heavy.on: 3}}\n", ["s.yaml:8:22: heavy.on must be true or false, got '3'"]),
    (head + "beats:\n  - {set: {sgd.lr: 1, sgd.lr: 2}}\n", ["s.yaml:8:23: 'sgd.lr' is given more than once"]),
    (head + "beats:\n  - {choices: [a, b]}\n", ["s.yaml:8:15: choices belong to a question: add 'ask'"]),
    (
      head + "beats:\n  - {answer: 1}\n",
      ["s.yaml:8:14: an answer belongs to a question: add 'ask' and 'choices'"]
    ),
    (
      head + "beats:\n  - {ask: Why?, answer: 1}\n",
      ["s.yaml:8:25: an answer is the number of a choice: add 'choices'"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a, b]}\n",
      ["s.yaml:8:26: a question with choices needs 'answer', the number of the right one, from 1"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a, b], answer: 3}\n",
      ["s.yaml:8:42: answer must be between 1 and 2, the number of choices, got '3'"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a, b], answer: 0}\n",
      ["s.yaml:8:42: answer must be between 1 and 2, the number of choices, got '0'"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a], answer: 1}\n",
      ["s.yaml:8:26: a question has two to nine choices, got 1"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a,b,c,d,e,f,g,h,i,j], answer: 1}\n",
      ["s.yaml:8:26: a question has two to nine choices, got 10"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: a, answer: 1}\n",
      ["s.yaml:8:26: choices must be a list of texts such as [It is faster, It diverges], got 'a'"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [[a], b], answer: 1}\n", ["s.yaml:8:27: a choice must be text"]
    ),
    (
      head + "beats:\n  - {ask: Why?, choices: [a, b], answer: b}\n",
      ["s.yaml:8:42: answer must be a whole number, at least 0, got 'b'"]
    ),
    ("title: a\n" + head + "title: b\n", ["s.yaml:8:1: 'title' is given more than once"]),
    (
      "title: a\n" + head + "title: b\nstepz: 3\ntitle: c\n",
      [
        "s.yaml:8:1: 'title' is given more than once",
        "s.yaml:9:1: unknown key 'stepz', did you mean 'steps'?",
        "s.yaml:10:1: 'title' is given more than once",
      ]
    ),
    (head + "beats:\n  - say: a\n    until: 3\n    say: b\n", ["s.yaml:10:5: 'say' is given more than once"]),
    (
      head + "beats:\n  - say: say\n    until: 3\n    \"say\": b\n",
      ["s.yaml:10:5: 'say' is given more than once"]
    ),
    (
      head + "expect: sgd.diverged\n",
      ["s.yaml:7:9: expect must be a list of statements such as [sgd.diverged], got 'sgd.diverged'"]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nexpect: [sgd.diverged]\n",
      ["s.yaml:3:9: what is expected needs an end: give the scene 'steps' or 'evaluations'"]
    ),
    (
      "landscape: bowl\noptimizers: [sgd]\nsteps: 2000000\nexpect: [sgd.diverged]\n",
      ["s.yaml:4:9: a scene with expectations has at most 1000000 steps, got 2000000"]
    ),
    (head + "expect:\n  - \"\"\n", ["s.yaml:8:6: an expectation is empty"]),
    (head + "expect:\n  - [x]\n", ["s.yaml:8:5: an expectation must be text"]),
  ]

  @Test func everyFaultIsNamedWithItsPlace() {
    #expect(Self.cases.count >= 75)
    for (document, errors) in Self.cases { #expect(faults(document) == errors, "\(document)") }
  }

  /// Values as YAML and other programs write them.
  @Test func whatSaysTheSameIsTheSame() throws {
    let beats = "beats:\n  - {say: a, until: 1e1}\n  - {say: b, restart: True, until: 10.0, blind: FALSE}\n"
    for steps in ["steps: 1e3\n", "steps: 1000.0\n", "steps: 1000\n"] {
      let scene = try SceneLibrary.scene(
        of: "landscape: bowl\noptimizers: [sgd]\nseed: 1e2\n" + steps + beats, file: "s.yaml", name: "s")
      #expect(scene.experiment.budget.steps == 1000 && scene.experiment.seed == 100)
      #expect(scene.beats.map(\.until) == [10, 10] && scene.beats.map(\.restarts) == [false, true])
    }
    for steps in ["1e3.5", "1.5", "1e30", "-1e1", "nan", "inf"] {
      #expect(
        faults("landscape: bowl\noptimizers: [sgd]\nsteps: \(steps)\n")
          == ["s.yaml:3:8: steps must be a whole number, at least 0, got '\(steps)'"])
    }
  }

  /// A key without a value is no key with an empty one; a title of nothing is that of the landscape.
  @Test func keysWithoutValues() throws {
    for value in ["", " ~", " null", " NULL"] {
      #expect(
        faults("title:\(value)\nlandscape: bowl\noptimizers: [sgd]\n")
          == ["s.yaml:1:1: title has no value; give it one, or leave the key out"])
    }
    #expect(
      faults("landscape: bowl\noptimizers: [sgd]\nbeats:\n  - {say: a, until: }\n")
        == ["s.yaml:4:14: until has no value; give it one, or leave the key out"])
    for (title, shown) in [("\"\"", "Bowl"), ("' '", "Bowl"), ("\"null\"", "null"), ("A", "A")] {
      let scene = try SceneLibrary.scene(
        of: "title: \(title)\nlandscape: bowl\noptimizers: [sgd]\n", file: "s.yaml", name: "s")
      #expect(scene.title == shown)
    }
  }

  @Test func aTabIsCalledATab() {
    for document in [
      "landscape: bowl\n\tsteps: 3\n", "landscape: bowl\noptimizers: [sgd]\nbeats:\n\t- say: a\n",
    ] {
      #expect(faults(document).allSatisfy { $0.hasSuffix(": a tab stands here; YAML indents with blanks") })
      #expect(faults(document).count == 1)
    }
  }

  /// Of very many keys that are given twice a few are named.
  @Test func manyDuplicatesAreCounted() throws {
    let document =
      "landscape: bowl\noptimizers: [sgd]\n" + (0..<1500).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    let found = faults(document)
    #expect(found == ["s.yaml:2003:1: 'k1000', 'k1001', 'k1002' and 497 more are given more than once"])
    // Of each a few characters.
    let long =
      "landscape: bowl\noptimizers: [sgd]\n"
      + (0..<1500).map { "a-long-name-that-is-secret-\($0): 1\na-long-name-that-is-secret-\($0): 2\n" }
      .joined()
    #expect(faults(long).count == 1 && !faults(long)[0].contains("that-is-secret"))
  }

  /// A parser's mark can lie outside of the text.
  @Test func aMarkOutsideIsNoTab() {
    let lines = [Array("\ta".unicodeScalars)]
    #expect(SceneDecoder.isTab(line: 1, column: 1, in: lines))
    #expect(!SceneDecoder.isTab(line: 1, column: 2, in: lines))
    for (line, column) in [(0, 0), (0, 1), (2, 1), (-1, -1), (1, 3), (1, .max), (.max, 1)] {
      #expect(!SceneDecoder.isTab(line: line, column: column, in: lines))
    }
    // Before the first column is the first.
    #expect(SceneDecoder.isTab(line: 1, column: 0, in: lines))
    #expect(SceneDecoder.isTab(line: 1, column: .min, in: lines))
  }

  /// What a function that is not there is answered with; those of numbers are read from their table.
  private static let calls =
    (NumberFunction.all.map(\.name) + ["all", "any", "sum"]
    + ExpectationExpression.SeedFold.allCases.map(\.rawValue) + ["distance", "with", "from"])
    .joined(separator: ", ")

  /// An expectation, and what is wrong with it: the place is that of the fault within the text.
  private static let expectations: [(text: String, error: String)] = [
    ("sgd.divergd", "5: nothing of an entry is called 'divergd', did you mean 'diverged'?"),
    ("sdg.diverged", "1: no entry 'sdg', did you mean 'sgd'?"),
    ("sgd", "1: of 'sgd' something is asked, such as sgd.loss(10)"),
    ("sgd.loss(40)", "1: an expectation is a statement, and 'sgd.loss(40)' is a number"),
    ("sgd.loss(101) < 1", "10: step 101 is beyond the scene's 100 steps"),
    ("sgd.loss(40", "12: sgd.loss needs ')' here, got the end"),
    ("sgd.loss(40) <", "15: a value is missing here, got the end"),
    ("sgd.loss(40) < 1e-3 1", "21: an expectation ends here, got '1'"),
    ("sgd.loss = 1", "10: two values are compared with '==', got '='"),
    ("sgd.loss(1, 2) < 1", "5: loss takes (step), got 2"),
    ("sgd.steps_to() < 1", "5: steps_to takes (loss), got 0"),
    ("sgd.diverged < 1", "1: '<' compares a number, and 'sgd.diverged' is a statement"),
    ("sgd.diverged and 1", "18: each side of 'and' is a statement, and '1' is a number"),
    ("not 1", "5: after 'not' stands a statement, and '1' is a number"),
    ("-sgd.diverged < 1", "2: after '-' stands a number, and 'sgd.diverged' is a statement"),
    ("sgd.minimum == 3", "16: '==' compares like with like: here a text, and '3' is a number"),
    ("sgd.minimum < \"a\"", "1: '<' compares a number, and 'sgd.minimum' is a text"),
    ("1 + \"a\" < 2", "5: each side of '+' is a number, and '\"a\"' is a text"),
    ("loss(3) < 2", "1: unknown function 'loss', did you mean 'log'?"),
    (
      "absolute(3) < 2",
      "1: unknown function 'absolute'; there are \(calls)"
    ),
    ("abs(1, 2) < 2", "1: abs takes 1 number, got 2"),
    ("abs(sgd.diverged) < 2", "5: abs takes a number, and 'sgd.diverged' is a statement"),
    ("1..2 < 3", "2: an expectation ends here, got '..'"),
    ("3abc < 2", "1: '3abc' is no number"),
    ("1e999 < 2", "1: '1e999' is no number"),
    ("sgd.loss(3) < 1 & sgd.diverged", "17: an expectation has no sign '&'"),
    ("\"abc == 1", "1: the text that begins here is not closed with \""),
    ("sgd.x(10) < k", "13: unknown name 'k'; the entries are sgd, heavy, ema-momentum"),
    ("all(k in 1..10, k)", "17: all goes over a statement, and 'k' is a number"),
    ("all(k in 1, k < 2)", "11: all(k in …) needs '..' here, got ','"),
    ("all(sgd.diverged)", "5: all goes through steps: all(k in 1..100, …)"),
    ("all(sgd in 1..3, true)", "5: 'sgd' has a meaning already; take another letter"),
    ("max(k in 1..3, true) < 2", "16: max goes over a number, and 'true' is a statement"),
    (
      "quantile(2, seeds=3, sgd.loss) < 1",
      "10: a quantile is one between 0 and 1, as in quantile(0.9, seeds=32, …), got '2'"
    ),
    ("quantile(0.5, sgd.loss) < 1", "15: quantile is written quantile(0.9, seeds=32, …), got 'sgd'"),
    ("quantile(0.5, seeds=1, sgd.loss) < 1", "21: seeds is a whole number between 2 and 1000, got '1'"),
    ("mean(seeds=5000, sgd.loss) < 1", "12: seeds is a whole number between 2 and 1000, got '5000'"),
    ("share(seeds=8, sgd.loss) < 1", "16: share goes over a statement, and 'sgd.loss' is a number"),
    ("mean(seeds=8, sgd.diverged) < 1", "15: mean goes over a number, and 'sgd.diverged' is a statement"),
    ("with(sgd.diverged)", "6: with changes something: with(sgd.lr=0.021, sgd.diverged), got 'sgd'"),
    ("with(sgd.lr=-1, sgd.diverged)", "13: lr must be between 1e-8 and 100, got '-1'"),
    ("with(sgd.rate=1, sgd.diverged)", "6: sgd has no key 'rate'; its keys are lr, l2"),
    ("with(landscape.kappa=0, sgd.diverged)", "22: kappa must be between 1 and 1000, got '0'"),
    ("with(kappa=3, sgd.diverged)", "6: with cannot set 'kappa', did you mean 'landscape.kappa'?"),
    ("with(steps=1.5, sgd.diverged)", "12: steps is a whole number from 0 to 1000000, got '1.5'"),
    ("with(noise=3, sgd.diverged)", "12: noise is a text such as \"gaussian(sigma=1)\", got '3'"),
    (
      "with(noise=\"quake\", sgd.diverged)",
      "12: in the noise: unknown noise 'quake', the noises are none, gaussian, levy, minibatch"
    ),
    ("with(sgd=\"sgdd\", sgd.diverged)", "10: in the spec: unknown optimizer 'sgdd', did you mean 'sgd'?"),
    ("with(sgd=3, sgd.diverged)", "10: sgd is a spec in quotes, such as \"sgd:lr=0.1\", got '3'"),
    ("with(start=3, sgd.diverged)", "12: start=(x, y) needs '(' here, got '3'"),
    ("with(sgd.lr=sgd.diverged, sgd.diverged)", "13: sgd.lr is a number, and 'sgd.diverged' is a statement"),
    ("from(2, sgd.diverged)", "6: from takes the number of a start, 1 to 1, got '2'"),
    ("distance(sgd, bob) < 1", "15: no entry 'bob'; the entries are sgd, heavy, ema-momentum"),
    ("distance(sgd, 3) < 1", "15: the name of an entry is missing here, got '3'"),
    (
      "distance(sgd, heavy, sgd.diverged) < 1",
      "22: the step of distance is a number, and 'sgd.diverged' is a statement"
    ),
    ("landscape.kapa < 3", "11: nothing of the landscape is called 'kapa', did you mean 'kappa'?"),
    ("landscape.value(1) < 3", "11: value takes (x, y), got 1"),
    ("landscape < 3", "1: of the landscape something is asked, such as landscape.lowest"),
    ("sgd. < 1", "6: after 'sgd.' a name is missing, got '<'"),
    ("sgd.state(\"v\") < 1", "5: state takes (symbol, i, step), got 1"),
    ("sgd.state(v, 1) < 1", "11: unknown name 'v'; the entries are sgd, heavy, ema-momentum"),
    (
      String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60) + " < 2",
      "41: an expectation nests at most 40 deep"
    ),
    (String(repeating: "-", count: 60) + "1 < 2", "40: an expectation nests at most 40 deep"),
    ("sgd.x(sgd.loss > 1) < 1", "7: step of x is a number, and 'sgd.loss > 1' is a statement"),
    ("true + 1 < 2", "1: each side of '+' is a number, and 'true' is a statement"),
    (
      "if(1) < 2",
      "1: unknown function 'if'; there are \(calls)"
    ),
    ("ema-momentum.los < 1", "14: nothing of an entry is called 'los', did you mean 'loss'?"),
    ("1 < 2 < true", "9: '<' compares a number, and 'true' is a statement"),
  ]

  @Test func everyFaultOfAnExpectationIsNamedWithItsPlace() {
    #expect(Self.expectations.count >= 60)
    for (text, error) in Self.expectations {
      // Plain where YAML lets it, in quotes, and over two lines: the place is right in each.
      let single = text.replacing("'", with: "''")
      #expect(
        faults(Self.head + "expect:\n  - 1 < 2\n  - '\(single)'\n") == [place(error, line: 9, first: 6)])
      let double = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let escapes = text.contains("\"")
      if !escapes {
        #expect(faults(Self.head + "expect:\n  - \"\(double)\"\n") == [place(error, line: 8, first: 6)])
      }
    }
  }

  private func place(_ error: String, line: Int, first: Int) -> String {
    let colon = error.firstIndex(of: ":")!
    return "s.yaml:\(line):\(Int(error[..<colon])! - 1 + first)\(error[colon...])"
  }

  @Test func placesHoldInEveryStyle() {
    let at = { (list: String) in faults(Self.head + "expect:\n" + list).map { $0.prefix(12) } }
    #expect(at("  - sgd.loss(1) < sgd.los(2)\n") == ["s.yaml:8:23:"])
    // Each escape is one character of the text.
    #expect(at("  - 'sgd.minimum == ''a'' or bob.x < 1'\n") == ["s.yaml:8:30:"])
    #expect(at("  - \"sgd.minimum == \\\"a\\\" or bob.x < 1\"\n") == ["s.yaml:8:30:"])
    // Where a plain or a quoted text goes on in the next line.
    #expect(at("  - sgd.loss(1) < 3 and\n    bob.x < 1\n") == ["s.yaml:9:5: "])
    #expect(at("  - \"sgd.loss(1) < 3 and\n      bob.x < 1\"\n") == ["s.yaml:9:7: "])
    // A block has rules of its own; its first line is named.
    #expect(at("  - >-\n    sgd.loss(1) < 3 and\n    bob.x < 1\n").map { $0.prefix(9) } == ["s.yaml:8:"])
  }
}
