import Foundation
import Glibc
import Testing
import TestSupport

/// The settings file, as the program itself reads and writes it on a terminal.
extension OnATerminal {
  @Suite struct ConfigTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private var file: URL { folder.url.appending(path: "descent/config.yaml") }

    private func put(_ text: String) throws { try folder.write(text, to: "descent/config.yaml") }

    private var text: String? { try? String(contentsOf: file, encoding: .utf8) }

    /// Runs the program, types keys, quits; returns what it showed before and after the keys.
    private func session(
      _ keys: String, _ arguments: [String] = [], environment: [String: String]? = nil
    ) throws -> (first: String, later: String) {
      let line = try PseudoTerminal()
      let process = try line.start(
        BuiltProgram.descent, arguments, environment: environment ?? ["XDG_CONFIG_HOME": folder.path])
      var first = line.read(until: { $0.count > 600 })
      first += line.readUntilQuiet(seconds: 0.2)
      var later: [UInt8] = []
      for key in keys {
        line.type(String(key))
        later += line.readUntilQuiet(seconds: 2)
      }
      line.type("q")
      let (status, _) = line.end(of: process)
      #expect(status == 0)
      return (String(decoding: first, as: UTF8.self), String(decoding: later, as: UTF8.self))
    }

    @Test func aChoiceIsThereTheNextTime() throws {
      let dark = try session("T").first
      #expect(text?.hasSuffix("theme: light\n") == true)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let light = try session("").first
      #expect(light != dark)
      // Nothing is left beside the file.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path) == [
          "config.yaml"
        ])
      // What is asked for on the command line wins and is not remembered; without the file nothing is read or written.
      #expect(try session("", ["explore", "--theme", "dark"]).first == dark)
      #expect(try session("T", ["explore", "--no-config"]).first == dark)
      #expect(text?.hasSuffix("theme: light\n") == true)
      // The home folder is the place where no other is named.
      let home = ["HOME": folder.path]
      _ = try session("H", environment: home)
      let inHome = folder.url.appending(path: ".config/descent/config.yaml")
      #expect(try String(contentsOf: inHome, encoding: .utf8).hasSuffix("panels: hidden\n"))
    }

    @Test func aMalformedFileIsSaidOnceAndLeftAlone() throws {
      for (bytes, note) in [
        (Data("glyphs: half\ntheme: drak\n".utf8), "descent/config.yaml:2: theme must be"),
        (Data([0xff, 0xfe, 0x00, 0x0a]), "descent/config.yaml:1: "),
        (Data(String(repeating: "# x\n", count: 20_000).utf8), "longer than 65536 bytes"),
      ] {
        try put("")
        try bytes.write(to: file)
        let (first, later) = try session("TT", ["explore"])
        #expect(first.replacing("\u{1b}", with: "").contains(String(note.prefix(18))), "\(note)")
        #expect(later.contains("not remembered"))
        #expect(try Data(contentsOf: file) == bytes)
      }
    }

    @Test func whereNothingCanBeWrittenItGoesOn() throws {
      for environment in [
        ["XDG_CONFIG_HOME": "/proc/nowhere"], ["XDG_CONFIG_HOME": "/dev/null/x"],
        ["XDG_CONFIG_HOME": "relative", "HOME": "/proc/nobody"],
      ] {
        let (first, later) = try session("TT", environment: environment)
        #expect(!first.contains("config.yaml"), "what is not there is no fault")
        #expect(later.components(separatedBy: "not remembered").count == 2, "said once: \(environment)")
      }
      // Neither folder: nothing is said at all.
      let (_, later) = try session("TT", environment: ["HOME": ""])
      #expect(!later.contains("not remembered"))
      // A folder in the place of the file, and a pipe that nobody writes to.
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
      #expect(try session("T").later.contains("not remembered"))
      try FileManager.default.removeItem(at: file)
      #expect(mkfifo(file.path, 0o600) == 0)
      #expect(try session("T").later.contains("not remembered"))
    }

    /// Several programs at once: the file is whole, the last one wins, and nothing is left beside it.
    @Test func manyProgramsAtOnce() throws {
      var running: [(line: PseudoTerminal, process: pid_t)] = []
      for _ in 0..<3 {
        let line = try PseudoTerminal()
        let process = try line.start(BuiltProgram.descent, environment: ["XDG_CONFIG_HOME": folder.path])
        running.append((line, process))
      }
      for (line, _) in running { _ = line.read(until: { $0.count > 600 }) }
      for round in 0..<8 {
        for (line, _) in running { line.type(round % 2 == 0 ? "T" : "H") }
        for (line, _) in running { _ = line.readUntilQuiet(0.02, seconds: 0.2) }
        // At every moment there is a whole file, or none yet.
        if let text { #expect(text.isEmpty || text.hasSuffix("\n") && text.contains(": "), "\(text)") }
      }
      for (line, process) in running {
        line.type("q")
        #expect(line.end(of: process).status == 0)
      }
      let left = try FileManager.default.contentsOfDirectory(
        atPath: file.deletingLastPathComponent().path)
      #expect(left == ["config.yaml"])
      let last = try session("", ["explore"]).first
      #expect(!last.contains("config.yaml"), "what is there can be read")
    }

    /// A home folder that is not there is not made.
    @Test func aMissingHomeIsLeftMissing() throws {
      let home = folder.url.appending(path: "nobody")
      let later = try session("T", environment: ["HOME": home.path]).later
      #expect(later.contains("not remembered"))
      #expect(!FileManager.default.fileExists(atPath: home.path))
    }

    @Test func aLinkStaysALink() throws {
      try put("")
      let real = folder.url.appending(path: "dotfiles.yaml")
      try Data("# kept in a repository\n".utf8).write(to: real)
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createSymbolicLink(at: file, withDestinationURL: real)
      _ = try session("T")
      #expect(try String(contentsOf: real, encoding: .utf8) == "# kept in a repository\ntheme: light\n")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path) == real.path)
    }
  }
}
