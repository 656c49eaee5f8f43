import ArgumentParser
import Foundation
import Testing
import TestSupport

@testable import descent

/// The manual page, the completions, and the program installed with them.
struct InstallTests {
  private let documents = ProgramDocuments(root: Descent.self)

  /// Whether a program is on this machine.
  private func has(_ tool: String) throws -> Bool {
    try Program.shell("command -v \(tool)", environment: ["PATH": "/usr/bin:/bin"]).status == 0
  }

  /// One command puts everything under a prefix; what is there then works by itself.
  @Test func theInstalledProgramFindsItsScenes() throws {
    let folder = try Folder()
    let prefix = "\(folder.path)/deep/prefix"
    let finished = try Program.run(["install", "--prefix", prefix])
    #expect(finished.status == 0 && finished.errors.isEmpty)
    let expected = [
      "bin/descent", "share/descent/scenes/ravine.yaml", "share/man/man1/descent.1",
      "share/bash-completion/completions/descent", "share/zsh/site-functions/_descent",
      "share/fish/vendor_completions.d/descent.fish",
    ]
    for path in expected { #expect(finished.lines.contains("\(prefix)/\(path)")) }
    // What it lists is what is there.
    let found = try #require(FileManager.default.enumerator(atPath: prefix))
    var files: [String] = []
    for case let path as String in found {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: "\(prefix)/\(path)", isDirectory: &isFolder),
        !isFolder.boolValue
      {
        files.append("\(prefix)/\(path)")
      }
    }
    #expect(files.sorted() == finished.lines.sorted())
    let mode = try FileManager.default.attributesOfItem(atPath: "\(prefix)/bin/descent")[.posixPermissions]
    #expect(mode as? Int == 0o755)
    // Nobody who installs it debugs it.
    if try has("strip") {
      func size(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
      }
      #expect(try size("\(prefix)/bin/descent") * 10 < size(Program.path) * 9)
    }
    // The scenes are those that were built in, and a new one beside them is found.
    for name in ["ravine", "bowl"] {
      let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scenes/\(name).yaml")
      let installed = URL(fileURLWithPath: "\(prefix)/share/descent/scenes/\(name).yaml")
      #expect(try Data(contentsOf: here) == Data(contentsOf: installed))
    }
    try folder.write(
      "title: Only here\nlandscape: bowl\noptimizers: [sgd]\n",
      to: "deep/prefix/share/descent/scenes/only-here.yaml")
    let shown = try Program.shell("'\(prefix)/bin/descent' render only-here --size 100x30")
    #expect(shown.status == 0 && shown.text.contains("Only here"))
    #expect(try Program.run("render only-here").status == 66)
    // Again over itself, as an update does.
    let again = try Program.shell("'\(prefix)/bin/descent' install --prefix '\(prefix)'")
    #expect(again.status == 0 && again.lines == finished.lines)
    #expect(try Program.shell("'\(prefix)/bin/descent' --version").text == "\(Version.current)\n")
  }

  @Test func aPrefixThatCannotBeIsRefused() throws {
    let folder = try Folder()
    try folder.write("a file", to: "file")
    let finished = try Program.run(["install", "--prefix", "\(folder.path)/file/x"])
    #expect(finished.status == 64 && finished.errors.contains("cannot make the folder"))
    #expect(try Program.run(["install", "--prefix", ""]).status == 64)
    #expect(try Program.run("install").status == 64)
  }

  @Test func tildeIsHome() throws {
    let folder = try Folder()
    let finished = try Program.run(["install", "--prefix=~/.local"], environment: ["HOME": folder.path])
    #expect(finished.status == 0)
    #expect(finished.lines.first == "\(folder.path)/.local/bin/descent")
  }

  /// Every command, option and argument of the definitions is on the page, with what it does.
  @Test func thePageHoldsEveryDefinition() throws {
    let page = try Program.run("manual").text
    #expect(page == documents.manual)
    #expect(page.utf8.allSatisfy { $0 < 0x80 })
    let tree = documents.commands
    #expect(tree.commands.map(\.name) == Descent.configuration.subcommands.map { $0._commandName })
    for command in tree.commands {
      #expect(page.contains(".SS \(ManualPage.escaped(command.name))\n"))
      #expect(page.contains(ManualPage.escaped(command.abstract)))
      // What the help names, the page names.
      let type = try #require(Descent.configuration.subcommands.first { $0._commandName == command.name })
      let names = Set(ParserComplaint("", of: Descent.self).optionNames(of: type))
      #expect(names.isSubset(of: Set((command.arguments + tree.arguments).flatMap(\.names))))
      for name in names { #expect(page.contains("\\fB\(ManualPage.escaped(name))\\fR")) }
      for argument in command.arguments { #expect(page.contains(ManualPage.escaped(argument.abstract))) }
    }
    for status in [0, 1, 64, 65, 66, 69, 70] { #expect(page.contains("\\fB\(status)\\fR")) }
  }

  /// An option of several commands stands on the page once.
  @Test func sharedOptionsStandOnce() {
    let page = documents.manual
    #expect(page.ranges(of: "\n\\fB\\-\\-landscape\\fR").count == 1)
    #expect(page.ranges(of: "(explore, trace, render").count >= 10)
    #expect(page.ranges(of: "\\fB\\-\\-force\\fR").count == 1)
  }

  @Test func troffObeysNothingInTheText() {
    #expect(ManualPage.escaped(".TH x") == "\\&.TH x")
    #expect(ManualPage.escaped("a\\b 'c' -d") == "a\\eb \\(aqc\\(aq \\-d")
    #expect(ManualPage.escaped("κ ‖") == "\\[u03BA] \\[u2016]")
  }

  @Test func troffHasNothingToComplainOf() throws {
    guard try has("groff") else { return }
    let finished = try Program.shell("descent manual | groff -ww -mandoc -Tutf8 2>&1 >/dev/null")
    #expect(finished.text.isEmpty, "\(finished.text)")
    guard try has("mandoc") else { return }
    // A page made from definitions has no date.
    let linted = try Program.shell("descent manual | mandoc -Tlint -Wwarning | grep -v 'missing date'")
    #expect(linted.text.isEmpty, "\(linted.text)")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func theShellsReadTheirCompletions(shell: String) throws {
    let folder = try Folder()
    let script = try Program.run(["--generate-completion-script", shell])
    #expect(script.status == 0)
    for command in ["export", "install", "trace"] { #expect(script.text.contains(command)) }
    let path = try folder.write(script.text, to: "completions")
    guard try has(shell) else { return }
    let checked = try Program.shell("\(shell) -n '\(path)' 2>&1")
    #expect(checked.status == 0 && checked.text.isEmpty, "\(checked.text)")
  }

  /// What bash offers for a landscape is what there is.
  @Test func bashCompletesNames() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/descent", withDestinationPath: Program.path)
    let script = """
      source <(descent --generate-completion-script bash)
      COMP_WORDS=(descent trace --landscape rosen) COMP_CWORD=3
      COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
      $(complete -p descent | sed 's/.*-F \\([^ ]*\\).*/\\1/') descent rosen --landscape
      echo ${COMPREPLY[@]}
      """
    let path = try folder.write(script, to: "script")
    let finished = try Program.shell("PATH='\(folder.path)':$PATH bash '\(path)'")
    #expect(finished.text == "rosenbrock\n", "\(finished.errors)")
  }

  /// A scene that is there and wrong is not said to be missing.
  @Test func describeNamesTheFaultsOfAScene() throws {
    let folder = try Folder()
    try folder.write("titel: x\nlandscape: bowl\noptimizers: [sgd]\n", to: "broken.yaml")
    for name in ["broken", "\(folder.path)/broken.yaml"] {
      let finished = try Program.run(["describe", name], environment: ["DESCENT_SCENES": folder.path])
      #expect(finished.status == 65)
      #expect(finished.errors.contains("broken.yaml:1:1: unknown key 'titel', did you mean 'title'?"))
    }
    #expect(try Program.run("describe nothing-of-the-kind").status == 64)
  }
}
