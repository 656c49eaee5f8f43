import Foundation
import Testing
import TestSupport

/// What is said, and with which status, where a command cannot be carried out.
struct UsageTests {
  /// Each with its status and its whole message.
  @Test(arguments: [
    ("trce", 66, "no scene 'trce'; did you mean the command 'trace'?"),
    ("rendr", 66, "no scene 'rendr'; did you mean the command 'render'?"),
    ("trace quux", 66, "no scene 'quux'; `descent list scenes` names them all"),
    ("trace ravne", 66, "no scene 'ravne', did you mean 'ravine'?"),
    ("trace ./nope.yaml", 66, "no file './nope.yaml'; `descent list scenes` names them all"),
    (
      "trace rosenbrock", 66,
      "no scene 'rosenbrock'; the landscape of that name opens with --landscape rosenbrock"
    ),
    (
      "trace /dev/null", 65,
      "/dev/null:1: the file is empty; a scene has at least 'landscape' and 'optimizers'"
    ),
    ("trace /tmp", 66, "'/tmp' is a folder; name a file in it"),
    ("trace --bogus", 64, "unknown option '--bogus'; 'descent trace --help' shows them all"),
    ("trace --optimiser sgd", 64, "unknown option '--optimiser', did you mean '--optimizer'?"),
    ("--them dark", 64, "unknown option '--them', did you mean '--theme'?"),
    ("trace --them dark", 64, "unknown option '--them'; 'descent trace --help' shows them all"),
    (
      "trace -o none -o sgd", 64,
      "-o none stands alone, for a race without entries; leave it out or leave the others out"
    ),
    ("trace bowl -o none --change 4:sgd.lr=1", 64, "no entry 'sgd'; there is none"),
    ("trace -o adam:lx=1", 64, "in 'adam:lx=1': adam has no key 'lx', did you mean 'lr'?"),
    ("trace bowl bowl", 64, "Unexpected argument 'bowl'"),
    ("trace --steps", 64, "Missing value for '--steps <n>'"),
    ("trace --format xml", 64, "--format must be csv or json, got 'xml'"),
    ("trace --every 0", 64, "--every must be a whole number from 1 on, got '0'"),
    ("trace --every x", 64, "--every must be a whole number from 1 on, got 'x'"),
    ("trace --steps -1", 64, "--steps must be a whole number from 0 to 1000000000000, got '-1'"),
    ("trace --steps 1.5", 64, "--steps must be a whole number from 0 to 1000000000000, got '1.5'"),
    (
      "trace --evaluations few", 64, "--evaluations must be a whole number from 0 to 1000000000000, got 'few'"
    ),
    ("trace --seed -1", 64, "--seed must be a whole number from 0 to 18446744073709551615, got '-1'"),
    ("trace --start 1", 64, "--start takes two finite numbers, such as -1.5,2, got '1'"),
    ("trace --start nan,0", 64, "--start takes two finite numbers, such as -1.5,2, got 'nan,0'"),
    ("trace --start 1,inf", 64, "--start takes two finite numbers, such as -1.5,2, got '1,inf'"),
    ("trace --start=1,2,3", 64, "--start takes two finite numbers, such as -1.5,2, got '1,2,3'"),
    ("trace --view-x 2:1", 64, "--view-x takes two numbers, the lower first, such as -2:2, got '2:1'"),
    ("trace --view-y a", 64, "--view-y takes two numbers, the lower first, such as -2:2, got 'a'"),
    (
      "trace --view-x 0:1e300", 64,
      "--view-x must be between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers, got '0:1e300'"
    ),
    ("trace --landscape ravin", 64, "unknown landscape 'ravin', did you mean 'ravine'?"),
    ("trace --landscape qqqq", 64, "unknown landscape 'qqqq'; `descent list landscapes` names them all"),
    ("trace --landscape bowl --function x", 64, "give --landscape or --function, not both"),
    ("trace --landscape ravine --set kappa", 64, "--set takes NAME=VALUE, such as kappa=100, got 'kappa'"),
    ("trace --landscape ravine --set kappa=x", 64, "kappa must be a number, got 'x'"),
    ("trace --landscape ravine --set kappa=0", 64, "kappa must be between 1 and 1000, got '0'"),
    (
      "trace --landscape ravine --set kapa=3", 64,
      "the landscape 'ravine' has no constant 'kapa', did you mean 'kappa'?"
    ),
    ("trace -o adamm", 64, "in 'adamm': unknown optimizer 'adamm', did you mean 'adam'?"),
    ("trace -o sgd:lr=-1", 64, "in 'sgd:lr=-1': lr must be between 1e-8 and 100, got '-1'"),
    ("trace -o sgd:lr=1e308", 64, "in 'sgd:lr=1e308': lr must be between 1e-8 and 100, got '1e308'"),
    ("trace -o lookahead", 64, "in 'lookahead': lookahead wraps another optimizer, write lookahead(sgd)"),
    ("trace --change x", 64, "--change takes STEP:NAME.KEY=VALUE, such as 40:adam.lr=0.01, got 'x'"),
    (
      "trace --change 4:lr=1", 64, "--change takes STEP:NAME.KEY=VALUE, such as 40:adam.lr=0.01, got '4:lr=1'"
    ),
    ("trace --change 0:sgd.lr=1", 64, "a change happens before a step from 1 on, got '0:sgd.lr=1'"),
    ("trace bowl --change 4:sdg.lr=1", 64, "no entry 'sdg', did you mean 'sgd'?"),
    ("trace bowl -o sgd --change 4:sgd.rl=1", 64, "sgd has no key 'rl', did you mean 'lr'?"),
    ("trace bowl -o sgd --change 4:sgd.lr=-1", 64, "lr must be between 1e-8 and 100, got '-1'"),
    (
      "trace bowl -o newton --change 4:newton.saddle_free=yes", 64, "saddle_free must be on or off, got 'yes'"
    ),
    ("trace ravine --change 4:landscape.kappa=0.5", 64, "kappa must be between 1 and 1000, got '0.5'"),
    (
      "trace ravine --change 4:landscape.kappa=many", 64,
      "kappa must be a number between 1 and 1000, got 'many'"
    ),
    ("render --size 3", 64, "--size takes columns and rows from 1 to 1000, such as 120x36, got '3'"),
    ("render --size 0x5", 64, "--size takes columns and rows from 1 to 1000, such as 120x36, got '0x5'"),
    (
      "render --size 1001x5", 64, "--size takes columns and rows from 1 to 1000, such as 120x36, got '1001x5'"
    ),
    ("render --step -1", 64, "--step must be a whole number from 0 on, got '-1'"),
    ("render --format gif", 64, "--format must be text, ansi, svg or png, got 'gif'"),
    (
      "render --theme drak", 64,
      "--theme must be dark, light, contrast or projector, got 'drak', did you mean 'dark'?"
    ),
    (
      "render --color 17", 64,
      "--color must be auto, direct, 256, 16, 8 or none, got '17', did you mean '16'?"
    ),
    ("list landscape", 64, "cannot list 'landscape', did you mean 'landscapes'?"),
    ("list --format yaml", 64, "--format must be text or json, got 'yaml'"),
    ("describe adm", 64, "nothing is called 'adm', did you mean 'adam'?"),
    ("describe qqqqqq", 64, "nothing is called 'qqqqqq'; `descent list` names them all"),
    ("describe", 64, "Missing expected argument '<name>'"),
    (
      "explore", 69,
      "standard input and output must be a terminal; 'descent render' prints a frame without one"
    ),
    (
      "ravine", 69,
      "standard input and output must be a terminal; 'descent render' prints a frame without one"
    ),
    ("explore --sync maybe", 64, "--sync must be on, off or auto, got 'maybe'"),
  ]) func complaints(line: String, status: Int, message: String) throws {
    let finished = try Program.run(line)
    #expect(finished.status == Int32(status) && !finished.wasSignalled)
    #expect(finished.errors == "descent: error: \(message)\n")
    #expect(finished.output.isEmpty)
  }

  /// Numbers may have blanks around them, and whole ones any notation.
  @Test func numbersAsPeopleWriteThem() throws {
    let plain = try Program.run(
      "trace --landscape ravine --set kappa=20 --start=1,-2 -o sgd:lr=0.01 --steps 10 --every 5 --seed 100")
    let other = try Program.run([
      "trace", "--landscape", "ravine", "--set", " kappa = 20 ", "--start=1, -2 ", "-o", "sgd:lr=0.01",
      "--steps",
      "1e1", "--every", "5.0", "--seed", "1e2",
    ])
    #expect(plain.status == 0 && !plain.output.isEmpty)
    #expect(other.output == plain.output && other.errors == plain.errors)
    for (word, value) in [("--steps", "1.5"), ("--steps", "1e-1"), ("--steps", "1e99"), ("--steps", "nan")] {
      let finished = try Program.run(["trace", "ravine", word, value])
      #expect(finished.status == 64 && finished.errors.contains("must be a whole number"))
    }
  }

  @Test func theViewsAreNamed() throws {
    let finished = try Program.run("render --view moon")
    #expect(finished.status == 64)
    #expect(finished.errors.hasPrefix("descent: error: --view must be one of contour"))
    #expect(finished.errors.hasSuffix(", got 'moon'\n"))
  }

  @Test func withoutWordsAndWithoutATerminalItNamesRender() throws {
    let finished = try Program.run([])
    #expect(finished.status == 69 && finished.errors.contains("'descent render'"))
  }

  /// The column counts in the formula's text.
  @Test(arguments: [
    ("2*sine(x)", "unknown function 'sine', did you mean 'sin'? (column 3)"), ("x^2 +", "(column 6)"),
    ("", "column 1"),
    ("(x", "column"), ("x y", "(column 3)"), ("x + q", "unknown name 'q'"), ("1..2", "column"),
    ("x^^2", "(column 3)"),
    ("η*x", "(column 1)"),
  ]) func formulasPointAtTheirFault(formula: String, part: String) throws {
    let finished = try Program.run(["trace", "--function", formula, "--steps", "1"])
    #expect(finished.status == 65 && finished.output.isEmpty)
    #expect(finished.errors.hasPrefix("descent: error: in '\(formula)': "))
    #expect(finished.errors.contains(part), "\(finished.errors)")
    #expect(finished.errors.split(separator: "\n").count == 1)
  }

  @Test func hostileFormulasAreRefusedOrRun() throws {
    for formula in [
      String(repeating: "(", count: 10_000),
      String(repeating: "(", count: 10_000) + "x" + String(repeating: ")", count: 10_000),
      String(repeating: "x+", count: 5000) + "x", "1" + String(repeating: "-", count: 5000) + "x",
      "x\u{1b}[31m",
      "x\u{202e}y",
    ] {
      let finished = try Program.run(["trace", "--function", formula, "--steps", "1"])
      #expect(finished.status == 65 && !finished.wasSignalled, "\(formula.prefix(20))")
      #expect(obeyed(finished.errors).isEmpty)
      #expect(finished.errors.count < 300, "no error echoes a page")
    }
    for formula in ["1/0", "x^x", "0/0", "log(x*y)", "1e308*x^2", "x^1000", "0", "t", "sqrt(x)", "abs(x)/0"] {
      let finished = try Program.run(["trace", "--function", formula, "--start=-1,0", "--steps", "5"])
      #expect(finished.status == 0 && !finished.wasSignalled, "\(formula): \(finished.errors)")
    }
    for value in ["1e-322", "1e308", "-1e308", "0"] {
      let finished = try Program.run(["trace", "--function", "a*x^2", "--set", "a=\(value)", "--steps", "2"])
      #expect(finished.status == 0 && !finished.wasSignalled)
    }
  }

  /// What is wrong is quoted, and not the page around it.
  @Test func longTextsAreQuotedAroundTheirFault() throws {
    let sum = Array(repeating: "x", count: 200).joined(separator: "+")
    let formula = try Program.run(["trace", "--function", "\(sum)+sine(y)+\(sum)"])
    #expect(formula.status == 65)
    #expect(formula.errors.hasPrefix("descent: error: in '…"))
    #expect(formula.errors.contains("+sine(y)+x"))
    #expect(formula.errors.contains("…': unknown function 'sine', did you mean 'sin'? (column 401)"))
    #expect(formula.errors.count < 200)
    let long = String(repeating: "9", count: 3000)
    for words in [
      ["trace", "-o", "sgd:lr=1\(long.prefix(900))"], ["trace", "-o", long],
      ["trace", "--steps", "-\(long)"],
      ["trace", "--start", long], ["trace", "--landscape", long], ["trace", "--change", "4:sgd.lr=\(long)"],
      ["trace", "--seed", "-\(long)"], ["trace", "--set", long], ["trace", "--every", "-\(long)"],
      ["trace", "--format", long], ["render", "--theme", long], ["describe", long], ["list", long],
      ["trace", long], ["trace", "--\(long)"], ["trace", "--noise", long],
    ] {
      let finished = try Program.run(words)
      #expect([64, 66].contains(finished.status))
      #expect(finished.errors.count < 400, "\(words.prefix(2)): \(finished.errors)")
    }
  }

  /// Where the locale shows no more, every text for people is ASCII.
  @Test func aPlainLocaleGetsASCII() throws {
    let plain = ["LC_ALL": "C"]
    for words in ["list", "describe adam", "describe ravine", "describe cosine", "trace --function é"] {
      let finished = try Program.run(words, environment: plain)
      let bytes = finished.output + Data(finished.errors.utf8)
      #expect(bytes.allSatisfy { $0 < 0x80 } && bytes.count > 30, "\(words)")
      let full = try Program.run(words)
      #expect(full.text.split(separator: "\n").count == finished.text.split(separator: "\n").count)
    }
    let notice =
      "descent: this locale is not UTF-8, so 'braille' shows as ASCII; LC_ALL=C.UTF-8 would show it\n"
    let render = "render ravine --size 60x16 --glyphs"
    #expect(try Program.run("\(render) braille", environment: plain).errors == notice)
    for words in ["\(render) auto", "\(render) ascii", "\(render) braille --format svg"] {
      #expect(try Program.run(words, environment: plain).errors.isEmpty)
    }
    #expect(try Program.run("\(render) braille").errors.isEmpty)
  }

  /// A scene's errors come all at once, each with its place.
  @Test func scenesNameEveryFault() throws {
    let folder = try Folder()
    let path = try folder.write("landscape: bowll\noptimizers: [sgdd]\nsteps: x\ntitel: y\n", to: "bad.yaml")
    let finished = try Program.run(["trace", path])
    #expect(finished.status == 65)
    #expect(
      finished.errors.split(separator: "\n").map(String.init) == [
        "descent: error: \(path):1:12: unknown landscape 'bowll', did you mean 'bowl'?",
        "descent: error: \(path):2:14: in 'sgdd': unknown optimizer 'sgdd', did you mean 'sgd'?",
        "descent: error: \(path):3:8: steps must be a whole number, at least 0, got 'x'",
        "descent: error: \(path):4:1: unknown key 'titel', did you mean 'title'?",
      ])
  }

  @Test func foldersOfScenes() throws {
    let folder = try Folder()
    let document = "landscape: bowl\nstart: [2, 2]\noptimizers: [sgd]\nsteps: 1\n"
    try folder.write(document, to: "mine.yaml")
    try folder.write(document, to: "ravine.yaml")
    let environment = ["DESCENT_SCENES": folder.path]
    #expect(try Program.run("trace mine").status == 66)
    #expect(try Program.run("trace mine", environment: environment).lines.count == 3)
    #expect(try Program.run("trace ravine", environment: environment).lines.count == 3)
    #expect(try Program.run("list scenes", environment: environment).text.contains("mine"))
    // An installed binary finds the folder beside it.
    let tree = try Folder()
    try tree.write(
      "landscape: bowl\nstart: [3, 3]\noptimizers: [sgd]\nsteps: 1\n",
      to: "share/descent/scenes/installed.yaml")
    let binary = tree.url.appending(path: "bin/descent")
    try FileManager.default.createDirectory(
      at: binary.deletingLastPathComponent(), withIntermediateDirectories: true)
    // The copy is another process's: what this one holds open for writing, a test beside this one may be handing to a
    // child at that moment, and a file that anyone may write to cannot be run ("Text file busy").
    let installed = try Program.shell(
      "cp '\(Program.path)' '\(binary.path)' && '\(binary.path)' trace installed; '\(binary.path)' trace bowl --steps 0 | wc -l"
    )
    #expect(installed.lines.count == 4, "\(installed.errors)")
    #expect(installed.lines.dropFirst().first?.hasPrefix("1,sgd,0,0,3,3,18,") == true)
  }
}
