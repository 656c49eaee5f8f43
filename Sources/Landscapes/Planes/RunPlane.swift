public import OptimizerCore

/// A plane made of where runs go: `path(adam:lr=0.03; 400)` of the principal directions of a path, `ends(sgd; adam; 400)`
/// through the start and the ends of two runs.
///
/// The text says all that the runs depend on besides the problem and the seed, so that the plane is the same wherever the
/// text is read. They begin at the landscape's own start.
public struct RunPlane: Sendable, Hashable {
  /// What the plane is made of.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The two directions along which the points of a path vary most.
    case path
    /// Between the ends of two runs, and from the start towards them.
    case ends
  }

  /// The most steps of a run.
  public static let mostSteps = 10_000

  /// What the plane is made of.
  public let kind: Kind
  /// The optimizers: one of a path, two of ends.
  public let specs: [OptimizerSpec]
  /// How many steps each takes.
  public let steps: Int
  /// The noise on every gradient.
  public let noise: Noise

  /// A plane of runs: one optimizer for a path, two for ends; 1 to `mostSteps` steps, of a path at least two.
  public init(_ kind: Kind, _ specs: [OptimizerSpec], steps: Int, noise: Noise = .none) {
    precondition(specs.count == (kind == .path ? 1 : 2), "a path is of one run, ends are those of two")
    precondition((1...Self.mostSteps).contains(steps), "a run of a plane has 1 to \(Self.mostSteps) steps")
    (self.kind, self.specs, self.steps, self.noise) = (kind, specs, steps, noise)
  }

  /// The text that reads back as the same plane.
  public var text: String {
    let parts = specs.map(\.description) + ["\(steps)"] + (noise.isNone ? [] : [noise.description])
    return "\(kind.rawValue)(\(parts.joined(separator: "; ")))"
  }

  /// Reads a plane; nil where the text is not of this form.
  ///
  /// - Throws: one sentence that names the part, and what would be right.
  init?(_ text: String) throws(LandscapeError) {
    let text = text.withoutBlanks
    guard let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue + "(") }) else { return nil }
    let form =
      kind == .path
      ? "path(OPTIMIZER; STEPS), such as path(adam:lr=0.03; 400)"
      : "ends(OPTIMIZER; OPTIMIZER; STEPS), such as ends(sgd; adam; 400)"
    let wanted = kind == .path ? 1 : 2
    let inside = text.dropFirst(kind.rawValue.count + 1).dropLast()
    let parts = CallSplitter.parts(of: String(inside), at: ";").map(\.withoutBlanks)
    guard text.hasSuffix(")"), (wanted + 1...wanted + 2).contains(parts.count) else {
      throw LandscapeError(
        "a plane of runs is written \(form), with the noise behind if there is some, got '\(Excerpt.of(text))'"
      )
    }
    do {
      specs = try parts.prefix(wanted).map { text throws(SpecError) in try OptimizerSpec(text) }
      noise = try parts.count > wanted + 1 ? Noise(parts[wanted + 1]) : .none
    } catch { throw LandscapeError("in the plane '\(Excerpt.of(text))': \(error)") }
    let least = kind == .path ? 2 : 1
    guard let steps = Int(written: parts[wanted]), (least...Self.mostSteps).contains(steps) else {
      throw LandscapeError(
        "a plane of runs takes \(least) to \(Self.mostSteps) steps, got '\(Excerpt.of(parts[wanted]))'; it is written "
          + form)
    }
    (self.kind, self.steps) = (kind, steps)
  }
}

extension RunPlane {
  /// The plane on a problem.
  func shown(
    on problem: any Problem, from start: [Double], seed: UInt64
  ) throws(LandscapeError) -> Landscape.Shown {
    let data = problem as? any DataProblem
    do {
      try noise.check(
        dimension: problem.dimension, samples: data?.training.count ?? 1,
        hasImportance: data?.importance != nil,
        freshObstacle: data?.fresh.obstacle)
    } catch { throw LandscapeError("in the plane '\(Excerpt.of(text))': \(error)") }
    var paths: [[[Double]]] = []
    for spec in specs {
      if let obstacle = problem.obstacle(to: spec) { throw LandscapeError(obstacle) }
      paths.append(try path(of: spec, on: problem, from: start, seed: seed))
    }
    let plane: Plane?
    let axes: (x: String, y: String)
    switch kind {
    case .path:
      plane = PrincipalDirections(of: paths[0]).flatMap {
        Plane(origin: start, u: $0.first, v: $0.second)
      }
      axes = ("path 1st", "path 2nd")
    case .ends:
      let (a, b) = (paths[0][paths[0].count - 1], paths[1][paths[1].count - 1])
      plane = Plane(origin: start, u: zip(b, a).map { $0 - $1 }, v: zip(a, start).map { $0 - $1 })
      axes = ("end to end", "from the start")
    }
    guard let plane else {
      throw LandscapeError(
        kind == .path
          ? "the path of \(specs[0]) is straight, so it spans no plane"
          : "the start and the ends of \(specs[0]) and \(specs[1]) lie on a line, so they span no plane")
    }
    let marks = kind == .path ? paths[0] : paths.map { $0[$0.count - 1] }
    return Landscape.Shown(
      plane: plane, name: text, start: start, axes: axes, marks: marks.map { plane.project($0) })
  }

  /// The most points of a path that are looked at, and the most numbers that these are.
  private static let (mostPoints, mostNumbers) = (64, 1 << 25)

  /// Points of a run, evenly along its steps, the start and the end among them.
  private func path(
    of spec: OptimizerSpec, on problem: any Problem, from start: [Double], seed: UInt64
  ) throws(LandscapeError) -> [[Double]] {
    let pieces = min(steps, max(2, min(Self.mostPoints, Self.mostNumbers / start.count)) - 1)
    let objective = problem.makeOracle()
    objective.seed([seed])
    var optimizer = spec.makeScalar()
    optimizer.prepare(for: objective.layout)
    var (point, points) = (start, [start])
    let failure: Int? = withExtendedLifetime(objective) {
      var oracle: Oracle<Double> = objective
      if !noise.isNone {
        let noisy = objective.derived(NoisyOracle<Double>.self)
        noisy.configure(noise, seeds: [seed])
        oracle = noisy
      }
      for step in 1...steps {
        oracle.beginStep(step)
        var span = point.mutableSpan
        optimizer.step(&span, oracle: oracle)
        guard point.allSatisfy(\.isFinite) else { return step }
        // Whole numbers, so that the last piece ends at the last step.
        if step == steps * points.count / pieces { points.append(point) }
      }
      return nil
    }
    if let failure {
      throw LandscapeError(
        "\(spec) comes to values that are not finite at step \(failure), so a plane of its run has fewer steps, got "
          + "'\(steps)'")
    }
    return points
  }
}
