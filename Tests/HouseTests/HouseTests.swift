import Foundation
import Testing

/// The rules of the house, read off the sources.
struct HouseTests {
  private static let sources = Source.files(in: "Sources")
  private static let ours = [
    "OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas", "Pixels", "Explorer", "Exports",
    "CNcurses", "Terminal", "descent",
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

  /// A view reads its context and asks by requests; a piece is given what it draws.
  @Test func piecesAndViewsKnowNoApplication() {
    let folders = ["Sources/Explorer/Pieces/", "Sources/Explorer/Views/"]
    let files = Self.sources.filter { file in folders.contains { file.path.contains($0) } }
    #expect(files.count > 60)
    #expect(files.filter { $0.words.contains("Explorer") }.map(\.path) == [])
  }

  @Test func targetsImportOnlyThoseBelowThem() {
    let allowed: [String: Set<String>] = [
      "OptimizerCore": [], "Landscapes": ["OptimizerCore"], "Experiments": ["OptimizerCore", "Landscapes"],
      "Scenes": ["OptimizerCore", "Landscapes", "Experiments"], "Canvas": [], "Pixels": ["Canvas"],
      "Explorer": ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas"],
      "Exports": ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas", "Pixels"],
      "CNcurses": [],
      "Terminal": ["Canvas", "Pixels", "CNcurses"],
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
      "OptimizerCore": ["Glibc", "CLanes", "Synchronization"],
      "Landscapes": ["Glibc", "CNetworks", "Synchronization"],
      "Experiments": ["Glibc", "Synchronization"],
      "Canvas": [], "Pixels": ["CZlib"],
      "Explorer": ["Glibc"],
      "Scenes": ["Glibc", "Yams"], "Exports": [], "Terminal": ["Glibc"],
      "descent": ["Glibc", "ArgumentParser", "FoundationEssentials"],
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
    where ["OptimizerCore", "Landscapes", "Experiments", "Canvas", "Pixels", "Explorer"].contains(
      source.target)
    {
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
    let visible = try FileManager.default.contentsOfDirectory(atPath: Source.root.path)
      .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(Set(visible) == ["Package.swift", "Sources", "Tests", "scenes", "README.md"])
  }

  @Test func scenesAreYAMLAndNothingElse() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Source.root.appending(path: "scenes").path)
    #expect(names.allSatisfy { $0.hasSuffix(".yaml") })
    #expect(names.count >= 4)
  }

  @Test func nothingIsLeftForLater() {
    let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
    let files =
      Source.files(in: "Sources", extensions: ["swift", "h", "c"]) + Source.files(in: "Tests")
      + Source.files(in: "scenes", extensions: ["yaml"])
    for file in files {
      for mark in marks { #expect(!file.text.contains(mark), "\(file.path) holds \(mark)") }
    }
  }

  @Test func noUnsafeFlagsOutsideTheBenchmarks() throws {
    let word = "unsafe" + "Flags"
    let manifest = try String(contentsOf: Source.root.appending(path: "Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(word))
    for file in Source.files(in: "Tests") where !file.path.hasPrefix("Tests/Benchmarks/") {
      #expect(!file.text.contains(word), "\(file.path)")
    }
  }

  @Test func everyTargetSharesTheSettings() throws {
    let manifest = try String(contentsOf: Source.root.appending(path: "Package.swift"), encoding: .utf8)
    for feature in ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"] {
      #expect(manifest.contains("\"\(feature)\""))
    }
    #expect(manifest.hasPrefix("// swift-tools-version: 6."))
  }

  /// What no other package can import has nothing that is public.
  @Test func onlyProductsHavePublicNames() throws {
    let manifest = try String(contentsOf: Source.root.appending(path: "Package.swift"), encoding: .utf8)
    let products = Set(manifest.matches(of: /\.library\(name: "(\w+)"/).map { String($0.1) })
    #expect(products.count >= 6)
    for source in Self.sources where !products.contains(source.target) {
      #expect(!source.words.contains("public"), "\(source.path)")
    }
    for source in Source.files(in: "Tests/TestSupport") {
      #expect(!Source.code(of: source.text).contains("public "), "\(source.path)")
    }
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
      Source.files(in: "Sources", extensions: ["swift", "h", "c"]) + Source.files(in: "Tests")
      + Source.files(in: "scenes", extensions: ["yaml"])
    for file in files {
      for prefix in ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/op" + "t/swift"] {
        #expect(!file.text.contains(prefix), "\(file.path) holds \(prefix)")
      }
    }
  }

  // MARK: Rules

  /// The files that declare an optimizer over lanes, with the id that they give it.
  private static let rules = sources.compactMap { source -> (source: Source, id: String)? in
    guard source.target == "OptimizerCore",
      let id = source.text.firstMatch(of: /About\(\s*id: "([^"]+)"/)?.1
    else { return nil }
    return (source, String(id))
  }

  /// A generic kernel that is not specialised takes a hundred times as long, and nothing else tells.
  @Test func everyKernelIsSpecialised() throws {
    let form =
      /@specialized\(where Scalar == Double\)\s+@specialized\(where Scalar == SIMD8<Double>\)\s+mutating func step\(_ (\w+): inout MutableSpan<Scalar>, oracle: Oracle<Scalar>\) \{\s+kernel\(&\w+, oracle\)\s+\}/
    let kernel = /@inline\(never\)\s+private mutating func kernel\(/
    let generic = Self.rules.filter { $0.source.code.contains("<Scalar: Lane>:") }
    #expect(generic.count > 30)
    for (source, id) in generic {
      #expect(
        source.text.contains(form) && source.text.contains(kernel),
        "\(source.path): \(id) needs the two @specialized lines on a step that only calls its @inline(never) kernel; see Adding an optimizer"
      )
    }
  }

  /// What is known of a rule stands in its file: no other file decides by its id.
  @Test func noFileKnowsARuleByItsId() {
    // Words that mean something else there.
    let others = [
      "RecipeLine.swift": ["decay"],  // the label of a line
      "ExpressionFunction.swift": ["clip"],  // what other languages call max(a, min(b, x))
      "RuleKnob.swift": ["momentum", "decay"],  // the label and the key of a knob; the word for a scale
      "RuleSyntax.swift": ["decay"],  // the word for a scale
    ]
    let ids = Set(Self.rules.map(\.id))
    #expect(ids.count > 40)
    let homes = Set(Self.rules.map(\.source.path))
    for source in Self.sources where !homes.contains(source.path) {
      let file = String(source.path.split(separator: "/").last ?? "")
      let literals = Set(source.text.matches(of: /"([a-z-]+)"/).map { String($0.1) })
      let found = literals.intersection(ids).subtracting(others[file] ?? [])
      #expect(
        found.isEmpty, "\(source.path) names \(found.sorted()): let the rule declare what is decided there")
    }
  }
}
