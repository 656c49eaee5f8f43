import Experiments

extension Scene {
  /// The document of this scene, with comments for whoever opens it in an editor. It reads back as the identical scene.
  ///
  /// Of a formula whose constants were turned since it was typed, what is chosen for a formula by looking at it (the
  /// spacing of its levels, the window that `z` returns to) is chosen anew; the run is the same to the last bit.
  public var document: String {
    // No step is cheaper than one evaluation; without any budget, as many as a race without one gets.
    let last = experiment.budget.steps ?? experiment.budget.evaluations ?? 400
    let steps = max(last, experiment.changes.map(\.step).max() ?? 0)
    var lines = [
      Scene.comment(
        "A scene of Descent. Open it with `descent FILE`, teach it with `descent present FILE`."),
      Scene.comment("The same run from a shell:"),
      Scene.comment("  " + experiment.replayLine(steps: steps)),
    ]
    for section in SceneFormat.sections {
      let pairs = FormatKey.pairs(of: self, by: section.keys)
      if let comment = section.comment, !pairs.isEmpty { lines += ["", Scene.comment(comment)] }
      lines += pairs.flatMap(\.lines)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A comment is one line, whatever a formula holds.
  private static func comment(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && !YAMLText.mustBeEscaped(scalar)
      line.append(isPlain ? scalar : " ")
    }
    return "# " + String(line)
  }
}
