import Experiments
import Testing
import TestSupport

@testable import Scenes

/// The bundled course: every claim holds.
struct CourseTests {
  private static let names = SceneLibrary().names

  /// `descent check` in a test.
  @Test(arguments: CourseTests.names) func everyExpectationHolds(_ name: String) throws {
    for finding in try SceneLibrary().scene(name).check() {
      #expect(finding.holds, "\(finding.description)")
    }
  }

  /// What a scene of the course has.
  @Test func everySceneIsComplete() throws {
    #expect(Self.names.count >= 20)
    var places: [Double: String] = [:]
    for name in Self.names {
      let scene = try SceneLibrary().scene(name)
      #expect(!scene.source.isEmpty && !scene.caption.isEmpty, "\(name)")
      #expect(scene.expectations.count >= 2, "\(name)")
      #expect(scene.beats.contains { $0.question?.answer != nil }, "\(name) asks the class")
      #expect(scene.title.count <= 72 && scene.caption.count <= 130, "\(name) fits on a line")
      #expect((2...4).contains(scene.beats.count), "\(name) has \(scene.beats.count) beats")
      for beat in scene.beats { #expect((beat.say ?? "").count <= 160, "\(name): \(beat.say ?? "")") }
      let order = try #require(scene.order, "\(name)")
      #expect(places[order] == nil, "\(name) and \(places[order] ?? "") have one place")
      places[order] = name
    }
    // The right answer is not always the same key.
    let answers = try Self.names.flatMap { try SceneLibrary().scene($0).beats }.compactMap(\.question?.answer)
    #expect(Set(answers).count >= 3)
  }

  /// Sources have one form, Who, "Lecture", lecture 3, and more if need be.
  @Test(arguments: CourseTests.names) func sourcesHaveOneForm(_ name: String) throws {
    for source in try SceneLibrary().scene(name).source.split(separator: "; ") {
      #expect(
        source.wholeMatch(of: /[A-Z][\w ]+, "[^"]+", (lecture|chapter) \d+(, [^"]+)?/) != nil, "\(source)")
    }
  }

  /// Nobody waits for long, and the answer to every question is shown: something plays after it.
  @Test(arguments: CourseTests.names) func everyQuestionIsFollowedByARunInTime(_ name: String) throws {
    let scene = try SceneLibrary().scene(name)
    var shown = 0
    for (index, beat) in scene.beats.enumerated() {
      if beat.restarts { shown = 0 }
      if beat.question != nil {
        #expect(scene.beats[index...].contains { $0.until != nil }, "\(name): beat \(index + 1)")
      }
      guard let until = beat.until else { continue }
      #expect(Double(until - shown) / scene.speed <= 20, "\(name): beat \(index + 1)")
      shown = until
    }
  }

  /// The course is in its own order, failures first, and a folder's scenes take their places in it.
  @Test func theCourseIsInOrder() throws {
    let course = try SceneLibrary().course()
    #expect(course.count == Self.names.count && course.first?.name == "step-too-large")
    #expect(zip(course, course.dropFirst()).allSatisfy { ($0.order ?? 0) < ($1.order ?? 0) })
    let folder = try Folder()
    try folder.write("landscape: bowl\noptimizers: [sgd]\norder: 1.2\n", to: "mine.yaml")
    try folder.write("landscape: bowl\noptimizers: [sgd]\n", to: "apart.yaml")
    let own = try SceneLibrary(folders: [folder.path]).course()
    #expect(own.map(\.name).prefix(3) == ["step-too-large", "mine", "edge"] && own.count == course.count + 1)
    try folder.write("landscape: bowll\n", to: "broken.yaml")
    #expect(throws: SceneLibrary.Failure.self) { try SceneLibrary(folders: [folder.path]).course() }
  }

  /// Bytes of the bundled documents, damaged: refused or read, never a crash.
  @Test func damagedBytesNeverCrash() throws {
    var random = SplitMix64(state: 23)
    var refused = 0
    for document in BundledScenes.documents {
      for _ in 0..<15 {
        var bytes = Array(document.text.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          default: bytes.removeSubrange(place..<min(place + 5, bytes.count))
          }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(SceneLibrary.Failure) {
          _ = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
        } catch {
          refused += 1
          guard case .malformed(let errors) = error else {
            Issue.record("\(error)")
            continue
          }
          #expect(!errors.errors.isEmpty && errors.errors.allSatisfy { !$0.message.isEmpty })
        }
      }
    }
    #expect(refused > 100)
  }

  @Test func namesOfCourses() {
    for name in ["aa", "first-hour", "x1-2-y", "9"] { #expect(Course.isOwnName(name), "\(name)") }
    for name in ["", "-a", "a-", "a--b", "First", "a b", "ä", "all", "A", "b", "a_b"] {
      #expect(!Course.isOwnName(name), "\(name)")
    }
  }
}
