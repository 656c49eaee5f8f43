internal import OptimizerCore

/// What is chosen by looking at the values where nobody has said it.
extension Landscape {
  /// The window of a picture.
  static func chosenWindow(_ problem: any Problem, _ shown: Shown?, _ start: Point?) -> Window {
    if let shown { return chosenWindow(problem, on: shown) }
    let places = problem.minimisers + (problem.defaultStart.map { [$0] } ?? [])
    return chosenWindow(problem).including(places.map { Point($0[0], $0[1]) } + (start.map { [$0] } ?? []))
  }

  private static func chosenWindow(_ problem: any Problem) -> Window {
    for range in [-3.0...3, -10...10, -1...1, 0...3, -100...100] {
      let window = Window(x: range, y: range)
      let field = problem.field(columns: 24, rows: 24, window: window, step: 0)
      if field.values.count(where: \.isFinite) >= 288 { return window }
    }
    return Window(x: -3...3, y: -3...3)
  }

  /// A square around the start, the minimum's projection and the lowest point that the curvature at the start lets expect
  /// in the plane, if that is not far away.
  private static func chosenWindow(_ problem: any Problem, on shown: Shown) -> Window {
    let (plane, home) = (shown.plane, shown.start)
    let start = plane.project(home)
    guard shown.marks.isEmpty else { return square(around: [start] + shown.marks) }
    var points = [start] + problem.minimisers.prefix(1).map { plane.project($0) }
    func curvature(_ u: [Double], _ v: [Double]) -> Double { problem.curvature(u, v, at: home, step: 0) }
    let (xx, xy, yy) = (
      curvature(plane.u, plane.u), curvature(plane.u, plane.v), curvature(plane.v, plane.v)
    )
    let gradient = plane.component(of: problem.gradient(at: home))
    let determinant = xx * yy - xy * xy
    let reach = points[0].distance(to: points[points.count - 1])
    if determinant > 1e-9 * (xx + yy) * (xx + yy) {
      let lowest = Point(
        x: start.x - (yy * gradient.x - xy * gradient.y) / determinant,
        y: start.y - (xx * gradient.y - xy * gradient.x) / determinant)
      if lowest.isFinite, reach == 0 || lowest.distance(to: start) < 3 * reach { points.append(lowest) }
    }
    return square(around: points)
  }

  /// A square with room around points.
  private static func square(around points: [Point]) -> Window {
    let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
    let (bottom, top) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    let side = max(right - left, top - bottom)
    let half = side > 0 && side.isFinite ? 0.8 * side : 1
    let (x, y) = (left / 2 + right / 2, bottom / 2 + top / 2)
    func bound(_ value: Double) -> Double { rounded(value, to: 10 * half) }
    return Window(x: bound(x - half)...bound(x + half), y: bound(y - half)...bound(y + half))
  }

  /// How contour levels are spaced.
  static func chosenSpacing(_ problem: any Problem, _ plane: Plane?, _ window: Window) -> Spacing {
    let field: Field
    if let plane {
      field = Field(of: problem.anyLanesOracle(), on: plane, columns: 40, rows: 40, window: window)
    } else {
      field = problem.field(columns: 40, rows: 40, window: window, step: 0)
    }
    let values = field.values.filter(\.isFinite).sorted()
    guard let least = values.first, let greatest = values.last else { return .linear }
    let relief = Levels.relief(of: values, least, greatest)
    let (first, range) = (relief.lowerBound, relief.upperBound - relief.lowerBound)
    func height(_ share: Int) -> Double { values[values.count * share / 4] - first }
    // A plain beside a wide wall, as of a penalty: on the scale of the wall the plain would have no levels.
    if height(1) > 0, height(3) > 1e4 * height(1), height(3) > 0.01 * range { return .quantile }
    return range > 8 * height(2) ? .log : .linear
  }

  /// Where runs of two parameters start.
  static func chosenStart(_ problem: any Problem, _ window: Window) -> Point {
    for (across, up) in [
      (0.15, 0.8), (0.8, 0.85), (0.2, 0.2), (0.85, 0.15), (0.4, 0.6), (0.65, 0.55), (0.9, 0.5),
    ] {
      let point = Point(
        x: rounded(window.x.lowerBound + across * window.width, to: window.width),
        y: rounded(window.y.lowerBound + up * window.height, to: window.height))
      let parameters = [point.x, point.y]
      let gradient = problem.gradient(at: parameters).euclideanNorm
      if problem.value(at: parameters).isFinite, gradient.isFinite, gradient > 0 { return point }
    }
    return window.centre
  }

  /// A coordinate with few digits, a hundredth of the window or finer.
  private static func rounded(_ value: Double, to length: Double) -> Double {
    let exponent = Elementary.log10(length / 100).rounded(.down)
    let unit = Elementary.pow(10, exponent.magnitude)
    return exponent < 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
  }
}
