import Foundation
import OptimizerCore
import Testing

@testable import Landscapes

/// Planes made of where runs go.
@Suite struct RunPlaneTests {
  private func landscape(_ plane: String? = nil) throws -> Landscape {
    let found = try #require(LandscapeCatalog.named("matrix-2x2"))
    guard let plane else { return found }
    return try found.showing(plane: plane)
  }

  /// Gradient descent by hand.
  private func path(_ problem: any Problem, from start: [Double], _ rate: Double, _ steps: Int) -> [[Double]]
  {
    var points = [start]
    for _ in 0..<steps {
      let slope = problem.gradient(at: points[points.count - 1])
      points.append(zip(points[points.count - 1], slope).map { $0 - rate * $1 })
    }
    return points
  }

  /// The two leading eigenvectors of the covariance of points, by power iteration and deflation.
  private func principal(_ points: [[Double]]) -> [[Double]] {
    let d = points[0].count
    var mean = [Double](repeating: 0, count: d)
    for point in points { for k in 0..<d { mean[k] += point[k] / Double(points.count) } }
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: d), count: d)
    for point in points {
      for i in 0..<d {
        for j in 0..<d { covariance[i][j] += (point[i] - mean[i]) * (point[j] - mean[j]) }
      }
    }
    return (0..<2).map { _ in
      var v = (0..<d).map { 1 / Double($0 + 1) }
      var size = 0.0
      for _ in 0..<20_000 {
        let image = (0..<d).map { i in (0..<d).reduce(0) { $0 + covariance[i][$1] * v[$1] } }
        size = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
        v = image.map { $0 / size }
      }
      for i in 0..<d { for j in 0..<d { covariance[i][j] -= size * v[i] * v[j] } }
      return v
    }
  }

  @Test func aPathIsShownByItsPrincipalDirections() throws {
    let usual = try landscape()
    let start = try #require(usual.problem.defaultStart)
    let points = path(usual.problem, from: start, 0.02, 30)
    let wanted = principal(points)
    let plane = try #require(try landscape("path(sgd:lr=0.02; 30)").plane)
    for (found, wanted) in zip([plane.u, plane.v], wanted) {
      let cosine = zip(found, wanted).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(abs(cosine) - 1) < 1e-9)
    }
    // It goes through the start, and to the right is where the path goes.
    #expect(plane.origin == start && plane.project(start) == Point(0, 0))
    #expect(plane.project(points[30]).x > 0)
    // No plane of parameters holds more of the path's spread.
    func spread(_ plane: Plane) -> Double {
      let seen = points.map(plane.project)
      let (x, y) = (seen.map(\.x), seen.map(\.y))
      func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
      return variance(x) + variance(y)
    }
    for name in usual.planeChoices {
      let other = try #require(try landscape(name).plane)
      #expect(spread(other) <= spread(plane) * (1 + 1e-12), "\(name)")
    }
  }

  @Test func theEndsOfTwoRunsLieInTheirPlane() throws {
    let usual = try landscape()
    let start = try #require(usual.problem.defaultStart)
    let shown = try landscape("ends(sgd:lr=0.02; sgd:lr=0.002; 40)")
    let plane = try #require(shown.plane)
    let ends = [0.02, 0.002].map { path(usual.problem, from: start, $0, 40)[40] }
    for end in ends {
      #expect(plane.distance(to: end) < 1e-12)
      #expect(abs(shown.value(at: plane.project(end)) - usual.value(at: end)) < 1e-12)
      #expect(shown.window.contains(plane.project(end)))
    }
    // The way from one to the other runs to the right.
    let (a, b) = (plane.project(ends[0]), plane.project(ends[1]))
    #expect(abs(a.y - b.y) < 1e-12 && b.x > a.x)
    #expect(shown.start == Point(0, 0) && shown.axes == ("end to end", "from the start"))
  }

  /// Noise is drawn as in a run of the seed.
  @Test func noiseAndSeedArePartOfTheRun() throws {
    let text = "path(sgd:lr=0.02; 20; gaussian(sigma=0.3))"
    let plane = try landscape(text).plane
    let (again, calm) = (try landscape(text).plane, try landscape("path(sgd:lr=0.02; 20)").plane)
    #expect(plane == again && plane != calm)
    let network = try LandscapeText.landscape("network(data=xor, rows=12, hidden=2, activation=tanh)")
      .showing(plane: "path(sgd:lr=0.5; 12; minibatch(size=3))")
    let other = network.seeded(4)
    #expect(other.plane != network.plane && other.planeName == network.planeName)
    #expect(other.plane?.origin == other.problem.drawnStart(seed: 4))
  }

  @Test(arguments: [
    "path(sgd:lr=0.02; 30)", "path(adam:lr=0.1,beta2=0.9; 7; gaussian(sigma=0.5))",
    "ends(sgd:lr=0.02; lookahead(adam:lr=0.1):k=3; 40)",
  ]) func theTextReadsBack(_ text: String) throws {
    #expect(try RunPlane(text)?.text == text)
    #expect(try landscape(text).planeName == text)
    let spaced = text.replacingOccurrences(of: "; ", with: " ;")
    #expect(try landscape(spaced).planeName == text)
    let plane = try landscape(text).setting("kappa", to: 30)
    let usual = try landscape(text).plane
    #expect(plane.planeName == text && plane.plane != usual)
  }

  @Test(arguments: [
    ("path(sgd)", "a plane of runs is written path(OPTIMIZER; STEPS), such as path(adam:lr=0.03; 400), with"),
    (
      "ends(sgd; 40)",
      "a plane of runs is written ends(OPTIMIZER; OPTIMIZER; STEPS), such as ends(sgd; adam; 400)"
    ),
    ("path(sgd; 30", "a plane of runs is written"),
    ("path(sgd; 1)", "a plane of runs takes 2 to 10000 steps, got '1'"),
    ("path(sgd; 10001)", "a plane of runs takes 2 to 10000 steps, got '10001'"),
    ("path(sgd; many)", "a plane of runs takes 2 to 10000 steps, got 'many'"),
    ("path(gsd; 30)", "unknown optimizer 'gsd', did you mean 'sgd'?"),
    ("path(sgd; 30; minibatch(size=2))", "minibatch draws from samples, and this loss is not made of any"),
    ("path(gauss-newton; 30)", "the path of gauss-newton is straight, so it spans no plane"),
    ("path(sgd:lr=100; 3000)", "comes to values that are not finite at step"),
    ("ends(sgd; sgd; 30)", "lie on a line, so they span no plane"),
  ]) func whatIsWrongIsSaid(_ text: String, _ complaint: String) throws {
    do {
      _ = try landscape(text)
      Issue.record("'\(text)' is no plane")
    } catch let error as LandscapeError {
      #expect(error.message.contains(complaint), "\(error.message)")
    }
  }

  /// Between two parameters that differ no plane of runs is chosen.
  @Test func twoParametersHaveNone() throws {
    let bowl = try #require(LandscapeCatalog.named("bowl"))
    #expect(throws: LandscapeError.self) { try bowl.showing(plane: "path(sgd; 30)") }
  }

  /// One parameter makes no picture; what to do is said.
  @Test func oneParameterIsTooFew() throws {
    let error = #expect(throws: LandscapeError.self) {
      _ = try LandscapeText.landscape("samples(data=line, model=a*x, start=a=0)")
    }
    #expect(
      error?.message.hasSuffix(
        "has one: a; give it a second, such as a constant added to the model: model=a*x + b") == true)
  }
}
