import Experiments
import Landscapes
import Testing

@testable import Scenes

/// `scale`, the factor that any loss can get, in scenes.
@Suite struct LossFactorTests {
  private func document(_ landscape: String, _ expectations: [String] = ["sgd.loss(0) > 0"]) -> String {
    """
    title: A factor
    landscape: \(landscape)
    optimizers: ["sgd:lr=0.01"]
    steps: 5
    expect:
    \(expectations.map { "  - \($0)" }.joined(separator: "\n"))
    """
  }

  static let landscapes: [(plain: String, scaled: String)] = [
    ("ravine", "{name: ravine, scale: 3}"),
    ("linear-fit", "{name: linear-fit, scale: 3}"),
    (
      "\"network(data=moons,rows=24,hidden=3)\"", "{name: \"network(data=moons,rows=24,hidden=3)\", scale: 3}"
    ),
    ("matrix-2x2", "{name: matrix-2x2, scale: 3}"),
  ]

  /// It is a key of every landscape of the catalog, and what is written of the scene reads back as the same.
  @Test(arguments: landscapes) func everyLandscapeTakesIt(_ plain: String, _ scaled: String) throws {
    let (one, three) = (try scene(document(plain)), try scene(document(scaled)))
    let (f, g) = (one.experiment.landscape, three.experiment.landscape)
    #expect(abs(g.value(at: f.start) / f.value(at: f.start) - 3) < 1e-12)
    let again = try scene(three.document)
    #expect(again.experiment.landscape == g && again.document == three.document)
    #expect(again.experiment.landscape.constant("scale")?.value == 3)
  }

  /// Expectations set it and read it, on a landscape that has none yet, and on one that has.
  @Test func expectationsSetIt() throws {
    for landscape in ["ravine", "{name: ravine, scale: 1}", "linear-fit"] {
      let findings = try scene(
        document(
          landscape,
          [
            "landscape.scale == 1",
            "abs(with(landscape.scale=5, sgd.loss(0)) - 5*sgd.loss(0)) < 1e-9*sgd.loss(0)",
            "with(landscape.scale=5, landscape.scale) == 5",
            "abs(with(landscape.scale=5, sgd.lr=0.002, sgd.x(5)) - sgd.x(5)) < 1e-12",
          ])
      ).check()
      for finding in findings { #expect(finding.holds, "\(landscape): \(finding.description)") }
    }
  }

  /// Beats and changes turn it, and its range is kept.
  @Test func beatsTurnIt() throws {
    let text =
      document("ravine") + """

        changes: ["3:landscape.scale=2"]
        beats:
          - {set: {landscape.scale: 10}, restart: true, until: 2}
        """
    let lecture = try scene(text)
    #expect(lecture.stage(0).experiment.landscape(at: 1).constant("scale")?.value == 10)
    #expect(try scene(lecture.document) == lecture)
    #expect(
      faults(document("{name: ravine, scale: -1}")).first?.contains("scale must be between 1e-6 and 1000000")
        == true)
    #expect(faults(document("{name: ravine, scal: 2}")).first?.contains("scal") == true)
  }
}
