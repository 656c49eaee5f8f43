import Foundation
import Testing

/// The rules of the house, read off the sources.
struct HouseTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// One file of the repository, by its path from the root.
  struct Source: CustomTestStringConvertible {
    let path: String
    let text: String
    /// The text without comments and string literals, so that words in prose do not count.
    let code: String

    init(path: String, text: String) {
      self.path = path
      self.text = text
      code = path.hasPrefix("Sources/") ? Source.code(of: text) : ""
    }

    var target: String { path.split(separator: "/")[1].description }
    var testDescription: String { path }

    /// The modules it imports.
    var imports: [String] {
      code.split(separator: "\n").compactMap { line in
        var words = line.split(separator: " ").map(String.init)
        words.removeAll {
          ["public", "internal", "private", "fileprivate", "package"].contains($0) || $0.hasPrefix("@")
        }
        guard words.first == "import", words.count >= 2 else { return nil }
        let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return kinds.contains(words[1]) ? words.last : words[1].split(separator: ".").first.map(String.init)
      }
    }

    static func code(of text: String) -> String {
      let bytes = Array(text.utf8)
      var code: [UInt8] = []
      var i = 0
      func starts(_ mark: StaticString) -> Bool {
        guard i + mark.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[i + $0] == mark.utf8Start[$0] }
      }
      func skip(past mark: StaticString) {
        while i < bytes.count, !starts(mark) { i += 1 }
        i += mark.utf8CodeUnitCount
      }
      while i < bytes.count {
        if starts("//") {
          while i < bytes.count, bytes[i] != UInt8(ascii: "\n") { i += 1 }
        } else if starts("/*") {
          skip(past: "*/")
        } else if starts("\"\"\"") {
          i += 3
          skip(past: "\"\"\"")
          code += Array("\"\"".utf8)
        } else if starts("\"") {
          i += 1
          var depth = 0
          while i < bytes.count, depth > 0 || !starts("\"") {
            // An interpolation may hold literals of its own; its code counts.
            if starts("\\(") {
              depth += 1
              i += 2
              code.append(UInt8(ascii: "("))
              continue
            }
            if depth > 0 {
              if starts("(") { depth += 1 }
              if starts(")") { depth -= 1 }
              code.append(bytes[i])
            } else if starts("\\") {
              i += 1
            }
            i += 1
          }
          i += 1
          code += Array("\"\"".utf8)
        } else {
          code.append(bytes[i])
          i += 1
        }
      }
      return String(decoding: code, as: UTF8.self)
    }

    /// The words of the code: letters, digits and underscores.
    var words: Set<String> {
      Set(
        code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    }
  }

  static func files(in folder: String, extensions: Set<String> = ["swift"]) -> [Source] {
    let base = root.appending(path: folder)
    guard let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
      return []
    }
    var files: [Source] = []
    for case let url as URL in found {
      if url.lastPathComponent.hasPrefix(".") {
        found.skipDescendants()
        continue
      }
      guard extensions.contains(url.pathExtension), let text = try? String(contentsOf: url, encoding: .utf8)
      else {
        continue
      }
      files.append(Source(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
    }
    return files.sorted { $0.path < $1.path }
  }

  private static let sources = files(in: "Sources")
  private static let ours = [
    "OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas", "Explorer", "Exports", "CNcurses",
    "Terminal",
    "descent",
  ]

  /// The reader of sources itself, or every rule below would hold of nothing.
  @Test func codeIsToldFromProse() {
    let text = """
      // print in a comment
      /* fopen */ internal import Glibc
      let a = "print \\(value("x", read)) \\" write" // end
      public import struct Canvas.Rect
      """
    let source = Source(path: "Sources/A/B.swift", text: text)
    #expect(source.words.contains("read") && source.words.contains("value"))
    #expect(source.words.isDisjoint(with: ["print", "fopen", "write", "end"]))
    #expect(source.imports.first == "Glibc")
    #expect(source.target == "A")
    #expect(Self.sources.count > 80)
    #expect(Set(Self.sources.map(\.target)).isSuperset(of: Set(Self.ours).subtracting(["CNcurses"])))
  }

  @Test func onlyTerminalKnowsNcurses() {
    let users = Set(Self.sources.filter { $0.imports.contains("CNcurses") }.map(\.target))
    #expect(users == ["Terminal"])
  }

  @Test func targetsImportOnlyThoseBelowThem() {
    let allowed: [String: Set<String>] = [
      "OptimizerCore": [], "Landscapes": ["OptimizerCore"], "Experiments": ["OptimizerCore", "Landscapes"],
      "Scenes": ["OptimizerCore", "Landscapes", "Experiments"], "Canvas": [],
      "Explorer": ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas"],
      "Exports": ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas"], "CNcurses": [],
      "Terminal": ["Canvas", "CNcurses"],
      "descent": Set(Self.ours).subtracting(["CNcurses", "descent"]),
    ]
    for source in Self.sources {
      let used = Set(source.imports).intersection(Self.ours)
      let extra = used.subtracting(allowed[source.target] ?? [])
      #expect(extra.isEmpty, "\(source.path) may not import \(extra.sorted())")
    }
  }

  @Test func outsideModulesAreUsedWhereTheyBelong() {
    let allowed: [String: Set<String>] = [
      "OptimizerCore": ["Glibc", "CLanes"], "Landscapes": ["Glibc"],
      "Experiments": ["Glibc", "Synchronization"],
      "Canvas": [],
      "Explorer": ["Glibc"],
      "Scenes": ["Glibc", "Yams"], "Exports": [], "Terminal": ["Glibc"],
      "descent": ["Glibc", "ArgumentParser"],
      "SceneEmbedder": ["Glibc"], "EmbedScenes": ["Foundation", "PackagePlugin"],
    ]
    for source in Self.sources {
      let extra = Set(source.imports).subtracting(Self.ours).subtracting(allowed[source.target] ?? [])
      #expect(extra.isEmpty, "\(source.path) imports \(extra.sorted())")
    }
  }

  /// Mathematics comes from the C library, through one file each.
  @Test func theCLibraryEntersThroughOneFile() {
    for target in ["OptimizerCore", "Landscapes", "Experiments", "Explorer"] {
      let files = Self.sources.filter { $0.target == target && $0.imports.contains("Glibc") }
      #expect(files.count <= 1, "\(files.map(\.path))")
    }
  }

  @Test func theCoreDoesNoInputOrOutputAndReadsNoClock() {
    let forbidden: Set<String> = [
      "print", "debugPrint", "dump", "readLine", "putchar", "puts", "fputs", "printf", "fopen", "fread",
      "fwrite",
      "open", "read", "write", "stdin", "stdout", "stderr", "getenv", "setenv", "CommandLine", "ProcessInfo",
      "FileManager", "FileHandle", "Process", "time", "clock", "clock_gettime", "gettimeofday", "Date",
      "ContinuousClock", "SuspendingClock", "DispatchTime", "SystemRandomNumberGenerator", "arc4random",
      "rand",
      "random", "drand48", "Thread", "DispatchQueue", "Task",
    ]
    // A method of that name is no call of the C library.
    let calls = ["open", "read", "write", "time", "clock", "random", "dump", "puts"]
    for source in Self.sources
    where ["OptimizerCore", "Landscapes", "Experiments", "Canvas", "Explorer"].contains(source.target) {
      let code = source.code
      let found = source.words.intersection(forbidden).filter { word in
        guard calls.contains(word) else { return true }
        // The explorer opens dialogs.
        if source.target == "Explorer", word == "open" { return false }
        let free = code.ranges(of: "\(word)(").filter { range in
          let before = code[..<range.lowerBound]
          if before.hasSuffix("func ") || code[range.lowerBound...].hasPrefix("open(set)") { return false }
          return before.last.map { !($0 == "." || $0 == "_" || $0.isLetter || $0.isNumber) } ?? true
        }
        return !free.isEmpty
      }
      #expect(found.isEmpty, "\(source.path): \(found.sorted())")
    }
  }

  @Test func theTopLevelIsWhatTheDesignSays() throws {
    let visible = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
      .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(Set(visible) == ["Package.swift", "Sources", "Tests", "scenes", "README.md"])
  }

  @Test func scenesAreYAMLAndNothingElse() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "scenes").path)
    #expect(names.allSatisfy { $0.hasSuffix(".yaml") })
    #expect(names.count >= 4)
  }

  @Test func nothingIsLeftForLater() {
    let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
    let files =
      Self.files(in: "Sources", extensions: ["swift", "h", "c"]) + Self.files(in: "Tests")
      + Self.files(in: "scenes", extensions: ["yaml"])
    for file in files {
      for mark in marks { #expect(!file.text.contains(mark), "\(file.path) holds \(mark)") }
    }
  }

  @Test func noUnsafeFlagsOutsideTheBenchmarks() throws {
    let word = "unsafe" + "Flags"
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(word))
    for file in Self.files(in: "Tests") where !file.path.hasPrefix("Tests/Benchmarks/") {
      #expect(!file.text.contains(word), "\(file.path)")
    }
  }

  @Test func everyTargetSharesTheSettings() throws {
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    for feature in ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"] {
      #expect(manifest.contains("\"\(feature)\""))
    }
    #expect(manifest.hasPrefix("// swift-tools-version: 6."))
  }

  /// Files are named after their type, and no name says less than nothing.
  @Test func namesSayWhatTheyName() {
    for source in Self.sources {
      let file = source.path.split(separator: "/").last.map(String.init) ?? ""
      for word in ["Manager", "Helper", "Utils", "Misc", "Common.swift"] {
        #expect(!file.contains(word) || file == "Hyperparameter+Common.swift", "\(source.path)")
      }
      for word in source.words
      where word.hasSuffix("Manager") || word.hasSuffix("Helper") || word.hasSuffix("Utils") {
        #expect(word == "FileManager" && source.target == "EmbedScenes", "\(source.path): \(word)")
      }
    }
  }

  /// What a reader elsewhere cannot use: paths of one machine.
  @Test func noMachinePathsInFiles() {
    let files =
      Self.files(in: "Sources", extensions: ["swift", "h", "c"]) + Self.files(in: "Tests")
      + Self.files(in: "scenes", extensions: ["yaml"])
    for file in files {
      for prefix in ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/op" + "t/swift"] {
        #expect(!file.text.contains(prefix), "\(file.path) holds \(prefix)")
      }
    }
  }
}
