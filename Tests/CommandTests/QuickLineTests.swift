import ArgumentParser
import Testing

@testable import descent

/// The quick reader of command lines says what the parser says, or nothing.
struct QuickLineTests {
  /// What a command is, property by property.
  private func description(_ command: any ParsableCommand) -> String {
    var text = ""
    dump(command, to: &text)
    return text
  }

  /// Lines that are read quickly, with the words in which values begin like options.
  private static let usual = [
    "", "ravine", "explore", "explore ravine", "explore ./a.yaml --no-mouse --no-config --sync off",
    "--landscape rosenbrock --set a=1 --set b=100 -o sgd:lr=0.01 -o adam --start -1.5,2 --start=-1,1",
    "trace", "trace ravine --steps 5 --every 2 --format json", "trace --function -x^2+y^2 --seed 3",
    "trace --function=-x^2 --seed=-1 --noise gaussian(sigma=1) --change 3:sgd.lr=0.1",
    "trace --steps --every",
    "trace --plane W11,W22 --evaluations 30 --optimizer newton --view-x -1:1 --view-y=-2:2",
    "render ravine --step 5 --size 80x24 --format ansi --view map --theme light --glyphs braille --color 256",
    "render --view=map --theme=projector --no-config", "render --step -1 --size=-3x4",
    "present", "present a b ./c.yaml --glyphs ascii --color none --sync=on",
    "--set= --landscape bowl -o=adam",
  ]

  /// Lines that are left to the parser: help, errors, other commands, forms that are not usual.
  private static let others = [
    "--help", "-h", "trace --help", "help", "help trace", "--version", "trace --version",
    "--generate-completion-script bash",
    "---completion trace -- positional@0 x", "map --x sgd.lr=0.1:1", "export a b.svg", "check", "list",
    "describe sgd",
    "glyphs", "install --prefix x", "manual", "trace -- ravine", "trace --steps", "trace --steps 3 --steps 4",
    "trace a b",
    "render --format -x", "explore --no-mouse --no-mouse", "explore --no-mouse=1", "trace --stps 3",
    "trace -oadam",
    "trace -x", "--landscape", "trace trace", "ravine trace", "--seed 3 trace", "trace --function --help",
    "trace --experimental-dump-help", "present trace", "--set= --steps 3",
  ]

  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  @Test(arguments: usual) func usualLinesAreReadAsTheParserReadsThem(line: String) throws {
    let words = words(line)
    guard let quick = QuickLine.command(of: words) else {
      // Read by neither, or by the parser alone where a value is missing.
      #expect(line.contains("= "), "'\(line)' is of the usual form")
      return
    }
    let parsed = try Descent.parseAsRoot(words)
    #expect(description(quick) == description(parsed), "'\(line)'")
  }

  @Test(arguments: others) func otherLinesAreLeftToTheParser(line: String) {
    #expect(QuickLine.command(of: words(line)) == nil)
  }

  /// Lines put together at random from words that are options, values, commands and neither: wherever the quick reader has
  /// an answer, it is the parser's.
  @Test func neverDisagrees() throws {
    let pieces = [
      "explore", "trace", "render", "present", "map", "ravine", "a.yaml", "--landscape", "--function",
      "--set", "-o",
      "--optimizer", "--start", "--steps", "--evaluations", "--change", "--noise", "--seed", "--view-x",
      "--view-y", "--plane",
      "--every", "--format", "--size", "--step", "--view", "--theme", "--glyphs", "--color", "--sync",
      "--no-mouse",
      "--no-config", "--steps=4", "--seed=", "-o=adam", "--theme=dark", "--start=-1,2", "-1.5,2", "x^2",
      "-x^2", "-", "--", "5",
      "--no-mouse=x", "--nothing", "help", "sgd:lr=0.1", "--format=json", "=",
    ]
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var answered = 0
    for _ in 0..<1500 {
      let words = (0..<next(7)).map { _ in pieces[next(pieces.count)] }
      guard let quick = QuickLine.command(of: words) else { continue }
      answered += 1
      guard let parsed = try? Descent.parseAsRoot(words) else {
        Issue.record("the parser refuses '\(words.joined(separator: " "))'")
        continue
      }
      #expect(description(quick) == description(parsed), "\(words)")
    }
    #expect(answered > 100)
  }

  /// An option that is added to a command is read quickly, too, or this says which is not.
  @Test func everyOptionOfTheQuickCommandsIsKnown() throws {
    let tree = CommandTree(describing: Descent.self)
    let everywhere = Set(tree.arguments.flatMap(\.names))
    for name in CommandName.allCases {
      guard let type = QuickLine.command(name) else { continue }
      let command = try #require(tree.commands.first { $0.name == name.rawValue })
      let arguments = command.arguments.filter {
        !$0.isPositional && Set($0.names).isDisjoint(with: everywhere)
      }
      #expect(Set(arguments.flatMap(\.names)) == Set(type.quickForms.flatMap(\.names)), "\(name)")
      for argument in arguments {
        let form = try #require(type.quickForms.first { $0.names.contains(argument.names[0]) })
        #expect(
          form.kind == (argument.valueName.isEmpty ? .flag : argument.isRepeating ? .values : .value),
          "\(form)")
      }
    }
  }

  /// A sign with nothing behind it is answered as such; the next word is not its value.
  @Test(arguments: [
    "trace ravine --seed= --steps 1", "--steps= 5", "render --size= ravine", "trace -o= sgd",
    "map --x= sgd.lr=0.1:1",
    "export ravine --step= a.csv",
  ]) func nothingBehindTheSign(line: String) throws {
    let finished = try Program.run(line)
    #expect(finished.status == 64)
    #expect(finished.errors.contains("= has no value behind the sign"), "\(finished.errors)")
    #expect(finished.output.isEmpty)
  }

  @Test func versionIsTheSameEitherWay() throws {
    #expect(try Program.run("--version").text == "\(Version.current)\n")
    #expect(try Program.run("trace --version").text == "\(Version.current)\n")
  }
}
