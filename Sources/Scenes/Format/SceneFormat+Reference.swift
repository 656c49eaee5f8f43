package import OptimizerCore

extension SceneFormat {
  /// Every key of a scene document.
  package static let reference = ReferencePage(
    name: "scenes", title: "Scenes",
    summary:
      "Every key of a scene document, which is YAML in UTF-8, at most 1 MiB. A key that is not here is an error.",
    sections: [
      section("A scene", "`landscape` and `optimizers` must be there.", scene),
      section(
        "A landscape of the catalog", "The names of its constants are keys, too: `kappa: 100`.", named),
      section("A landscape by formula", "", formula),
      section("A constant of a formula", "Or a number alone.", constant),
      section("A window", "", window), section("An entry of the race", "Or a spec alone.", optimizer),
      section("The axes of a map", "", map),
      section("The curves", "Or what they show alone.", curve),
      section(
        "A beat",
        "Effects happen in the order set, start, noise, seed, restart, view, blind; a question waits for its answer; then the race plays to `until`"
          + " and pauses.", beat),
      ReferencePage.Section("Views", ViewName.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")),
      ReferencePage.Section(
        "Pictures of the data", DataPicture.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")),
      ReferencePage.Section(
        "Curves", CurveQuantity.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")),
      ReferencePage.Section(
        "Overlays", columns: ["name", "what it draws"],
        Overlay.allCases.map { ReferencePage.Row($0.rawValue, $0.meaning) }),
    ])

  private static func section<Draft, Whole>(
    _ title: String, _ text: String, _ keys: [FormatKey<Draft, Whole>]
  ) -> ReferencePage.Section {
    ReferencePage.Section(
      title, text, columns: ["key", "value, by an example", "what it is for"],
      keys.map { ReferencePage.Row($0.name, form: $0.form, $0.meaning) })
  }
}
