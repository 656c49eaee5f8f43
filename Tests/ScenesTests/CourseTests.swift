import Experiments
import Testing
import TestSupport

@testable import Scenes

/// The bundled course: every claim holds, and no claim would hold of something else.
struct CourseTests {
  private static let names = SceneLibrary().names

  private func text(of name: String) throws -> String {
    try #require(BundledScenes.documents.first { $0.name == name }?.text)
  }

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
      for beat in scene.beats { #expect((beat.say ?? "").count <= 160, "\(name): \(beat.say ?? "")") }
      let order = try #require(scene.order, "\(name)")
      #expect(places[order] == nil, "\(name) and \(places[order] ?? "") have one place")
      places[order] = name
    }
    // The right answer is not always the same key.
    let answers = try Self.names.flatMap { try SceneLibrary().scene($0).beats }.compactMap(\.question?.answer)
    #expect(Set(answers).count >= 3)
  }

  /// The course is in its own order, failures first, and a folder's scenes take their places in it.
  @Test func theCourseIsInOrder() throws {
    let course = try SceneLibrary().course()
    #expect(course.count == Self.names.count && course.first?.name == "step-too-large")
    #expect(zip(course, course.dropFirst()).allSatisfy { ($0.order ?? 0) < ($1.order ?? 0) })
    let folder = try Folder()
    try folder.write("landscape: bowl\noptimizers: [sgd]\norder: 1.5\n", to: "mine.yaml")
    try folder.write("landscape: bowl\noptimizers: [sgd]\n", to: "apart.yaml")
    let own = try SceneLibrary(folders: [folder.path]).course()
    #expect(own.map(\.name).prefix(3) == ["step-too-large", "mine", "bowl"] && own.count == course.count + 1)
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

  /// Changes of a scene that make what it claims false: a knob turned, an optimizer exchanged, another landscape.
  private static let mutations: [(scene: String, old: String, new: String)] = [
    (
      "adagrad-stalls", "{use: \"adagrad:lr=0.3\", label",
      "{use: \"rmsprop:lr=0.3,rho=0.9\", name: adagrad, label"
    ),
    ("adam-cap", "beta2=0.9\"", "beta2=0.999\""),
    ("adam-correction", "adam:lr=0.05,bias_correction=off", "adam:lr=0.05"),
    ("adam-fails", "project(amsgrad:", "project(adam:"),
    ("adam-noise", "yy=25", "yy=0.01"),
    ("adam-scale", "{use: \"adam:lr=0.05\", label", "{use: \"momentum:lr=0.0005\", name: adam, label"),
    ("arrive-with-speed", "start: [1.5, 0.8]", "start: [0.05, 0.8]"),
    ("batch", "batch=1", "batch=4"),
    ("bowl", "landscape: bowl", "landscape: elliptical-bowl"),
    ("cancel", "beta=0.7", "beta=0"),
    ("cliff", "norm=1\"", "norm=100\""),
    ("condition", "sgd:lr=0.1\"", "sgd:lr=0.15\""),
    ("contraction", "36*softplus(x) - 18*x", "18*softplus(x) - 9*x"),
    ("decay-in-sgd", "sgdw:lr=0.05,beta=0,weight_decay=0.2", "sgdw:lr=0.05,beta=0,weight_decay=0.1"),
    (
      "small-steps", "flow:dt=0.1\", label: Gradient flow",
      "nesterov-flow:dt=0.1\", name: flow, label: Gradient flow"
    ),
    ("full-matrix", "adagrad-full:lr=1", "adagrad:lr=1"),
    ("lion-rattles", "{use: \"lion:lr=0.08\", label", "{use: \"adam:lr=0.08\", name: lion, label"),
    ("step-back", "alpha=0.5", "alpha=1"),
    ("muon-steps", "orthogonalise=svd", "orthogonalise=newton-schulz"),
    ("nesterov", "{use: \"nesterov-convex:lr=0.001\", name", "{use: \"sgd:lr=0.001\", name"),
    ("newton-one-step", "{use: newton, label", "{use: diagonal-newton, name: newton, label"),
    ("newton-schulz", "ns_steps=5,coefficients=classic", "ns_steps=15,coefficients=classic"),
    ("newton-uphill", "{use: newton, label", "{use: \"newton:saddle_free=on\", name: newton, label"),
    ("plateau", "sgd:lr=1", "{use: \"adam:lr=0.1\", name: sgd}"),
    ("precondition", "p11=10,p22=1", "p11=10,p22=10"),
    ("ravine", "sgd:lr=0.06", "sgd:lr=0.07"),
    ("rmsprop-start", "rho=0.99\"", "rho=0.9\""),
    ("robbins-monro", "schedule=inverse(1)\"", "schedule=inverse(1)*inverse(1)\""),
    ("rotation", "{use: diagonal-newton, label", "{use: newton, name: diagonal-newton, label"),
    ("saddle", "- newton", "- {use: \"newton:saddle_free=on\", name: newton}"),
    ("sam-flat", "rho=0.9", "rho=0.05"),
    ("sam-norms", "p=1\"", "p=2\""),
    ("schedules", "step(every=100,factor=0.1)", "step(every=100,factor=0.9)"),
    ("square-root", "beta=0.6694214876033058", "beta=0"),
    ("step-too-large", "lr=0.018\"", "lr=0.021\""),
    ("three-repairs", "adagrad:lr=0.15\", label", "rmsprop:lr=0.15\", name: adagrad, label"),
    ("weight-decay", "yy=10000", "yy=1"),
    ("zigzag", "lr=0.18\"", "lr=0.09\""),
  ]

  @Test func everySceneHasAMutation() {
    #expect(Set(Self.mutations.map(\.scene)) == Set(Self.names))
  }

  @Test(arguments: CourseTests.mutations.indices) func everyMutationIsCaught(_ index: Int) throws {
    let mutation = Self.mutations[index]
    let text = try text(of: mutation.scene)
    let place = try #require(text.firstRange(of: mutation.old), "\(mutation.scene): \(mutation.old)")
    let scene = try scene(text[..<place.lowerBound] + mutation.new + text[place.upperBound...])
    let broken = scene.check().filter { !$0.holds }
    #expect(!broken.isEmpty, "\(mutation.scene): \(mutation.new)")
    for finding in broken { #expect(!finding.reason.isEmpty) }
  }
}
