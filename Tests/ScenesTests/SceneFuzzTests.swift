import Experiments
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Scenes

/// The bundled scenes, changed at random: what is read is written and read as the same, and what is not is refused in lines that
/// can be shown, at a place of the document; see `FuzzCases` for more cases than these.
struct SceneFuzzTests {
  private static let words =
    SceneFormat.reference.sections.flatMap { $0.rows.map { "\($0.term): " } }
    + LandscapeCatalog.all.map(\.id) + OptimizerRegistry.all.map(\.about.id)
    + [
      "\n", "\n  ", "\n- ", ": ", "- ", "{", "}", "[", "]", ",", "&a ", "*a", "<<: *a", "!!binary ", "!!str ",
      "? ", "| \n",
      ">-\n", "%YAML 1.1\n", "---\n", "...\n", "#", "null", "~", "yes", "True", "0o17", "1:30", "2001-01-01",
      "1e9", "-5",
    ]

  /// Whole lines go, come twice, change places and are indented otherwise.
  private static func shuffled(_ text: String, _ random: inout TextMutator) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<random.below(3) {
      let line = random.below(lines.count)
      switch random.below(4) {
      case 0 where lines.count > 1: lines.remove(at: line)
      case 1: lines.insert(lines[line], at: random.below(lines.count))
      case 2: lines.swapAt(line, random.below(lines.count))
      default: lines[line] = random.pick(["  ", " ", "\t", "- "]) + lines[line]
      }
    }
    return lines.joined(separator: "\n")
  }

  static func document(_ random: inout TextMutator) -> String {
    let text = shuffled(random.pick(SceneLibrary.bundled).text, &random)
    return random.below(4) == 0 ? text : random.mutated(text, words: words)
  }

  @Test func changedScenes() {
    for seed in FuzzCases.seeds(150) {
      var random = TextMutator(seed: seed)
      let text = Self.document(&random)
      FuzzCases.begin("scene \(seed)")
      let begin = ContinuousClock.now
      do {
        let scene = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
        let again = try SceneLibrary.scene(of: scene.document, file: "s.yaml", name: "s")
        #expect(again == scene, "\(seed)\n\(text)")
        // A second as the format promises, with room for a machine that is busy.
        #expect(ContinuousClock.now - begin < .seconds(10), "\(seed)\n\(text)")
        // Which runs it: not a second, but some time.
        let running = ContinuousClock.now
        _ = scene.frame()
        #expect(ContinuousClock.now - running < .seconds(120), "\(seed)\n\(text)")
      } catch {
        guard case .malformed(let errors) = error else {
          Issue.record("\(seed): \(error)\n\(text)")
          continue
        }
        #expect(!errors.errors.isEmpty, "\(seed)\n\(text)")
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.count
        for fault in errors.errors {
          #expect(fault.line.map { (1...lines + 1).contains($0) } ?? true, "\(seed): \(fault)\n\(text)")
          #expect(fault.column.map { $0 >= 1 } ?? true, "\(seed): \(fault)\n\(text)")
          #expect(fault.message.count < 800, "\(seed): \(fault)\n\(text)")
        }
        #expect(ContinuousClock.now - begin < .seconds(10), "\(seed)\n\(text)")
      }
    }
  }
}
