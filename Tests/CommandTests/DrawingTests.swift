import Canvas
import Foundation
import OptimizerCore
import Testing
import TestSupport

/// What the commands that print for people print.
struct DrawingTests {
  @Test(arguments: [
    (1, 1), (2, 2), (3, 3), (7, 2), (19, 5), (20, 6), (21, 7), (40, 12), (79, 23), (80, 24), (99, 30),
    (100, 30), (120, 36),
    (133, 11), (200, 60), (300, 100), (10, 100), (300, 3),
  ]) func textHasTheAskedRowsNoneTooWide(width: Int, height: Int) throws {
    for (locale, scene) in [("C.UTF-8", "ravine"), ("C", "saddle")] where locale != "C" || width % 20 == 0 {
      let finished = try Program.run(
        "render \(scene) --step 20 --size \(width)x\(height)", environment: ["LC_ALL": locale])
      #expect(finished.status == 0 && finished.errors.isEmpty)
      #expect(finished.lines.count == height)
      for line in finished.lines { #expect(Text.width(of: line) <= width, "\(line)") }
      #expect(obeyed(finished.text).isEmpty)
      if locale == "C" { #expect(finished.output.allSatisfy { $0 < 0x80 }) }
    }
  }

  @Test func theStepIsShown() throws {
    let start = try Program.run("render ravine --size 120x36")
    let later = try Program.run("render ravine --step 40 --size 120x36")
    #expect(start.output != later.output)
    #expect(later.output == (try Program.run("render ravine --step 40 --size 120x36").output))
  }

  @Test func ansiCarriesColoursAndEndsPlain() throws {
    let finished = try Program.run("render ravine --step 5 --size 80x24 --format ansi")
    #expect(finished.text.contains("\u{1b}[") && finished.text.contains("38;5;"))
    let plain = try Program.run(
      "render ravine --step 5 --size 80x24 --format ansi", environment: ["NO_COLOR": "1"])
    #expect(!plain.text.contains("38;5;") && !plain.text.contains("38;2;"))
    let direct = try Program.run("render ravine --step 5 --size 80x24 --format ansi --color direct")
    #expect(direct.text.contains("38;2;"))
  }

  @Test func svgIsXML() throws {
    let finished = try Program.run("render ravine --step 5 --size 80x24 --format svg")
    #expect(finished.text.hasPrefix("<") && finished.text.contains("<svg"))
    let check = try Program.shell(
      "descent render ravine --step 5 --size 80x24 --format svg | python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin)' 2>&1 || command -v python3 >/dev/null || true"
    )
    #expect(check.text.isEmpty, "\(check.text)")
  }

  /// A title cannot command the terminal that shows it, in any form of output.
  @Test func titlesCannotCommandTheTerminal() throws {
    let folder = try Folder()
    let hostile = "\\e]0;owned\\a\\e[31mred\\u202eesrever\\u2066\\x9b5m\\u200f\\b\\r"
    let path = try folder.write(
      """
      title: "\(hostile)"
      caption: "\(hostile)"
      source: "\(hostile)"
      notes: "\(hostile)"
      landscape: bowl
      optimizers: [{use: sgd, label: "\(hostile)"}]
      steps: 3
      """, to: "hostile.yaml")
    for line in [
      "render \(path) --size 120x36", "render \(path) --size 20x6", "trace \(path)",
      "trace \(path) --format json",
      "describe \(path)", "describe \(path) --format json", "render \(path) --format svg", "list scenes",
      "list scenes --format json", "list",
    ] {
      let finished = try Program.run(line, environment: ["DESCENT_SCENES": folder.path])
      #expect(finished.status == 0)
      #expect(obeyed(finished.text).isEmpty, "\(line)")
      #expect(obeyed(finished.errors).isEmpty, "\(line)")
    }
    // ANSI frames hold sequences of their own, and none of these.
    let ansi = try Program.run("render \(path) --format ansi")
    #expect(
      !ansi.text.contains("\u{1b}]") && !ansi.text.contains("\u{1b}[31mred")
        && !ansi.text.contains("\u{202e}"))
    // Nor can a name that is not found.
    let missing = try Program.run(["trace", "a\u{1b}[31m\u{202e}b"])
    #expect(missing.status == 66 && obeyed(missing.errors).isEmpty)
    let option = try Program.run(["trace", "--bog\u{1b}[31m\u{202e}us"])
    #expect(option.status == 64 && obeyed(option.errors).isEmpty)
  }

  @Test func listsNameEverything() throws {
    let all = try Program.run("list").text
    for word in [
      "LANDSCAPES", "OPTIMIZERS", "SCHEDULES", "SCENES", "rosenbrock", "adamw", "cosine", "plateau",
    ] {
      #expect(all.contains(word))
    }
    for kind in ["landscapes", "optimizers", "schedules", "scenes"] {
      #expect(all.contains(try Program.run("list \(kind)").text))
      let json = try Program.run("list \(kind) --format json")
      let read = try JSONSerialization.jsonObject(with: json.output) as? [[String: Any]]
      #expect((read?.count ?? 0) >= 4)
    }
    let whole = try JSONSerialization.jsonObject(with: try Program.run("list --format json").output)
    #expect((whole as? [String: Any])?.count == 5)
  }

  @Test func everythingThatIsListedCanBeDescribed() throws {
    let lists =
      try JSONSerialization.jsonObject(with: try Program.run("list --format json").output) as? [String: Any]
    for (kind, key) in [
      ("landscapes", "id"), ("optimizers", "id"), ("schedules", "name"), ("scenes", "name"),
    ] {
      let entries = try #require(lists?[kind] as? [[String: Any]])
      for entry in entries.prefix(3) {
        let name = try #require(entry[key] as? String)
        let described = try Program.run(["describe", name])
        #expect(described.status == 0 && described.text.contains(name), "\(name)")
        let json = try Program.run(["describe", name, "--format", "json"])
        _ = try JSONSerialization.jsonObject(with: json.output)
      }
    }
    #expect(try Program.run("describe adam").text.contains("arXiv"))
  }

  /// A default is printed where there is one, and then the one that holds.
  @Test func schedulesTellTheirRealDefaults() throws {
    let warmup = try Program.run("describe warmup").text
    #expect(warmup.contains("warmup(steps, start=1/steps)"))
    #expect(warmup.contains("multiplier at k = 0, default 1/steps, 0 to 1000"))
    #expect(warmup.contains("steps until 1 is reached, required, 1 to"))
    let exponential = try Program.run("describe exponential").text
    #expect(exponential.contains("exponential(rate=… or factor=…)"))
    #expect(exponential.contains("decay a step, this or factor") && exponential.contains("this or rate"))
    let json = try JSONSerialization.jsonObject(with: Program.run("list schedules --format json").output)
    for entry in try #require(json as? [[String: Any]]) {
      let name = try #require(entry["name"] as? String)
      for argument in try #require(entry["arguments"] as? [[String: Any]]) {
        let key = try #require(argument["key"] as? String)
        let isRequired = try #require(argument["required"] as? Bool)
        let mustBeGiven = isRequired || argument["alternative"] is String
        #expect((argument["default"] is NSNull) == mustBeGiven, "\(name) \(key)")
        if name == "warmup", key == "start" { #expect(argument["default"] as? String == "1/steps") }
        // A default that is a number is the one that holds: given, it changes nothing.
        guard let value = argument["default"] as? String, Double(value) != nil else { continue }
        let rest =
          name == "restarts" ? "first=7" : name == "step" ? "every=7" : name == "steps" ? "at=7" : "steps=7"
        let required =
          ["constant", "inverse-sqrt"].contains(name) ? "" : name == "polynomial" ? "steps=7,power=2" : rest
        let short = try Schedule("\(name)(\(required))")
        let long = try Schedule("\(name)(\(required.isEmpty ? "" : required + ",")\(key)=\(value))")
        for k in 0..<12 { #expect(short.multiplier(at: k) == long.multiplier(at: k), "\(name) \(key)") }
      }
    }
  }

  /// What a scene's description gives as its replay is a command that works.
  @Test func theReplayOfADescriptionRuns() throws {
    let text = try Program.run("describe saddle").text
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("replay") })
    let command = line.dropFirst(6).trimmingCharacters(in: .whitespaces)
    let replayed = try Program.shell(command.replacingOccurrences(of: "descent ", with: "descent trace "))
    #expect(replayed.status == 0)
    #expect(replayed.output == (try Program.run("trace saddle").output))
  }

  @Test func versionAndHelp() throws {
    let version = try Program.run("--version")
    #expect(version.status == 0 && version.text.split(separator: ".").count == 3 && version.errors.isEmpty)
    for line in ["--help", "-h", "help", "trace --help", "render --help", "help trace"] {
      let help = try Program.run(line)
      #expect(help.status == 0 && help.errors.isEmpty && help.text.contains("USAGE: descent"), "\(line)")
    }
    let words = try Program.run("trace --help").text
    for option in [
      "--landscape", "--function", "--set", "--optimizer", "--start", "--steps", "--evaluations", "--change",
      "--seed", "--view-x", "--every", "--format",
    ] {
      #expect(words.contains(option))
    }
  }

  @Test func theTestCardShowsTheGlyphs() throws {
    let card = try Program.run("glyphs")
    #expect(card.status == 0 && card.text.contains("▀") && card.text.contains("\u{1b}["))
    // A row of each set, closed by its bar: the octants are the eight dots and their growing sums, none of them twice.
    for name in ["half", "quadrant", "sextant", "octant", "braille", "ascii"] {
      #expect(card.text.split(separator: "\n").contains { $0.contains(name) && $0.contains("|") }, "\(name)")
    }
    let ascii = try Program.run("glyphs --color none", environment: ["LC_ALL": "C"])
    #expect(ascii.status == 0 && ascii.output.allSatisfy { $0 < 0x80 } && !ascii.text.contains("\u{1b}[38"))
  }
}
