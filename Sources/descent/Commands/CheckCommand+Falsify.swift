import Canvas
import Experiments
import Scenes

/// What standard changes make of the expectations of scenes.
extension CheckCommand {
  /// Reports on scenes, one after the other.
  static func falsify(_ names: [String], in library: SceneLibrary) throws {
    for (place, name) in names.enumerated() {
      let scene = try Scene.find(name)
      if place > 0 { Output.standard.write("\n") }
      Output.standard.show(report(on: scene))
      Output.standard.flush()
    }
  }

  /// One change with what came of each expectation.
  private struct Trial {
    let change: SceneChange
    let holds: [Bool]
  }

  private static func report(on scene: Scene) -> String {
    let changes = scene.standardChanges
    let trials = Workers.map(changes.count) { place in
      Trial(change: changes[place], holds: scene.check(under: changes[place]).map(\.holds))
    }
    let asItIs = scene.check().map(\.holds)
    let falsified = trials.filter { $0.change.kind == .falsifies }
    let varied = trials.filter { $0.change.kind == .varies }
    var text =
      "\(scene.name): \(counted(scene.expectations.count, "expectation")), "
      + "\(counted(falsified.count, "falsification")), \(counted(varied.count, "variation"))\n"
    var idle = 0
    for (place, expectation) in scene.expectations.enumerated() {
      let survived = falsified.filter { $0.holds[place] }
      let failed = varied.filter { !$0.holds[place] }
      let provesNothing = !falsified.isEmpty && survived.count == falsified.count
      if provesNothing { idle += 1 }
      text += "\n\(expectation.line)  \(expectation.text)\n"
      if !asItIs[place] { text += "    does not hold of the scene as it is\n" }
      text +=
        "    noticed \(falsified.count - survived.count) of \(counted(falsified.count, "falsification"))\n"
      if !failed.isEmpty {
        text += "    fails under: \(failed.map(\.change.name).joined(separator: "; "))\n"
      }
    }
    let unnoticed = falsified.filter { $0.holds.allSatisfy(\.self) }
    text += "\n"
    if !unnoticed.isEmpty {
      text += "no expectation notices: \(unnoticed.map(\.change.name).joined(separator: "; "))\n"
    }
    let rest = "of \(counted(scene.expectations.count, "expectation")) notice no falsification"
    return text
      + (idle == 0
        ? "every expectation notices one\n" : "\(idle) \(rest): that proves nothing of the entries\n")
  }

  static func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
