import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Numbers at the ends of what doubles hold, and those that are none, drawn in every view.
@Suite struct ExtremeViewTests {
  /// A race from a start of its own.
  private static func explorer(
    _ landscape: String, _ optimizers: [String], from start: Point? = nil, steps: Int, width: Int,
    height: Int,
    glyphs: GlyphSet = .braille
  ) throws -> Explorer {
    var found = try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape)
    if let start { found.start = start }
    let experiment = Experiment(
      landscape: found, entries: Entry.entries(try optimizers.map { try OptimizerSpec($0) }),
      budget: Budget(steps: max(20, steps)))
    var explorer = Explorer(
      scene: Scene(name: "extreme", title: found.title, caption: "", experiment: experiment),
      appearance: Appearance(glyphs: glyphs, depth: .none, isUnicode: glyphs != .ascii), width: width,
      height: height)
    explorer.seek(to: steps)
    return explorer
  }

  private static func picture(_ explorer: Explorer, _ direction: Slice.Direction = .step) -> SlicePicture {
    let slice = Slice(explorer.race.run(entry: 0), in: explorer.race.experiment, along: direction)
    return SlicePicture(slice, range: slice.range(), columns: 80)
  }

  private static let huge = Double.greatestFiniteMagnitude
  private static let extremes: [(landscape: String, optimizers: [String], start: Point?, steps: Int)] = [
    ("ackley", ["sgd"], Point(x: -1e308, y: 1.7e308), 400),
    ("y", ["lbfgs"], nil, 1),
    ("double-well", ["line-search"], Point(x: 1e307, y: 1e307), 1),
    ("5e-324*y+x*max(t,e)*(hypot(y+x,x)==x)", ["newton", "nesterov-convex:lr=99"], nil, 2),
    ("log(x)+y^2", ["sgd"], Point(x: -1, y: 1), 0),
    ("log(-1-x^2)", ["adam", "sgd"], Point(x: 0, y: 0), 3),
    ("x^2+y^2", ["sgd:lr=100", "momentum:lr=100"], Point(x: huge, y: -huge), 9),
    ("x^2+y^2", ["sgd:lr=3"], Point(x: 0x7e8p-1074, y: 0x1p-1074), 200),
    ("-x^4-y^4", ["sgd:lr=1", "newton"], Point(x: 1, y: 1), 60),
    ("1e308*x+1e308*y", ["sgd:lr=1", "signsgd:lr=100"], Point(x: 0, y: 0), 5),
    ("exp(700*x)-exp(700*y)", ["sgd:lr=1"], Point(x: 1, y: 1), 4),
    ("x*5e-324", ["sgd", "rmsprop"], Point(x: 1e300, y: 1), 3),
    ("rosenbrock", ["sgd:lr=1", "lbfgs"], Point(x: 1e100, y: -1e100), 30),
  ]

  @Test(arguments: extremes.indices, ViewName.allCases)
  func everyViewIsDrawn(_ index: Int, _ view: ViewName) throws {
    let (landscape, optimizers, start, steps) = Self.extremes[index]
    for (width, height, glyphs) in [
      (100, 20, GlyphSet.braille), (83, 53, .ascii), (20, 6, .quadrant),
    ] {
      var explorer = try Self.explorer(
        landscape, optimizers, from: start, steps: steps, width: width, height: height, glyphs: glyphs)
      guard explorer.obstacle(to: view) == nil else { continue }
      explorer.show(view)
      #expect(explorer.frame().height == height)
      explorer.type("Y + Right n")
      #expect(explorer.frame().height == height)
    }
  }

  @Test(arguments: extremes.indices) func aSliceHasAnAxis(_ index: Int) throws {
    let (landscape, optimizers, start, steps) = Self.extremes[index]
    let explorer = try Self.explorer(
      landscape, optimizers, from: start, steps: steps, width: 80, height: 24)
    for direction in Slice.Direction.allCases {
      let picture = Self.picture(explorer, direction)
      #expect(picture.low < picture.high && (picture.high - picture.low).isFinite)
      #expect(picture.places.allSatisfy { $0.isFinite })
      #expect(zip(picture.places, picture.places.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  /// What has a loss is shown where other places have none.
  @Test func aSliceBesideUndefinedPlacesShowsTheRest() throws {
    // From (−1, 1) the line down the gradient (−1, 2) runs along (1, −2)/√5: from x > 0 on the loss is a number.
    let picture = Self.picture(
      try Self.explorer("log(x)+y^2", ["sgd"], from: Point(x: -1, y: 1), steps: 0, width: 80, height: 24),
      .downhill)
    #expect(picture.slice.value.isNaN)
    let right = picture.places.map { place -> Double in
      let (x, y) = (-1 + place / 5.0.squareRoot(), 1 - 2 * place / 5.0.squareRoot())
      return Elementary.log(x) + y * y
    }
    for (loss, right) in zip(picture.losses, right) {
      #expect(loss.isNaN == right.isNaN && (loss.isNaN || abs(loss - right) < 1e-9 * max(1, abs(right))))
    }
    let shown = right.filter(\.isFinite)
    if let lowest = shown.min(), let highest = shown.max() {
      #expect(picture.low < lowest && picture.high > lowest && picture.high < highest + 1 + highest.magnitude)
    }
  }

  /// A slice that is nowhere a number has no numbers at its axis.
  @Test func aSliceWithoutANumberHasNoTicks() throws {
    var explorer = try Self.explorer(
      "log(-1-x^2)", ["sgd"], from: Point(x: 0, y: 0), steps: 0, width: 80, height: 24)
    explorer.type("y")
    #expect(!explorer.rows().contains { $0.contains("┤") })
    #expect(explorer.shows("loss NaN"))
  }
}
