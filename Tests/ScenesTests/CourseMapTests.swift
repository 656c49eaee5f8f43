import Experiments
import OptimizerCore
import Testing
import TestSupport

@testable import Scenes

/// Which scenes show which claims of the lectures, and the courses made of them.
struct CourseMapTests {
  private static let course = Result { Course(try SceneLibrary().course()) }

  @Test func claimsAreNumberedFromOne() {
    #expect(CourseClaim.all.map(\.number) == Array(1...65))
    for claim in CourseClaim.all {
      #expect(!claim.decks.isEmpty && claim.text.hasSuffix("."), "\(claim.number)")
    }
  }

  /// A course of a lecture are the scenes that show one of its claims, in the order of the whole.
  @Test func aLectureHasItsScenes() throws {
    let course = try Self.course.get()
    let places = Dictionary(uniqueKeysWithValues: course.scenes.enumerated().map { ($1.name, $0) })
    for deck in CourseDeck.allCases {
      let scenes = try #require(course.scenes(of: deck.rawValue))
      #expect(scenes.count >= 5, "\(deck.rawValue)")
      for scene in scenes { #expect(scene.shownClaims.contains { $0.decks.contains(deck) }, "\(scene.name)") }
      #expect(zip(scenes, scenes.dropFirst()).allSatisfy { (places[$0.name] ?? 0) < (places[$1.name] ?? 0) })
      #expect(course.scenes(of: deck.rawValue.lowercased())?.count == scenes.count)
    }
    #expect(course.scenes(of: "all")?.count == course.scenes.count && course.scenes(of: "F") == nil)
  }

  /// An hour is an hour: twelve scenes that can be taught in it.
  @Test func theFirstHourFits() throws {
    let scenes = try #require(try Self.course.get().scenes(of: "first-hour"))
    #expect(scenes.count == 12)
    #expect((10...60).contains(scenes.reduce(0) { $0 + $1.teachingTime } / 60))
  }

  @Test func everySceneShowsSomething() throws {
    for scene in try Self.course.get().scenes {
      #expect(!scene.claims.isEmpty && scene.shownClaims.count == scene.claims.count, "\(scene.name)")
    }
  }

  /// Every claim has a scene, and every optimizer, view, overlay and curve is used by one.
  @Test func nothingIsLeftUnused() throws {
    let scenes = try Self.course.get().scenes
    let stages = scenes.flatMap { scene in [scene.opening] + scene.beats.indices.map { scene.stage($0) } }
    let claims = Set(scenes.flatMap(\.claims))
    #expect(CourseClaim.all.map(\.number).filter { !claims.contains($0) } == [])
    var rules: Set<String> = []
    for entry in scenes.flatMap(\.experiment.entries) {
      var spec: OptimizerSpec? = entry.spec
      while let rule = spec {
        rules.insert(rule.id)
        spec = rule.base
      }
    }
    let unused = OptimizerRegistry.all.map(\.about.id).filter { !rules.contains($0) }
    #expect(unused == [])
    let views = Set(stages.map(\.view))
    #expect(ViewName.allCases.filter { !views.contains($0) } == [])
    let overlays = stages.reduce(into: Overlay.usual) { $0.formUnion($1.overlays ?? []) }
    #expect(Overlay.allCases.filter { !overlays.contains($0) } == [])
    let curves = Set(stages.map { $0.curve?.quantity ?? .loss })
    #expect(CurveQuantity.allCases.filter { !curves.contains($0) } == [])
  }

  @Test func claimsAndCoursesAreChecked() {
    let head = "landscape: bowl\noptimizers: [sgd]\n"
    #expect(
      faults(head + "claims: [1, 66, 1]\n") == [
        "s.yaml:3:13: claims must be a list of numbers from 1 to 65, got '66'; `descent describe course` lists them",
        "s.yaml:3:17: the claim 1 is named twice",
      ])
    #expect(
      faults(head + "courses: [all, first-hour, A, My Course]\n").map { $0.prefix(11) }
        == ["s.yaml:3:11", "s.yaml:3:28", "s.yaml:3:31"].map { $0.prefix(11) })
  }

  /// Playing at its speed, a quarter of a minute a beat, a minute a question.
  @Test func teachingTakesTime() throws {
    let scene = try scene(
      "landscape: bowl\noptimizers: [sgd]\nsteps: 100\nspeed: 10\nbeats:\n  - {say: x, until: 50}\n  - {ask: why?, until: 100}\n"
    )
    #expect(scene.teachingTime == 5 + 15 + 5 + 60)
  }
}
