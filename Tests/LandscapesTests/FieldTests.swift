import Landscapes
import Testing
import TestSupport

@Suite struct FieldTests {
  static let window = Window(x: -2...3, y: -1...2)

  private func field(_ text: String, _ columns: Int = 60, _ rows: Int = 41) throws -> Field {
    try Landscape(formula: text, window: Self.window, start: Point(1, 1))
      .field(columns: columns, rows: rows, window: Self.window)
  }

  @Test func samplesStandAtPixelCentresFromTheTop() throws {
    let landscape = try Landscape(formula: "x + 100*y + t", window: Self.window, start: Point(0, 0))
    let field = landscape.field(columns: 5, rows: 3, window: Self.window, step: 1000)
    #expect(field.point(0, 0) == Point(-1.5, 1.5))
    #expect(field.point(4, 2) == Point(2.5, -0.5))
    for row in 0..<3 {
      for column in 0..<5 {
        #expect(field[column, row] == landscape.value(at: field.point(column, row), step: 1000))
      }
    }
    #expect(field.minimum == field[0, 2] && field.maximum == field[4, 0])
  }

  @Test func whatIsNotFiniteStays() throws {
    let field = try field("log(x) + 0*y")
    #expect(field.values.contains { $0.isNaN })
    #expect(field.minimum!.isFinite && field.maximum!.isFinite)
    let none = Field(
      columns: 2, rows: 1, window: Self.window, values: [.nan, .infinity])
    #expect(none.minimum == nil && none.maximum == nil)
    #expect(Levels(field: none, spacing: .log, count: 5).values.isEmpty)
    #expect(ContourTracer.contours(of: none, level: 0).isEmpty)
  }

  // MARK: Levels

  static let texts = [
    "x^2 + y^2", "(1-x)^2+100*(y-x^2)^2", "x", "-exp(3*x*y)", "1e-9*x + 5", "1e200*x^3", "log(x*y)",
    "abs(x)^0.2 + y",
    "floor(x)", "1 - exp(-(x^2 + y^2)*50)", "-1e6 + x^2", "x*1e-300", "1/x", "1e308*x*x*y",
    "x*5e-324", "x*1e-310 + y*5e-324", "5e-324*floor(2*x)", "1.7e308*sin(x)", "1e308*x + 1e292*y",
  ]

  @Test(arguments: texts, Spacing.allCases) func levelsIncreaseInsideTheData(
    _ text: String, _ spacing: Spacing
  ) throws {
    let field = try field(text)
    for count in [1, 2, 5, 10, 24] {
      let levels = Levels.levels(for: field, spacing: spacing, count: count)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }, "\(levels)")
      #expect(levels.allSatisfy { $0 > field.minimum! && $0 < field.maximum! }, "\(levels)")
      #expect(levels.count <= 3 * count + 4, "\(levels)")
    }
  }

  @Test func levelsComeInTheRightNumber() throws {
    for landscape in LandscapeCatalog.all where !landscape.id.hasSuffix("-mlp") {
      let field = landscape.field(columns: 120, rows: 72, window: landscape.window, step: 1)
      let levels = Levels.levels(for: field, spacing: landscape.spacing, count: 10)
      #expect((5...20).contains(levels.count), "\(landscape.id) \(levels)")
    }
  }

  /// A mask is no height: it takes no level from the rest.
  @Test(arguments: ["-1e20", "1e20", "-1e300", "1e9"]) func oneSpikeDoesNotTakeTheLevels(_ spike: String)
    throws
  {
    let landscape = try Landscape(
      formula: "if(hypot(x - 1, y - 1) < 0.1, \(spike), x^2 + y^2)", window: Window(x: -3...3, y: -3...3))
    let field = landscape.field(columns: 120, rows: 80, window: landscape.window)
    let levels = Levels(field: field, spacing: landscape.spacing, count: 10)
    #expect(levels.values.count { $0 > 0 && $0 < 18 } >= 6, "\(levels.values)")
    #expect(levels.shade(of: 16)! - levels.shade(of: 1)! > 0.3)
  }

  /// A ridge thinner than the grid is all that there is to see, and keeps its height.
  @Test func aThinRidgeIsNoMask() throws {
    for formula in ["exp(-(y/0.05)^2)", "exp(-8*(x^2 + y^2))", "exp(-(y/0.02)^2) + 1e-3*x^2"] {
      let landscape = try Landscape(formula: formula, window: Window(x: -3...3, y: -3...3))
      let field = landscape.field(columns: 120, rows: 80, window: landscape.window)
      let levels = Levels(field: field, spacing: landscape.spacing, count: 10)
      #expect(levels.shade(of: field.maximum! * 0.999)! < 1 && landscape.spacing != .quantile, "\(formula)")
      #expect(levels.values.contains { $0 > 0.1 * field.maximum! }, "\(formula): \(levels.values)")
    }
  }

  /// Beside a wall of 1e7 the feasible side has contours of its own.
  @Test func aPenaltyLeavesNoSideBare() throws {
    let landscape = try Landscape(
      formula: "x^2 + y^2 + 1e6*max(0, 1 - x)^2", window: Window(x: -3...3, y: -3...3))
    let field = landscape.field(columns: 120, rows: 80, window: landscape.window)
    let levels = Levels.levels(for: field, spacing: landscape.spacing, count: 10)
    #expect(levels.count { $0 < 13 } >= 3 && levels.count { $0 > 1e4 } >= 3, "\(levels)")
  }

  @Test func levelsAreRound() throws {
    #expect(
      Levels.levels(for: try field("x"), spacing: .linear, count: 9) == [
        -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5,
      ])
    let log = Levels.levels(for: try field("(1-x)^2+100*(y-x^2)^2"), spacing: .log, count: 8)
    #expect(log.contains(1) && log.contains(10) && log.contains(100) && log.contains(1000))
    #expect(Levels.levels(for: try field("5 + 0*x"), spacing: .linear, count: 9).isEmpty)
  }

  @Test func quantilesHoldEqualAreas() throws {
    let field = try field("exp(4*x)")
    let levels = Levels.levels(for: field, spacing: .quantile, count: 4)
    #expect(levels.count == 4)
    for (position, level) in levels.enumerated() {
      let below = Double(field.values.count { $0 < level }) / Double(field.values.count)
      #expect((below - Double(position + 1) / 5).magnitude < 0.02)
    }
  }

  @Test(arguments: texts, Spacing.allCases) func shadesNeverDecrease(_ text: String, _ spacing: Spacing)
    throws
  {
    let field = try field(text)
    let levels = Levels(field: field, spacing: spacing, count: 10)
    var last = 0.0
    for value in field.values.filter(\.isFinite).sorted() {
      let shade = try #require(levels.shade(of: value))
      #expect(shade >= last && shade <= 1)
      last = shade
    }
    #expect(last == 1)
    #expect(levels.shade(of: field.minimum!) == 0)
    #expect(levels.shade(of: .infinity) == 1)
    #expect(levels.shade(of: -.infinity) == 0)
    #expect(levels.shade(of: .nan) == nil)
  }

  /// No landscape may be one flat colour: no tenth of the shades holds nine tenths of the picture. The plateau is
  /// one, and is drawn as what it is.
  @Test(arguments: LandscapeCatalog.all.filter { $0.id != "plateau" && !$0.id.hasSuffix("-mlp") })
  func noLandscapeIsFlat(
    _ landscape: Landscape
  ) {
    let field = landscape.field(columns: 120, rows: 72, window: landscape.window, step: 1)
    let levels = Levels(field: field, spacing: landscape.spacing, count: 10)
    var counts = [Int](repeating: 0, count: 11)
    for value in field.values { counts[Int((levels.shade(of: value) ?? 0) * 10)] += 1 }
    #expect(counts.max()! < field.values.count * 6 / 10, "\(landscape.id) \(counts)")
  }

  // MARK: Contours

  @Test(arguments: ["x^2 + y^2", "x*y", "(1-x)^2+100*(y-x^2)^2", "sin(3*x)*cos(3*y)", "log(x*y)", "x + y"])
  func contoursLieOnTheLevel(_ text: String) throws {
    let field = try field(text)
    let levels = Levels.levels(for: field, spacing: .quantile, count: 7)
    for level in levels {
      let lines = ContourTracer.contours(of: field, level: level)
      #expect(!lines.isEmpty)
      for line in lines {
        #expect(line.points.count >= 2)
        for point in line.points { #expect(isOnLevel(point, level, field), "\(text) \(level) \(point)") }
        for (a, b) in zip(line.points, line.points.dropFirst()) {
          #expect((a.x - b.x).magnitude <= 1.001 * Self.window.width / 60)
          #expect((a.y - b.y).magnitude <= 1.001 * Self.window.height / 41)
        }
      }
    }
  }

  /// A contour point lies on an edge of the grid; interpolated along it the field has the level.
  private func isOnLevel(_ point: Point, _ level: Double, _ field: Field) -> Bool {
    let column = (point.x - Self.window.x.lowerBound) / Self.window.width * 60 - 0.5
    let row = (Self.window.y.upperBound - point.y) / Self.window.height * 41 - 0.5
    let (c, r) = (column.rounded(), row.rounded())
    let isOnColumn = (column - c).magnitude < 1e-9
    let isOnRow = (row - r).magnitude < 1e-9
    guard isOnColumn || isOnRow else { return false }
    let low = isOnColumn ? (Int(c), Int(row.rounded(.down))) : (Int(column.rounded(.down)), Int(r))
    let share = isOnColumn ? row - row.rounded(.down) : column - column.rounded(.down)
    let a = field[low.0, low.1]
    if isOnColumn && isOnRow {
      return (field[Int(c), Int(r)] - level).magnitude < 1e-6 * max(1, level.magnitude)
    }
    let b = isOnColumn ? field[low.0, low.1 + 1] : field[low.0 + 1, low.1]
    return (a + share * (b - a) - level).magnitude <= 1e-8 * max(a.magnitude, b.magnitude, 1e-9)
  }

  @Test func aCircleIsOneClosedLine() throws {
    let field = try field("(x - 0.5)^2 + (y - 0.5)^2", 120, 72)
    let lines = ContourTracer.contours(of: field, level: 1)
    #expect(lines.count == 1 && lines[0].isClosed)
    var (area, points) = (0.0, lines[0].points)
    points.append(points[0])
    for (a, b) in zip(points, points.dropFirst()) { area += (a.x * b.y - b.x * a.y) / 2 }
    #expect((area.magnitude - Double.pi).magnitude < 0.01)
  }

  @Test func aLineAcrossIsOneOpenLine() throws {
    let lines = ContourTracer.contours(of: try field("x + y/10"), level: 0.3)
    #expect(lines.count == 1 && !lines[0].isClosed && lines[0].points.count >= 41)
  }

  @Test func saddleCellsAreDecidedByTheirMean() {
    // Upper left and lower right high.
    func lines(_ level: Double) -> [Polyline] {
      let window = Window(x: 0...2, y: 0...2)
      return ContourTracer.contours(
        of: Field(columns: 2, rows: 2, window: window, values: [4, 0, 0, 4]), level: level)
    }
    // Mean 2: below it the high corners are joined, and each line cuts off a low corner.
    func sides(_ line: Polyline) -> Bool { line.points.allSatisfy { $0.x + $0.y >= 2 - 1e-12 } }
    for (level, joined) in [(1.0, true), (3.0, false)] {
      let found = lines(level)
      #expect(found.count == 2 && found.allSatisfy { $0.points.count == 2 && !$0.isClosed })
      // The low corners are the upper right and the lower left, on either side of x + y = 2.
      #expect(found.count(where: sides) == (joined ? 1 : 0))
    }
  }

  @Test func linesEndBesideWhatIsNotFinite() throws {
    let window = Self.window
    var values = [Double](repeating: 0, count: 60 * 41)
    for row in 0..<41 { for column in 0..<60 { values[row * 60 + column] = Double(row) } }
    values[20 * 60 + 30] = .nan
    let lines = ContourTracer.contours(
      of: Field(columns: 60, rows: 41, window: window, values: values), level: 20.5)
    #expect(lines.count == 2 && lines.allSatisfy { !$0.isClosed })
    #expect(lines.reduce(0) { $0 + $1.points.count } == 59)
    let infinite = try field("if(x > 1, 1/0, x)")
    #expect(!ContourTracer.contours(of: infinite, level: 0).isEmpty)
  }

  @Test func thereIsNothingOutsideTheData() throws {
    let field = try field("x^2 + y^2")
    for level in [-1, field.minimum!, field.maximum! + 1, .nan, .infinity] {
      #expect(ContourTracer.contours(of: field, level: level).isEmpty)
    }
    let thin = try Landscape(formula: "x").field(columns: 1, rows: 9, window: Self.window)
    #expect(ContourTracer.contours(of: thin, level: 0).isEmpty)
  }

  // MARK: Geometry

  @Test func windowsZoomAndPan() {
    let window = Window(x: -2...2, y: 0...2)
    #expect(window.centre == Point(0, 1) && window.width == 4 && window.height == 2)
    #expect(window.zoomed(by: 2) == Window(x: -1...1, y: 0.5...1.5))
    #expect(window.zoomed(by: 2, around: Point(-2, 0)) == Window(x: -2...0, y: 0...1))
    #expect(window.panned(x: 0.5, y: -1) == Window(x: 0...4, y: -2...0))
    #expect(
      window.zoomed(by: .nan) == window && window.zoomed(by: 0) == window && window.zoomed(by: -1) == window)
    var deep = window
    for _ in 0..<500 { deep = deep.zoomed(by: 2, around: Point(1, 1)) }
    #expect(deep.width > 0 && deep.contains(Point(1, 1)))
    var wide = window
    for _ in 0..<500 { wide = wide.zoomed(by: 0.5) }
    #expect(wide.width.isFinite && wide.width <= 1e12)
    var gone = window
    for _ in 0..<100 { gone = gone.panned(x: 1e15, y: 0) }
    #expect(gone.width > 0 && gone.x.upperBound.isFinite)
    #expect(window.including([Point(10, 1), Point(.nan, 0)]).contains(Point(10, 1)))
    #expect(window.including([Point(1, 1)]) == window)
  }

  @Test func eigenvaluesAndVectorsBelongTogether() {
    var random = SplitMix64(state: 5)
    var matrices = [
      SymmetricMatrix2(xx: 1, xy: 0, yy: 3), SymmetricMatrix2(xx: 3, xy: 0, yy: 1),
      SymmetricMatrix2(xx: 2, xy: 0, yy: 2),
    ]
    for _ in 0..<200 {
      func number() -> Double { Double.random(in: -5...5, using: &random) }
      matrices.append(SymmetricMatrix2(xx: number(), xy: number(), yy: number()))
    }
    for m in matrices {
      let (values, vectors) = (m.eigenvalues, m.eigenvectors)
      #expect(values.smaller <= values.larger)
      #expect((values.smaller + values.larger - m.trace).magnitude < 1e-12)
      #expect((values.smaller * values.larger - m.determinant).magnitude < 1e-11)
      for (value, v) in [(values.smaller, vectors.smaller), (values.larger, vectors.larger)] {
        #expect((v.norm - 1).magnitude < 1e-14)
        #expect((m.xx * v.x + m.xy * v.y - value * v.x).magnitude < 1e-12)
        #expect((m.xy * v.x + m.yy * v.y - value * v.y).magnitude < 1e-12)
      }
    }
  }
}
