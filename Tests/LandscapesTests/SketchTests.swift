import Testing

@testable import Landscapes

/// Pictures of losses that take long.
@Suite struct SketchTests {
  @Test func aPlaneStaysAPlaneBetweenItsSamples() {
    let window = Window(x: -1...3, y: 0...2)
    func plane(_ columns: Int, _ rows: Int) -> Field {
      let empty = Field(
        columns: columns, rows: rows, window: window, values: .init(repeating: 0, count: columns * rows))
      let values = (0..<columns * rows).map { place in
        let point = empty.point(place % columns, place / columns)
        return 3 * point.x - 5 * point.y + 1
      }
      return Field(columns: columns, rows: rows, window: window, values: values)
    }
    let (fine, sketched) = (plane(40, 24), plane(10, 6).resampled(columns: 40, rows: 24))
    // Beyond the outermost samples it is level: two pixels at every side.
    for row in 2..<22 {
      for column in 2..<38 { #expect((fine[column, row] - sketched[column, row]).magnitude < 1e-12) }
    }
    #expect(sketched[0, 0] == plane(10, 6)[0, 0] && sketched[39, 23] == plane(10, 6)[9, 5])
    #expect(plane(10, 6).resampled(columns: 10, rows: 6) == plane(10, 6))
  }

  @Test func whatIsNotFiniteStaysAPartOfWhatIsBesideIt() {
    let window = Window(x: 0...1, y: 0...1)
    let field = Field(columns: 3, rows: 1, window: window, values: [1, .nan, 3])
    let wide = field.resampled(columns: 9, rows: 1)
    #expect(wide.values[0...1] == [1, 1] && wide.values[7...8] == [3, 3])
    #expect(wide.values[2...6].allSatisfy { $0.isNaN })
  }

  /// Of ten thousand parameters over 200 rows a picture has a sixth of its losses.
  @Test func dearLossesAreFewer() throws {
    let small = try #require(LandscapeCatalog.named("moons-mlp"))
    #expect(small.sketchSize(columns: 160, rows: 140) == (160, 140))
    let wide = try small.setting("width", to: 2048)
    #expect(wide.sketchSize(columns: 160, rows: 140) == (66, 58))
    #expect(wide.sketchSize(columns: 20, rows: 20) == (20, 20))
    let bowl = try Landscape(formula: "x^2 + y^2")
    #expect(
      bowl.sketch(columns: 7, rows: 5, window: bowl.window)
        == bowl.field(columns: 7, rows: 5, window: bowl.window))
  }
}
