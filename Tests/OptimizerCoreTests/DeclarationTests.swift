import Foundation
import Testing

@testable import OptimizerCore

/// What a rule must declare beyond what the compiler asks for, and that what it declares is true of its kernel.
///
/// Everything derives from the registry, so that a new rule is asked the same; each message names what is missing.
@Suite struct DeclarationTests {
  static let ids = OptimizerRegistry.all.map(\.about.id)

  /// The names of the rules in specs, with everything inside them.
  private static func names(in specs: [String]) throws -> Set<String> {
    var names: Set<String> = []
    for text in specs {
      var spec: OptimizerSpec? = try OptimizerSpec(text)
      while let link = spec {
        names.insert(link.id)
        spec = link.base
      }
    }
    return names
  }

  /// A rule whose path nobody else has computed is one that may be wrong in every step.
  @Test func everyRuleHasAReference() throws {
    let peers =
      ReferenceTests.surfaceCases.map(Translation.spec)
      + MatrixReferenceTests.cases.map(MatrixReferenceTests.spec)
      // Those that need a model are compared in the tests of runs on data.
      + ["kfac", "gauss-newton", "natural-gradient"]
    let known = try Self.names(in: peers + HighPrecisionTests.cases.map(\.spec))
    for id in Self.ids where !known.contains(id) {
      Issue.record(
        "\(id) has no reference: add a peer's trajectory to Reference and to ReferenceTests, or an independent computation to Reference/high_precision.py"
      )
    }
  }

  /// A line is a formula and not the name of its result, so that the step view has something to show.
  @Test(arguments: ids) func theRecipeIsOne(_ id: String) throws {
    let entry = OptimizerRegistry.entry(id)!
    #expect(
      entry.recurrence.contains("←") || entry.recurrence.contains("="),
      "\(id) has no recipe: none of its lines says how something is computed")
    var one = try ConformanceTests.spec(id).makeScalar()
    let before = run(&one, on: Valley<Double>(dimension: 2), from: [-0.2, 0.3], steps: 3)
    let after = run(&one, on: Valley<Double>(dimension: 2), from: before, steps: 1, first: 4, prepares: false)
    for line in one.lines(after: StepRecord(before: before, after: after, gradient: [1, 2])) {
      #expect(line.text != line.label, "\(id): '\(line.text)' is a name and no formula")
    }
    let knobs = Set(entry.knobs.map(\.symbol))
    #expect(!knobs.contains("w"), "\(id): w is the decay of the recipes' lines")
  }

  /// The folder is the group, so that a rule is found where lists show it.
  @Test func aRuleLiesInTheFolderOfItsGroup() throws {
    let folders: [About.Group: String] = [
      .firstOrder: "FirstOrder", .adaptive: "Adaptive", .preconditioned: "Preconditioned",
      .continuousTime: "ContinuousTime", .wrapper: "Wrappers",
    ]
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/OptimizerCore")
    var place: [String: String] = [:]
    for (_, folder) in folders {
      let folder = root.appendingPathComponent(folder)
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let id = text.firstMatch(of: /About\(\s*id: "([^"]+)"/)?.1 else { continue }
        place[String(id)] = folder.lastPathComponent
      }
    }
    for entry in OptimizerRegistry.all {
      #expect(place[entry.about.id] == folders[entry.about.group], "\(entry.about.id)")
    }
  }

  /// `lr` is the learning rate and nothing else is; what is fitted has one; a memory of squares is asked for where an
  /// average of squares is shown.
  @Test(arguments: ids) func rolesAgree(_ id: String) throws {
    let entry = OptimizerRegistry.entry(id)!
    for knob in entry.knobs {
      #expect((knob.role == .rate) == (knob.key == "lr"), "\(id): \(knob.key)")
      #expect((knob.role == .penalty) == (knob.key == "l2"), "\(id): \(knob.key)")
      #expect((knob.role == .form) == (knob.kind != .real && knob.kind != .integer), "\(id): \(knob.key)")
    }
    #expect(
      entry.about.rate == .none || entry.knobs.contains { $0.role == .rate },
      "\(id) says what its learning rate is measured in, but has none")
    let one = entry.makeScalar()
    if !entry.isWrapper, one.state.contains(where: { $0.role == .averageOfSquares }) {
      #expect(entry.knobs.contains { $0.role == .memoryOfSquares }, "\(id) averages squares, over how long?")
    }
    #expect(one.state.allSatisfy { $0.role != .point }, "\(id): the point is no state of a rule")
  }

  /// Asks nobody whether a rule is random: it draws, or it does not.
  private final class Counting: DerivedOracle<Double> {
    var draws = 0
    override func normals(into numbers: inout MutableSpan<Double>) {
      draws += 1
      super.normals(into: &numbers)
    }
  }

  @Test(arguments: ids) func randomRulesSayThatTheyAre(_ id: String) throws {
    var one = OptimizerRegistry.entry(id)!.makeScalar()
    let valley = Valley<Double>(dimension: 2)
    let counting = Counting(over: valley)
    one.prepare(for: counting.layout)
    counting.beginStep(1)
    var point = [-0.2, 0.3]
    var span = point.mutableSpan
    one.step(&span, oracle: counting)
    withExtendedLifetime(valley) {}
    #expect((counting.draws > 0) == one.about.isRandom, "\(id) draws \(counting.draws) times")
  }

  /// A declared recurrence is what the kernel does: along an eigenvector of a quadratic, once a preconditioner stands still,
  /// two steps foretell the third.
  @Test(arguments: ids) func theRecurrenceIsTheKernels(_ id: String) throws {
    let h = 0.75
    var spec = try OptimizerSpec(OptimizerRegistry.entry(id)!.isWrapper ? "\(id)(momentum:lr=0.02)" : id)
    if spec.knobs.contains(where: { $0.key == "weight_decay" }), OptimizerRegistry.entry(id)!.isWrapper {
      spec.set("weight_decay", to: 0.1)
    }
    if id == "clip" { spec.set("norm", to: 1e6) }
    if id == "langevin" { spec.set("temperature", to: 0) }
    var one = spec.makeScalar()
    guard let recurrence = one.stability.recurrence, !recurrence.isPreconditioned, !recurrence.isLimit else {
      return
    }
    var points: [Double] = []
    _ = run(&one, on: Quadratic<Double>.diagonal([h]), from: [0.5], steps: 4) { _, x, _ in points.append(x[0])
    }
    let (trace, determinant) = recurrence.coefficients(h)
    for t in 2..<points.count {
      let foretold = trace * points[t - 1] - determinant * points[t - 2]
      // asgd's rate wanes by a millionth a step.
      #expect(abs(points[t] - foretold) < 1e-6, "\(id), step \(t): \(points[t]), not \(foretold)")
    }
  }

  @Test func aLimitIsAFunctionOfTheSettings() throws {
    func stability(_ text: String) throws -> Stability { try OptimizerSpec(text).makeScalar().stability }
    #expect(try stability("sgd:lr=0.25").recurrence?.curvatureLimit == 8)
    #expect(try stability("momentum:lr=0.25,beta=0.5").recurrence?.curvatureLimit == 12)
    #expect(try stability("sgd:lr=0.25,schedule=constant()").recurrence?.curvatureLimit == 8)
    #expect(try stability("decay(sgd:lr=0.25):weight_decay=2").recurrence?.curvatureLimit == 6)
    #expect(try stability("clip(project(sgd))").recurrence?.proviso == ", inside the box, unclipped")
    #expect(try stability("average(adam)").recurrence?.isPreconditioned == true)
    let unknown = [
      "momentum:dampening=1", "decay(nesterov)", "decay(nesterov-convex)", "lookahead(sgd)", "sam(sgd)",
      "adan", "novograd:weight_decay=0.1", "shampoo:momentum=0.5", "adafactor:weight_decay=0.1",
    ]
    for text in unknown {
      guard case .unknown(let why) = try stability(text) else {
        Issue.record("\(text) has a limit")
        continue
      }
      #expect(!why.isEmpty && !why.hasSuffix("."), "\(text): \(why)")
    }
    #expect(try stability("decay(nesterov:form=torch)").recurrence != nil)
    #expect(try stability("lion") == .signs && stability("decay(lion)") == .signs)
    #expect(try OptimizerSpec("sgd").makeScalar().stability.reason(for: "SGD") == nil)
    #expect(
      try OptimizerSpec("sam(sgd)").makeScalar().stability.reason(for: "SAM(SGD)")
        == "no closed stability limit is known for SAM(SGD): its base gets the gradient of another point")
  }

  @Test func whatWrappersDoIsKnownThroughThem() throws {
    func changes(_ text: String) throws -> Bool { try OptimizerSpec(text).makeScalar().changesGradient }
    #expect(
      try changes("clip(sgd)") && changes("average(sam(sgd))") && changes("sam(sgd):schedule=constant()"))
    #expect(try !changes("sgd") && !changes("lookahead(decay(adam))"))
    #expect(try OptimizerSpec("clip(sgd:l2=0.5)").makeScalar().penalty == 0.5)
    #expect(try OptimizerSpec("lookahead(clip(adam))").makeScalar().displayName == "Lookahead(Clip(Adam))")
  }
}
