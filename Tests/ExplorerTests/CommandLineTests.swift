import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

extension Explorer {
  /// Types a line, blanks and all, and enters it.
  @discardableResult
  mutating func command(_ line: String) -> Effect? {
    handle(.key(.character(":")))
    for character in line { handle(.key(.character(character))) }
    return handle(.key(.enter))
  }

  /// The texts that a line may go on with.
  func candidates(_ line: String) -> [String] {
    Completion(of: TextLine(text: line), context).candidates.map(\.text)
  }

  /// The line being typed.
  fileprivate var line: String? {
    (dialog as? CommandPrompt)?.line.text
  }
}

/// The command line inside the explorer.
@Suite struct CommandLineTests {
  /// A budget below what was run takes back what went beyond it, so that the replay line says what is seen.
  @Test func aSmallerBudgetIsSeenAtOnce() throws {
    for (line, steps) in [("evaluations 40", [40, 14]), ("steps 20", [20, 20])] {
      var explorer = try ExplorerTests.explorer("ravine", ["sgd:lr=0.08", "newton:lr=0.1"], steps: 60)
      explorer.command(line)
      #expect(explorer.race.runs.map(\.step) == steps)
      #expect(
        explorer.replayLine.hasSuffix(line == "steps 20" ? "--steps 20" : "--steps 40 --evaluations 40"))
      #expect(explorer.shows("what went beyond it is gone, u brings it back"))
      explorer.type("u")
      #expect(explorer.race.runs.map(\.step) == [60, 60])
    }
  }

  @Test func everyWordDoesWhatItSays() throws {
    let lines: [(String, (Explorer) -> Bool)] = [
      ("landscape himmelblau", { $0.race.experiment.landscape.id == "himmelblau" }),
      ("function x^2 + 3*y^2", { $0.race.experiment.landscape.formula?.text == "x^2 + 3*y^2" }),
      ("set kappa=100", { $0.race.nextLandscape.constant("kappa")?.value == 100 }),
      ("set landscape.kappa=12", { $0.race.nextLandscape.constant("kappa")?.value == 12 }),
      ("set sgd.lr=0.0125", { $0.race.value(entry: 0, key: "lr") == 0.0125 }),
      (
        "optimizer adam:lr=0.3,beta1=0.5",
        { $0.race.experiment.entries.last?.spec.description == "adam:lr=0.3,beta1=0.5" }
      ),
      (
        "rule heavy(lr=0.01): v := 0; v = 0.9*v + g; x = x - lr*v",
        { $0.race.experiment.entries.last?.spec.rule?.name == "heavy" }
      ),
      ("optimizer none", { $0.race.experiment.entries.isEmpty }),
      ("start -1.23456789,2", { $0.race.experiment.starts == [Point(x: -1.23456789, y: 2)] }),
      ("steps 33", { $0.race.experiment.budget == Budget(steps: 33) }),
      ("evaluations 50", { $0.race.experiment.budget == Budget(evaluations: 50) }),
      ("noise gaussian(sigma=0.5)", { $0.race.experiment.noise.description == "gaussian(sigma=0.5)" }),
      ("seed 7", { $0.race.experiment.seed == 7 }),
      (
        "change 4:sgd.lr=0.01",
        {
          $0.race.experiment.changes == [Change(step: 4, target: .entry(name: "sgd", key: "lr"), value: 0.01)]
        }
      ),
      ("view-x -1:1", { $0.window.x == -1...1 }),
      ("view-y -1:2", { $0.window.y == -1...2 }),
      ("step 123", { $0.race.step == 123 }),
      ("speed 150", { $0.speed == 150 }),
      ("view contour", { $0.openView == .contour && $0.dialog == nil }),
      ("theme light", { $0.appearance.theme == .light }),
      ("glyphs quadrant", { $0.appearance.glyphs == .quadrant }),
      ("color 8", { $0.appearance.depth == .ansi8 }),
      ("as torch", { $0.shows("torch.optim.SGD(params, lr=0.06, weight_decay=0.0)") }),
      ("help rotate", { $0.shows("rotate the landscape") && !$0.shows("play, pause") }),
    ]
    let covered = Set(lines.compactMap { $0.0.split(separator: " ").first.map(String.init) })
    #expect(covered.union(["plane", "quit"]) == Set(Command.all.map(\.word)), "a word has no line here")
    for (line, holds) in lines {
      for prefix in ["", "--"] {
        var explorer = try explorer()
        explorer.type("N")
        let before = explorer
        explorer.command(prefix + line)
        #expect(holds(explorer), "\(prefix)\(line)")
        // All that a run or a window is made of can be taken back.
        guard explorer.race.experiment != before.race.experiment || explorer.window != before.window else {
          continue
        }
        explorer.type("u")
        #expect(explorer.race.experiment == before.race.experiment, "\(line), undone")
        #expect(explorer.window == before.window, "\(line), undone")
        #expect(explorer.bits == before.bits, "\(line), undone")
      }
    }
    var explorer = try explorer()
    #expect(explorer.command("quit") == .quit)
    explorer = Explorer(
      scene: Scene(
        name: "m", title: "m",
        experiment: Experiment(
          landscape: try RunOption.landscape("matrix-tall"),
          entries: Entry.entries([try OptimizerSpec("sgd")]))),
      appearance: Appearance(), width: 120, height: 36)
    let plane = try #require(explorer.race.experiment.landscape.planeChoices.last)
    explorer.command("plane \(plane)")
    #expect(explorer.race.experiment.landscape.planeName == plane)
  }

  @Test func theWayOfTheShellIsUnderstood() throws {
    for line in [
      "--set kappa=50", "--set=kappa=50", "set kappa=50", "  set   kappa=50  ", "set 'kappa=50'",
      "-set kappa=50",
    ] {
      var explorer = try explorer()
      explorer.command(line)
      #expect(explorer.race.nextLandscape.constant("kappa")?.value == 50, "\(line)")
    }
    var explorer = try explorer()
    explorer.command("-o lion")
    #expect(explorer.race.experiment.entries.last?.spec.id == "lion")
    // What the replay line says is understood word by word.
    explorer.command("--function '0.5*(x^2+9*y^2)'")
    #expect(explorer.race.experiment.landscape.formula?.text == "0.5*(x^2+9*y^2)")
  }

  /// What is wrong is said as on the shell's command line, under the place where it is.
  @Test(arguments: [
    ("landscap ravine", "unknown word 'landscap', did you mean 'landscape'?", 0),
    ("qqqq", "unknown word 'qqqq'; Tab shows them all", 0),
    ("landscape ravin", "unknown landscape 'ravin', did you mean 'ravine'?", 10),
    ("steps -1", "--steps must be a whole number from 0 to 1000000000000, got '-1'", 6),
    ("start 1", "--start takes two finite numbers, such as -1.5,2, got '1'", 6),
    ("view-x 2:1", "--view-x takes two numbers, the lower first, such as -2:2, got '2:1'", 7),
    ("set kappa=0", "kappa must be between 1 and 1000, got '0'", 4),
    ("set kapa=3", "has no constant 'kapa', did you mean 'kappa'?", 4),
    ("set sdg.lr=1", "no entry 'sdg', did you mean 'sgd'?", 4),
    ("set sgd.lr=-1", "lr must be between 1e-8 and 100, got '-1'", 4),
    ("optimizer adam:lx=1", "adam has no key 'lx', did you mean 'lr'?", 15),
    ("function x^2+sine(y)", "unknown function 'sine', did you mean 'sin'?", 13),
    ("noise gausian", "unknown noise 'gausian', did you mean 'gaussian'?", 6),
    ("seed -1", "--seed must be a whole number from 0 to 18446744073709551615, got '-1'", 5),
    ("change 4:sgd.rl=1", "sgd has no key 'rl', did you mean 'lr'?", 7),
    ("plane a,b", "--plane: ", 6),
    ("theme drak", "--theme must be dark", 6),
    ("glyphs round", "--glyphs must be", 7),
    ("color 17", "--color must be", 6),
    ("speed fast", "speed must be a number between 0.1 and 10000 steps a second, got 'fast'", 6),
    ("speed 0", "speed must be between 0.1 and 10000 steps a second, got '0'", 6),
    ("step -1", "step must be a whole number from 0 to 1000000, got '-1'", 5),
    ("view moon", "view must be", 5),
    ("quit now", "quit takes no value, got 'now'", 5),
    ("seed", "seed takes a value: seed n", 4),
  ]) func faultsAreShownWhereTheyAre(line: String, message: String, column: Int) throws {
    var explorer = try explorer()
    explorer.type("N")
    let before = explorer.race.experiment
    let effect = explorer.command(line)
    #expect(effect == nil && explorer.race.experiment == before)
    guard let command = explorer.dialog as? CommandPrompt else {
      Issue.record("the line stays open")
      return
    }
    let error = try #require(command.line.error)
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.column == column + 1)
    // A caret under the fault, the sentence below it.
    let typed = try #require(explorer.place(of: ": \(line)"))
    #expect(explorer.rows()[typed.y + 1].map { $0 }[typed.x + 2 + column] == "^")
    #expect(explorer.shows(String(message.prefix(40))))
    // Going on typing takes the fault away.
    explorer.type("x")
    guard let edited = explorer.dialog as? CommandPrompt else { return }
    #expect(edited.line.error == nil)
    explorer.type("Esc")
    #expect(explorer.dialogIsClosed)
  }

  @Test(arguments: [
    ("la", ["landscape "]), ("--vi", ["--view-x ", "--view-y ", "--view "]),
    ("landscape rosen", ["rosenbrock"]),
    ("set k", ["kappa="]), ("set sgd.l", ["sgd.lr=", "sgd.l2="]), ("optimizer adamw", ["adamw"]),
    ("optimizer look", ["lookahead("]), ("optimizer lookahead(mom", ["momentum"]),
    ("optimizer lookahead(sgd:l", ["lr=", "l2="]), ("optimizer lookahead(sgd:lr=0.1):al", ["alpha="]),
    ("optimizer adam:lr=0.1,b", ["beta1=", "beta2=", "bias_correction="]),
    ("optimizer adam:bias_correction=o", ["on", "off"]),
    ("optimizer adam:schedule=cos", ["cosine("]),
    ("optimizer adam:schedule=warmup(20)>co", ["constant(", "cosine("]),
    ("optimizer adam:schedule=cosine(st", ["steps="]),
    ("optimizer adam:schedule=cosine(200),b", ["beta1=", "beta2=", "bias_correction="]),
    ("optimizer adam:sch", ["schedule=", "schedule."]), ("optimizer adam:schedule.be", ["beta1=", "beta2="]),
    ("optimizer adam:schedule.beta1=cos", ["cosine("]), ("optimizer lookahead(sgd):schedule.", ["alpha="]),
    ("noise gau", ["gaussian("]), ("noise gaussian(si", ["sigma="]), ("theme li", ["light"]),
    ("color 2", ["256"]), ("change 4:sgd.lr", ["sgd.lr="]),
    ("change 4:land", ["landscape.kappa=", "landscape.angle="]),
    ("function 3*sq", ["sqrt("]), ("function kap", ["kappa"]), ("step ", []), ("nothing ", []),
    ("-o rmsp", ["rmsprop"]),
    ("--landscape=himm", ["himmelblau"]),
  ]) func tabKnowsWhatComesNext(line: String, expected: [String]) throws {
    #expect(try explorer().candidates(line) == expected)
  }

  /// The same by keys alone: what each framework would say is seen before one is chosen, of the entry that is selected.
  @Test func aFrameworkIsChosenByKeys() throws {
    var explorer = try ExplorerTests.explorer("ravine", ["adamw:lr=0.1", "sgd:lr=0.02"], steps: 20)
    explorer.type(": as space Tab")
    for line in [
      "torch.optim.AdamW(params, lr=0.1", "optax.adamw(learning_rate=0.1", "no line of Keras",
    ] {
      #expect(explorer.shows(line), "\(line) in \(explorer.rows())")
    }
    explorer.type("Esc : as space op Tab Enter")
    #expect(
      explorer.status
        == .note("optax.adamw(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.01)"))
    #expect(explorer.dialog == nil)
    explorer.type("Tab Right : as space to Tab Enter")
    let rate = try #require(explorer.race.spec(entry: 1).setting("lr"))
    #expect(rate > 0.02)
    #expect(explorer.status == .note("torch.optim.SGD(params, lr=\(rate.shortest), weight_decay=0.0)"))
    explorer.type(": as space k Tab Enter")
    #expect(explorer.shows("keras.optimizers.SGD(learning_rate=\(rate.shortest)"))
    explorer.type(": as space Esc")
    #expect(explorer.dialog == nil && explorer.race.experiment.entries.count == 2)
  }

  /// The selected entry in a framework's words, with its knobs as they are; Tab shows all that can be said.
  @Test func anEntryIsSaidInAFrameworksWords() throws {
    var explorer = try ExplorerTests.explorer("ravine", ["adamw:lr=0.1", "yogi"], steps: 20)
    explorer.command("set adamw.lr=0.25")
    explorer.command("as torch")
    let line =
      "torch.optim.AdamW(params, lr=0.25, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=False)"
    #expect(explorer.status == .note(line))
    // It is nothing that is run.
    #expect(!explorer.replayLine.contains("torch"))
    let offers = Completion(of: TextLine(text: "as "), explorer.context).candidates
    #expect(offers.map(\.text) == ["torch", "optax", "keras"])
    #expect(offers[0].detail == line)
    #expect(
      offers[1].detail == "optax.adamw(learning_rate=0.25, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.01)")
    #expect(offers[2].detail.hasPrefix("no line of Keras means the same as adamw:lr=0.25: "))
    explorer.type("Tab")
    explorer.command("as torch")
    #expect(explorer.shows("no line of PyTorch means the same as yogi: no line for Yogi is known here"))
    explorer.type("Esc")
    explorer.command("as tensorflow")
    #expect(explorer.shows("as must be torch, optax or keras, got 'tensorflow'"))
    explorer.type("Esc x x")
    explorer.command("as torch")
    #expect(explorer.shows("there is no entry yet: a adds one"))
    // What the screen has no room for is not cut in two.
    var small = try ExplorerTests.explorer("ravine", ["adamw:lr=0.1"], width: 80, height: 24)
    small.command("as torch")
    #expect(small.shows("too long for this screen: descent describe adamw:lr=0.1 --as torch"))
    // A name that is hidden is not told.
    var blind = try ExplorerTests.explorer("ravine", ["adamw:lr=0.1"])
    blind.type("B")
    blind.command("as torch")
    #expect(blind.shows("blind: that would tell") && !blind.shows("AdamW"))
    #expect(
      !Completion(of: TextLine(text: "as "), blind.context).candidates.contains {
        $0.detail.contains("adamw")
      })
    // It is found by what it does.
    var help = try ExplorerTests.explorer("ravine", ["sgd"])
    help.type("?")
    for character in "framework" { help.handle(.key(.character(character))) }
    #expect(help.shows("as framework") && help.shows("The selected entry as another framework's line."))
  }

  @Test func everyCandidateIsUnderstood() throws {
    let explorer = try explorer()
    for (line, accepts) in [
      ("landscape ", { (word: String) in LandscapeCatalog.named(word) != nil }),
      ("theme ", { Theme(rawValue: $0) != nil }), ("glyphs ", { GlyphSet(rawValue: $0) != nil }),
      ("view ", { word in Explorer.viewNames.contains { $0.rawValue == word } }),
      ("optimizer ", { OptimizerRegistry.entry(String($0.prefix { $0 != "(" })) != nil }),
    ] {
      let words = explorer.candidates(line)
      #expect(!words.isEmpty && words.allSatisfy(accepts), "\(line)")
    }
    #expect(explorer.candidates("").count == Command.all.count)
  }

  @Test func tabGoesAsFarAsIsCertainAndThenThroughTheRest() throws {
    var explorer = try explorer()
    explorer.type(": lands Tab")
    #expect(explorer.line == "landscape ")
    explorer.type("ros Tab Enter")
    #expect(explorer.race.experiment.landscape.id == "rosenbrock")
    explorer.type(": vi Tab")
    #expect(explorer.line == "view")
    explorer.type("Tab")
    #expect(explorer.line == "view-x ")
    explorer.type("Tab")
    #expect(explorer.line == "view-y ")
    explorer.type("BackTab BackTab")
    #expect(explorer.line == "view ")
    explorer.type("Tab")
    #expect(explorer.line == "view-x ")
    explorer.type("-1:1")
    #expect(explorer.line == "view-x -1:1")
    explorer.type("Tab")
    #expect(explorer.shows("nothing is known to go on with here"))
    // A candidate is taken by a click as well.
    explorer.type("Esc : theme")
    explorer.handle(.key(.character(" ")))
    try explorer.click("light   ")
    explorer.type("Enter")
    #expect(explorer.appearance.theme == .light)
  }

  @Test func earlierLinesComeBack() throws {
    var explorer = try explorer()
    explorer.command("seed 1")
    explorer.command("seed 2")
    explorer.command("seed 2")
    explorer.command("bogus")
    explorer.type("Esc : dra Up")
    #expect(explorer.line == "seed 2", "once, and not what was no command")
    explorer.type("Up Up")
    #expect(explorer.line == "seed 1")
    explorer.type("Down Down")
    #expect(explorer.line == "dra")
    explorer.type("Down")
    #expect(explorer.line == "dra")
    explorer.type("Esc")
    for number in 0..<150 { explorer.command("seed \(number)") }
    #expect(explorer.commandPast.count == CommandPrompt.longestPast)
  }

  @Test func pastedTextIsALineAndNotACommand() throws {
    var explorer = try explorer()
    explorer.type(":")
    explorer.handle(.paste("seed 5\nquit\u{1b}[2J"))
    #expect(explorer.race.experiment.seed == 0)
    let typed = try #require(explorer.line)
    #expect(typed.hasPrefix("seed 5 quit"))
    #expect(typed.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    #expect(explorer.handle(.key(.enter)) == nil)
  }

  /// Noise and seed change the same race from its start, as far as it was run.
  @Test func noiseAndSeedAreLive() throws {
    var explorer = try explorer()
    explorer.type("N")
    let plain = explorer.bits
    explorer.command("noise gaussian(sigma=0.5)")
    #expect(explorer.race.step == 10)
    let noisy = explorer.bits
    #expect(noisy != plain)
    explorer.command("seed 3")
    #expect(explorer.race.step == 10 && explorer.bits != noisy)
    var direct = try scene("ravine")
    direct.experiment.noise = try Noise("gaussian(sigma=0.5)")
    direct.experiment.seed = 3
    var other = Explorer(scene: direct, appearance: Appearance(), width: 120, height: 36)
    other.seek(to: 10)
    #expect(explorer.bits == other.bits)
    #expect(explorer.replayLine == other.replayLine)
    explorer.type("u u")
    #expect(explorer.bits == plain)
  }

  @Test func aChangeOfThePastIsTheRunItWouldHaveBeen() throws {
    var explorer = try explorer()
    explorer.type("N N")
    explorer.command("change 5:sgd.lr=0.01")
    #expect(explorer.race.step == 20)
    var straight = try self.explorer()
    straight.type("n n n n")
    let index = try #require(straight.knobs.firstIndex { $0.knob.key == "lr" })
    straight.set(straight.knobs[index], to: 0.01)
    straight.seek(to: 20)
    #expect(explorer.bits == straight.bits)
    #expect(explorer.replayLine == straight.replayLine)
  }

  private func explorer() throws -> Explorer { try ExplorerTests.explorer() }
}

/// Dialogs where there is little room.
@Suite struct SmallDialogTests {
  @Test(arguments: ["?", "L", "a", "f", ":"])
  func dialogsSayOneTrueThingOnTheSmallestScreen(key: String) throws {
    for (width, height) in [(40, 12), (20, 6)] {
      var explorer = try explorer(width: width, height: height)
      explorer.type("N")
      explorer.type(key)
      let wanted =
        ["?": "The run", "L": "Rotated rav", "a": "SGD", "f": "f(x, y) = ", ":": "landsca"][key] ?? ""
      if height == 6, key == "f" {
        #expect(explorer.shows("f = "))
      } else {
        #expect(
          explorer.shows(wanted), "\(key) at \(width)x\(height):\n\(explorer.rows().joined(separator: "\n"))")
      }
      // A fault is still said.
      if key == ":" {
        explorer.type("zz Enter")
        #expect(
          explorer.shows("unknown word"), "\(width)x\(height):\n\(explorer.rows().joined(separator: "\n"))")
      }
      if key == "f" {
        explorer.handle(.key(.control("u")))
        explorer.type("x+ Enter")
        #expect(
          explorer.shows("formula") || explorer.shows("end"), "\(explorer.rows().joined(separator: "\n"))")
      }
      explorer.type("Esc")
      #expect(explorer.dialogIsClosed)
    }
  }

  /// A dialog open while the race plays and the screen changes its size stays open and usable.
  @Test func dialogsOutliveAChangeOfSizeWhilePlaying() throws {
    for keys in ["?", "L", "a", "f", ":"] {
      var explorer = try explorer()
      explorer.type("space")
      explorer.type(keys)
      for (width, height) in [(40, 12), (20, 6), (10, 3), (200, 60), (80, 24)] {
        explorer.handle(.resize(width: width, height: height))
        explorer.advance(by: 0.3)
        let frame = explorer.frame()
        #expect(frame.width == width && frame.rows.allSatisfy { Text.width(of: $0) <= width })
      }
      #expect(explorer.race.step == 15 && explorer.isPlaying)
      #expect(!explorer.dialogIsClosed)
      explorer.type("Esc")
      #expect(explorer.dialogIsClosed, "\(keys)")
    }
  }
}

/// Which is which? Nothing on the screen says so.
@Suite struct BlindTests {
  @Test(arguments: [(120, 36), (80, 24), (40, 12), (200, 60)])
  func nothingTells(width: Int, height: Int) throws {
    var explorer = try explorer(width: width, height: height)
    explorer.type("N Right")
    explorer.type("B")
    var hidden = ["learning rate", "momentum", "β", "evals", "replay", "η"]
    for entry in explorer.race.experiment.entries {
      hidden += [entry.label, entry.spec.id, entry.spec.displayName]
      let about = entry.spec.about
      hidden.append(String(about.citation.split(separator: ",").first ?? "?"))
    }
    hidden.append(String(try scene("ravine").title.prefix(12)))
    for keys in ["", "n", "Tab", "Tab Tab n", "x u", "1 1", "c", "o", "space"] {
      explorer.type(keys)
      let text = explorer.rows().joined(separator: "\n")
      for word in hidden { #expect(!text.contains(word), "'\(word)' after '\(keys)':\n\(text)") }
    }
    #expect(explorer.shows("Which is which?") && explorer.shows("reveals"))
    // The digits and the losses are there to guess from.
    for index in explorer.race.experiment.entries.indices where width >= 80 {
      #expect(explorer.shows(NumberText.brief(explorer.race.run(entry: index).loss)))
    }
    explorer.type("space B")
    if width >= 80 { #expect(explorer.shows(explorer.race.experiment.entries[0].label)) }
  }

  @Test func theReplayLineOfTheProgramStaysTrue() throws {
    var explorer = try explorer()
    let line = explorer.replayLine
    explorer.type("B")
    #expect(explorer.replayLine == line)
    #expect(explorer.candidates("set ").allSatisfy { !$0.contains("sgd") })
  }
}
