import ArgumentParser
import Canvas
import Experiments
import Scenes

/// `descent check`: whether scenes are right, and what they promise comes true.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.check.rawValue, abstract: "Validate scenes and prove their expectations.",
    discussion: """
      Without a name, all scenes there are. One line a scene and a summary go to standard output; what is wrong goes to
      standard error, with file, line and column. The status is 65 if a scene is malformed, 1 if an expectation fails.

      With --falsify each scene is changed in standard ways: every entry frozen, every two exchanged, rates off by a
      fifth, the start mirrored, other seeds; and what each expectation makes of that is told.
      """)

  @Argument(
    help: ArgumentHelp("Names of scenes, or YAML files; all scenes, if left out.", valueName: "scene"))
  var scenes: [String] = []

  @Flag(help: "Change the scenes in standard ways, and tell which expectations notice.")
  var falsify = false

  /// What came of one scene.
  private enum Result: Sendable {
    /// With what is strange about its typed rules.
    case checked([ExpectationFinding], warnings: [String])
    case notThere(String)
    case malformed(String)
  }

  mutating func run() throws {
    let library = SceneLibrary.standard
    let names = scenes.isEmpty ? library.names : scenes
    if falsify { return try CheckCommand.falsify(names, in: library) }
    let progress = CheckProgress(of: names.count)
    let done = Workers.map(names.count, finished: progress.show) { [names] place in
      CheckProgress.measure { CheckCommand.result(of: names[place], in: library) }
    }
    progress.end(zip(names, done).map { ($0, $1.seconds) })
    let results = done.map(\.result)
    for (name, result) in zip(names, results) {
      guard case .checked(_, let warnings) = result else { continue }
      for warning in warnings { Output.remark("\(Text.sanitised(name)): \(warning)") }
    }
    Output.standard.show(CheckCommand.report(names, results))
    Output.standard.flush()
    let complaints = results.flatMap(CheckCommand.complaints)
    // What is malformed weighs most, then what is not there.
    let found = results.compactMap(CheckCommand.status)
    guard let status = [Failure.Status.data, .noInput, .check].first(where: found.contains) else { return }
    throw Failure(status, complaints.joined(separator: "\n"))
  }

  private static func result(of name: String, in library: SceneLibrary) -> Result {
    do throws(SceneLibrary.Failure) {
      let scene = try library.scene(name)
      return .checked(scene.check(), warnings: scene.experiment.rules.flatMap(\.remarks))
    } catch {
      if case .malformed(let errors) = error { return .malformed(errors.description) }
      return .notThere(Failure(error).message)
    }
  }

  /// A line each, and what they come to.
  private static func report(_ names: [String], _ results: [Result]) -> String {
    let shown = names.map(Text.sanitised)
    let width = min(40, shown.map(\.count).max() ?? 0)
    var text = ""
    var (expected, failed, wrong) = (0, 0, 0)
    for (name, result) in zip(shown, results) {
      let word: String
      let words: String
      switch result {
      case .checked(let findings, _):
        let broken = findings.count { !$0.holds }
        expected += findings.count
        failed += broken
        word = broken == 0 ? "ok" : "FAIL"
        words =
          findings.isEmpty
          ? "nothing expected"
          : broken == 0
            ? counted(findings.count, "expectation") : "\(broken) of \(findings.count) do not hold"
      case .notThere:
        wrong += 1
        (word, words) = ("FAIL", "not there")
      case .malformed(let errors):
        wrong += 1
        (word, words) = ("FAIL", counted(errors.split(separator: "\n").count, "error"))
      }
      let name = name + String(repeating: " ", count: max(0, width - name.count))
      text += "\(word)\(word.count < 4 ? "  " : "")  \(name)  \(words)\n"
    }
    text += "\(counted(names.count, "scene")), \(counted(expected, "expectation")): "
    if failed == 0, wrong == 0 { return text + "all hold\n" }
    var parts: [String] = []
    if failed > 0 { parts.append("\(failed) \(failed == 1 ? "does" : "do") not hold") }
    if wrong > 0 { parts.append("\(counted(wrong, "scene")) cannot be read") }
    return text + parts.joined(separator: ", ") + "\n"
  }

  private static func complaints(_ result: Result) -> [String] {
    switch result {
    case .checked(let findings, _): findings.filter { !$0.holds }.map(\.description)
    case .notThere(let message), .malformed(let message): [message]
    }
  }

  private static func status(_ result: Result) -> Failure.Status? {
    switch result {
    case .checked(let findings, _): findings.allSatisfy(\.holds) ? nil : .check
    case .notThere: .noInput
    case .malformed: .data
    }
  }
}
