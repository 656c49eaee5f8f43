internal import OptimizerCore

/// Looking at more than two parameters.
extension Landscape {
  /// Whether the picture shows all there is: two parameters, which are its x and y.
  public var showsAllParameters: Bool { plane == nil }

  /// Where parameters are drawn: their projection onto the plane, or the two parameters themselves.
  public func project(_ parameters: [Double]) -> Point { project(parameters[...]) }

  /// The same for a part of an array.
  public func project(_ parameters: ArraySlice<Double>) -> Point {
    plane?.project(parameters)
      ?? Point(x: parameters[parameters.startIndex], y: parameters[parameters.startIndex + 1])
  }

  /// The parameters that a point of the picture stands for.
  public func lift(_ point: Point) -> [Double] { plane?.lift(point) ?? [point.x, point.y] }

  /// How far parameters are from the plane that is shown; 0 where there are two.
  public func distanceFromPlane(_ parameters: [Double]) -> Double { plane?.distance(to: parameters) ?? 0 }

  /// The part of a gradient that the picture can show.
  public func component(of gradient: [Double]) -> Point {
    plane?.component(of: gradient) ?? Point(x: gradient[0], y: gradient[1])
  }

  /// The directions in the space of the parameters that are drawn to the right and upwards, of length 1.
  public var axisDirections: (right: [Double], up: [Double]) {
    plane.map { ($0.u, $0.v) } ?? ([1, 0], [0, 1])
  }

  /// What the axes of the picture are called: the directions of the plane, or the two parameters.
  public var axes: (x: String, y: String) {
    if let planeAxes { return planeAxes }
    if let parts = planeName?.split(separator: ","), parts.count == 2 {
      return (String(parts[0]), String(parts[1]))
    }
    let names = problem.words.parameters
    return (names[0], names[1])
  }

  /// The most parameters that are listed by their names.
  public static let mostNames = 1000

  /// The words that a plane may be made of: the parameters, unless there are more than `mostNames`, then directions from
  /// the start; empty if there are two parameters.
  public var directions: [String] {
    guard !showsAllParameters else { return [] }
    let names = problem.words.parameters
    return (names.count > Landscape.mostNames ? [] : names.prefix(names.count))
      + problem.directions.map(\.name)
  }

  /// The same landscape seen through another plane: two words of `directions` with a comma between, such as `W11,W22` or
  /// `minimum,gradient`.
  ///
  /// The plane goes through the start. Two parameters are drawn as their values; otherwise the start is (0, 0). Start,
  /// window and minima are then those of the plane.
  ///
  /// - Throws: `unknown direction 'W99'` with those there are, or why the two span no plane.
  public func showing(plane text: String) throws(LandscapeError) -> Landscape {
    guard let shown = try Landscape.shown(problem, through: text, id: id, seed: startSeed) else {
      return self
    }
    var copy = self
    copy.show(shown)
    copy.window = Landscape.chosenWindow(problem, shown, nil)
    return copy
  }

  private mutating func show(_ shown: Shown) {
    plane = shown.plane
    planeName = shown.name
    planeAxes = shown.axes
    start = shown.plane.project(shown.start)
    locateKnownPoints()
  }

  /// The same landscape with the start that a seed draws, and the plane through it; as it is where no start is drawn. The
  /// window stays: lengths on a plane are counted from its start.
  public func seeded(_ seed: UInt64) -> Landscape {
    guard seed != startSeed, let drawn = problem.drawnStart(seed: seed) else { return self }
    var copy = self
    copy.startSeed = seed
    guard let planeName else {
      if start == Landscape.home(of: problem, seed: startSeed).map({ Point($0[0], $0[1]) }) {
        copy.start = Point(drawn[0], drawn[1])
      }
      return copy
    }
    // From some starts two directions may span no plane; the picture then stays the one that it was.
    if let shown = try? Landscape.shown(problem, through: planeName, id: id, seed: seed) { copy.show(shown) }
    return copy
  }

  /// The parameters from which runs of a seed start unless asked otherwise.
  static func home(of problem: any Problem, seed: UInt64) -> [Double]? {
    problem.drawnStart(seed: seed) ?? problem.defaultStart
  }

  /// The parameters that a point of the picture stands for in a run of another seed: as far from the start that this seed
  /// draws as it is here from the landscape's. To the bit, the start stands for the start.
  package func lift(_ point: Point, seed: UInt64) -> [Double] {
    guard seed != startSeed, let there = problem.drawnStart(seed: seed),
      let here = Landscape.home(of: problem, seed: startSeed)
    else { return lift(point) }
    let origin = plane?.origin ?? [point.x, point.y]
    let moved = there.indices.map { there[$0] + (origin[$0] - here[$0]) }
    return plane?.through(moved).lift(point) ?? moved
  }

  /// A plane with its name and the parameters it goes through.
  struct Shown {
    let plane: Plane
    let name: String
    let start: [Double]
    /// What its axes are called, where that is not in its name.
    var axes: (x: String, y: String)?
    /// What is to be seen on it, besides the start.
    var marks: [Point] = []
  }

  /// The plane of a problem that a text names, or one that is worth a look where nothing is named; nil where there are two
  /// parameters and nothing is named.
  static func shown(
    _ problem: any Problem, through text: String?, id: String, seed: UInt64 = 0
  ) throws(LandscapeError) -> Shown? {
    guard problem.dimension > 2 else {
      let names = problem.words.parameters.prefix(2).joined(separator: " and ")
      guard problem.dimension == 2 else {
        let wayOut =
          problem is any DataProblem
          ? "; give it a second, such as a constant added to the model: model=\(names)*x + \(names == "b" ? "c" : "b")"
          : ""
        throw LandscapeError(
          "a picture shows two parameters, and the landscape '\(Excerpt.of(id))' has one: \(names)\(wayOut)")
      }
      guard text == nil else {
        throw LandscapeError(
          "a plane is chosen among more than two parameters, and the landscape '\(id)' has two: \(names)")
      }
      return nil
    }
    guard let start = home(of: problem, seed: seed), start.count == problem.dimension else {
      throw LandscapeError(
        "a plane goes through the start, and the landscape '\(id)' names none of \(problem.dimension) parameters"
      )
    }
    let planes = PlaneMaker(problem, start)
    if let text, let runs = try RunPlane(text) {
      return try runs.shown(on: problem, from: start, seed: seed)
    }
    guard let text else {
      let name = planes.choices.first { (try? planes.plane($0)) != nil }
      guard let name else { throw LandscapeError("no two directions of the landscape '\(id)' span a plane") }
      return Shown(plane: try planes.plane(name), name: name, start: start)
    }
    return Shown(plane: try planes.plane(text), name: PlaneMaker.spelt(text), start: start)
  }

  /// The landscape's own plane, those of named directions that span one, and pairs of parameters.
  static func planeChoices(of problem: any Problem, own: String, seed: UInt64) -> [String] {
    guard let start = home(of: problem, seed: seed) else { return [own] }
    return [own] + PlaneMaker(problem, start).choices.filter { $0 != own }
  }
}
