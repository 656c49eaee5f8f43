import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The view of every entry under ten seeds.
struct SeedsViewTests {
  private static let scene = """
    title: t
    landscape: network(data=peaks, rows=60, test=0.5, hidden=4)
    seed: 7
    optimizers: ["sgd:lr=0.3", "adam:lr=0.05", "momentum:lr=0.1"]
    steps: 12
    noise: minibatch(size=5)
    view: seeds
    curve: test-accuracy
    beats: [{until: 12}]
    expect:
      - share(seeds=10, adam.test_accuracy > sgd.test_accuracy) >= 0
      - mean(seeds=10, adam.test_accuracy) >= 0
    """

  private func explorer(_ text: String = Self.scene, width: Int = 120, height: Int = 30) throws -> Explorer {
    let scene = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
    var explorer = Explorer(
      scene: scene, appearance: Appearance(glyphs: .octant, depth: .direct), width: width,
      height: height)
    explorer.seek(to: scene.experiment.budget.steps ?? 0)
    explorer.finishWork()
    return explorer
  }

  /// The runs are those that expectations over ten seeds take: the scene's seed and the nine after it.
  @Test func theSeedsAreThoseOfExpectations() throws {
    let explorer = try self.explorer()
    var runs = SeedRuns()
    let (race, distances) = (explorer.race, Distances(explorer.race.experiment))
    runs.follow(race.experiment)
    while runs.advance(to: race.step) {}
    for (entry, name) in ["sgd", "adam", "momentum"].enumerated() {
      let values = runs.values(of: entry, .testAccuracy, at: race.step, in: race, distances)
      #expect(values.count == SeedRuns.count && Set(values).count > 2)
      for (place, value) in values.enumerated() {
        let text = Self.scene.replacing("seed: 7", with: "seed: \(7 + place)")
          .replacing(
            "mean(seeds=10, adam.test_accuracy) >= 0", with: "\(name).test_accuracy == \(value.shortest)")
        let scene = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
        let holds = scene.check().allSatisfy { $0.holds }
        #expect(holds, "\(name), seed \(7 + place), \(value)")
      }
    }
  }

  /// Every mark stands where its number is, and the words are the mean and the deviation of the marks.
  @Test func theStripsShowTheNumbers() throws {
    let values = [0.5, 0.7, 0.7, 0.9, .nan]
    let strips = SeedStrips(
      strips: [
        SeedStrips.Strip(label: "a", digit: 1, colour: 0, isSelected: true, values: values, ahead: nil),
        SeedStrips.Strip(
          label: "b", digit: 2, colour: 1, isSelected: false, values: [0.6, 0.6, 0.6, 0.6, 0.6], ahead: (2, 4)
        ),
      ], scale: .linear, isShare: true)
    var canvas = Canvas(width: 80, height: 8, style: .plain)
    let look = Look(Appearance(glyphs: .octant, depth: .direct))
    let parts = strips.paint(
      on: &canvas, Rect(x: 0, y: 0, width: 80, height: 8),
      head: (["mean ± sd", "mean"], "ahead of 1"), look)
    let rows = canvas.rows
    #expect(parts.count == 2)
    #expect(
      rows[1].contains("70.0 ± 16.3 %") && rows[3].contains("60.0 ± 0.0 %") && rows[3].contains("2 of 4"))
    // 0.5 and 0.9 alone, two at 0.7 in the middle between them; five at 0.6.
    let row = Array(rows[1])
    let marks = row.indices.filter { row[$0] == "●" }
    #expect(marks.count == 2)
    #expect(row[(marks[0] + marks[1]) / 2] == "2" || row[(marks[0] + marks[1] + 1) / 2] == "2")
    #expect(rows[3].contains("5"))
  }

  /// Numbers of all sizes have their median and quartiles by nearest rank.
  @Test func summariesAreThoseOfTheirKind() throws {
    let summary = try #require(SeedSummary([1, 100, 10, 1000, .infinity], isShare: false))
    // What has no number is behind all others.
    #expect(summary.middle == 100 && summary.range == 10...1000 && summary.count == 4 && summary.lost == 1)
    let share = try #require(SeedSummary([0.25, 0.75], isShare: true))
    #expect(share.middle == 0.5 && abs(share.range.upperBound - 0.5 - 0.125.squareRoot()) < 1e-15)
    #expect(SeedSummary([1, .nan], isShare: true) == nil)
  }

  /// Runs that ended are counted, rank last, and are no marks; all in one cell are ten; what lies beyond says so.
  @Test func endedRunsAreCounted() throws {
    func rows(_ values: [Double], _ others: [Double]) -> [String] {
      let strips = SeedStrips(
        strips: [values, others].enumerated().map { index, values in
          SeedStrips.Strip(
            label: "a", digit: index + 1, colour: index, isSelected: index == 0, values: values, ahead: nil)
        }, scale: .logarithmic, isShare: false)
      var canvas = Canvas(width: 80, height: 8, style: .plain)
      _ = strips.paint(
        on: &canvas, Rect(x: 0, y: 0, width: 80, height: 8), head: (["median (quartiles)", "median"], ""),
        Look(Appearance(glyphs: .octant, depth: .direct)))
      return canvas.rows
    }
    let six = [Double](repeating: .nan, count: 6)
    let ended = rows([0.1, 0.2, 0.4, 0.8] + six, [Double](repeating: 0.3, count: 10))
    #expect(ended[1].contains("ended (0.4 to ended)") && ended[1].contains("×6"), "\(ended)")
    #expect(ended[3].contains("10") && !ended[3].contains("×"), "\(ended)")
    let all = rows([Double](repeating: .nan, count: 10), [0.1, 1])
    #expect(all[1].contains("none of 10") && all[1].contains("×10"), "\(all)")
    // A run that is on its way to infinity leaves the others where they can be told apart.
    let far = rows([1e200, 1e205], [0.005, 1000])
    #expect(far[1].contains("≥") && !far[3].contains("≥") && far[3].filter { $0 == "●" }.count == 2, "\(far)")
  }

  /// A run that has ended is behind; of two there is none ahead.
  @Test func whoEndedIsBehind() throws {
    var explorer = try self.explorer(
      """
      title: t
      landscape: {formula: "x^4/4 + y^2/2"}
      optimizers: ["sgd:lr=0.45", "sgd:lr=0.01"]
      start: [1, 1]
      noise: gaussian(sigma=1.5)
      steps: 60
      view: seeds
      beats: []
      """)
    let race = explorer.race
    let ended = (0..<10).count { seed in
      var experiment = race.experiment
      experiment.seed = race.experiment.seed + UInt64(seed)
      var run = Race(experiment)
      run.seek(to: 60)
      return run.run(entry: 0).divergedAt != nil
    }
    try #require(ended > 0 && ended < 10)
    #expect(explorer.shows("×\(ended)") && explorer.shows("three diverged"))
    explorer.type("1 2")
    explorer.type("I")
    explorer.type("I")
    #expect(explorer.shows("every entry is off"))
  }

  /// The key opens it, it fills as the race goes on, and it says why there is nothing where nothing is random.
  @Test func itOpensWhereSomethingIsRandom() throws {
    var explorer = try self.explorer(Self.scene.replacing("view: seeds", with: "view: contour"))
    explorer.type("I")
    #expect(explorer.openView == .seeds)
    explorer.seek(to: 4)
    explorer.finishWork()
    #expect(explorer.progress == 1)
    #expect(explorer.shows("Test accuracy at step 4, 10 seeds") && explorer.shows("of 10"))

    var quiet = try self.explorer(
      """
      title: t
      landscape: bowl
      optimizers: ["sgd:lr=0.1"]
      steps: 5
      beats: []
      """)
    quiet.type("I")
    #expect(quiet.openView == .contour)
    #expect(quiet.shows("nothing here is random"))
  }

  /// While runs are on their way all marks stand for the same step, and the title names it.
  @Test func allMarksAreOfOneStep() throws {
    let race = try self.explorer().race
    var runs = SeedRuns()
    runs.follow(race.experiment)
    for _ in 0..<5 { _ = runs.advance(to: race.step) }
    #expect(runs.step(upTo: race.step) == 5 && abs(runs.progress(to: race.step) - 5.0 / 12) < 1e-12)
    let values = runs.values(of: 1, .loss, at: 5, in: race, Distances(race.experiment))
    #expect(values[0] == race.run(entry: 1).history.losses[5])
  }

  /// The loss on a logarithmic axis, with noise on a bowl; the quantity is that of the curves.
  @Test func itFollowsTheCurves() throws {
    var explorer = try self.explorer(
      """
      title: t
      landscape: bowl
      optimizers: ["sgd:lr=0.1", "adam:lr=0.1"]
      noise: gaussian(sigma=1)
      steps: 30
      view: seeds
      beats: []
      """)
    #expect(explorer.shows("Loss at step 30, 10 seeds"))
    explorer.curveQuantity = .distance
    #expect(explorer.shows("Distance to minimum at step 30"))
    explorer.curveQuantity = .learningRate
    #expect(explorer.shows("Loss at step 30"))
  }
}
