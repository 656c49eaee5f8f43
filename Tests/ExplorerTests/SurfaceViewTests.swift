import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// The landscape as a relief: what is hidden is hidden, and what stands on it stands where the runs are.
@Suite struct SurfaceViewTests {
  private func surface(
    _ name: String = "saddle", width: Int = 120, height: Int = 36,
    appearance: Appearance = Appearance(depth: .direct)
  ) throws -> Explorer {
    var explorer = try explorer(name, width: width, height: height, appearance: appearance)
    explorer.type("v")
    return explorer
  }

  private func camera(_ explorer: Explorer) throws -> Camera {
    try #require(explorer.view as? SurfaceView).camera
  }

  private func relief(_ formula: String) throws -> Relief {
    let landscape = try Landscape(
      formula: formula, window: Window(x: -1...1, y: -1...1), start: Point(0.9, 0.9))
    return relief(of: landscape, in: landscape.window)
  }

  private func relief(of landscape: Landscape, in window: Window) -> Relief {
    Relief(
      Portrait.Ground(
        of: Portrait.Ground.Subject(
          landscape: landscape, step: 0, window: window, count: Landscape.levelCount)))
  }

  /// Whether a point is hidden, looked for along the line of sight by the formula itself, not by the samples; nil so near
  /// to the edge of what is hidden that the samples do not tell.
  private func isHidden(_ relief: Relief, _ camera: Camera, _ place: SIMD2<Double>) -> Bool? {
    func height(_ place: SIMD2<Double>) -> Double {
      let point = Point(x: place.x, y: place.y)
      return (relief.ground.shade(of: relief.ground.subject.landscape.value(at: point)) ?? .nan) * Relief.top
    }
    let slope = camera.lift / camera.upright
    let z = height(place)
    var rises = false
    var isFree = true
    var distance = 0.02
    while true {
      let here = place - camera.away * distance
      guard abs(here.x) <= 1, abs(here.y) <= 1 else { break }
      let rise = height(here) - z
      if rise > slope * distance + 0.06 { rises = true }
      if rise > slope * distance * 0.8 { isFree = false }
      distance += 0.01
    }
    return rises ? true : isFree ? false : nil
  }

  @Test(arguments: [
    "x^2 + y^2", "exp(-(y/0.2)^2)", "x^2 - y^2", "sin(4*x)*cos(3*y)", "10*(x - 0.3*y)^2 + y^2", "step(x)*y",
  ])
  func hiddenPartsAreHidden(formula: String) throws {
    let relief = try relief(formula)
    var (seen, hidden) = (0, 0)
    for camera in [
      Camera(azimuth: 0, elevation: 20), Camera(azimuth: 30, elevation: 35),
      Camera(azimuth: -110, elevation: 10),
      Camera(azimuth: 160, elevation: 60),
    ] {
      let projection = SurfaceProjection(relief, camera, columns: 100, rows: 40)
      var number: UInt64 = 12345
      func random() -> Double {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(number >> 33) / Double(1 << 30) - 1
      }
      for _ in 0..<200 {
        let place = SIMD2(random(), random()) * 0.95
        // An edge of what is hidden within two dots is too near to tell.
        let dot = 2 / projection.scale
        let around = [
          SIMD2(0, 0), camera.right * dot, camera.right * -dot, camera.away * dot, camera.away * -dot,
        ]
        .map { isHidden(relief, camera, place + $0) }
        guard let isHidden = around[0], around.allSatisfy({ $0 == isHidden }) else { continue }
        let isVisible = projection.isVisible(relief.lifted(place))
        #expect(isVisible == !isHidden, "\(place) from \(camera)")
        if isHidden { hidden += 1 } else { seen += 1 }
      }
    }
    #expect(seen > 100)
    #expect(hidden > 20)
  }

  @Test func aRidgeHidesWhatIsBehindIt() throws {
    // A wall of height `top` along y = 0, seen from the front: its shadow is top / tan(elevation) long.
    let relief = try relief("exp(-(y/0.05)^2)")
    let camera = Camera(azimuth: 0, elevation: 45)
    let projection = SurfaceProjection(relief, camera, columns: 130, rows: 50)
    for y in [0.15, 0.3, 0.5] { #expect(!projection.isVisible(relief.lifted(SIMD2(0.2, y)))) }
    for y in [-0.9, -0.5, -0.1, 0.7, 0.95] { #expect(projection.isVisible(relief.lifted(SIMD2(0.2, y)))) }
    // From the other side it is the other half.
    let behind = SurfaceProjection(relief, Camera(azimuth: 180, elevation: 45), columns: 130, rows: 50)
    #expect(behind.isVisible(relief.lifted(SIMD2(0.2, 0.3))))
    #expect(!behind.isVisible(relief.lifted(SIMD2(0.2, -0.3))))
  }

  @Test func whereTheLossIsNoneThereIsNothing() throws {
    // The left half has no logarithm; from the left one looks over it at the cut face of the right half.
    let relief = try relief("log(x) + y")
    let left = relief.lifted(SIMD2(-0.5, 0))
    #expect(left.z.isNaN)
    for camera in [Camera(azimuth: -90, elevation: 30), Camera(azimuth: 0, elevation: 30), Camera()] {
      let projection = SurfaceProjection(relief, camera, columns: 100, rows: 40)
      #expect(!projection.isVisible(left))
      for y in 0..<160 {
        for x in 0..<200 {
          guard let place = projection.seenPlace(atDot: x, y) else { continue }
          // Within a sample of the edge.
          #expect(place.x > -0.03, "\(place)")
        }
      }
    }
    let side = SurfaceProjection(relief, Camera(azimuth: -90, elevation: 30), columns: 100, rows: 40)
    #expect((0..<160).contains { y in (0..<200).contains { side.isWall(atDot: $0, y) } })
  }

  @Test func aBowlSeenFromTheSideHidesItsFloor() throws {
    var explorer = try surface("bowl")
    func marks() -> Int {
      var copy = explorer
      let frame = copy.frame()
      let stage = SurfaceView.area(of: explorer.layout.stage)
      var count = 0
      for y in stage.y..<stage.bottom {
        for x in stage.x..<stage.right where frame[x, y].glyph == "+" { count += 1 }
      }
      return count
    }
    #expect(marks() == 1)
    for _ in 0..<9 { explorer.type("j") }
    #expect(try camera(explorer).elevation == 5)
    #expect(marks() == 0)
    for _ in 0..<20 { explorer.type("k") }
    #expect(try camera(explorer).elevation == 90)
    #expect(marks() == 1)
    #expect(explorer.shows("this is from straight above"))
  }

  @Test func headsStandOnTheSurfaceWhereTheRunsAre() throws {
    for (keys, step) in [("", 12), ("l l l l j j", 25), ("h h h k k k + +", 25)] {
      var explorer = try surface()
      explorer.type(keys)
      explorer.seek(to: step)
      let frame = explorer.frame()
      let camera = try camera(explorer)
      let area = SurfaceView.area(of: explorer.layout.stage)
      let window = explorer.window
      let landscape = explorer.race.landscape
      let sample = landscape.field(columns: 96, rows: 72, window: window)
      let levels = Levels(field: sample, spacing: landscape.spacing, count: 10)
      let longer = max(window.width, window.height)
      let half = SIMD2(window.width / longer, window.height / longer)
      let radius = (half * half).sum().squareRoot()
      let extent = 2 * radius * camera.lift + 0.6 * camera.upright
      // Two dots a column, four a row.
      let scale =
        min(Double(area.width) * 2 / (2 * radius), Double(area.height) * 4 / extent) * 0.98 * camera.zoom
      var found = 0
      for (index, entry) in explorer.race.experiment.entries.enumerated() {
        let run = explorer.race.run(entry: index)
        let point = run.point
        guard window.contains(point) else { continue }
        let place = SIMD2(
          (point.x - window.centre.x) * 2 / longer, (point.y - window.centre.y) * 2 / longer)
        let z = try #require(levels.shade(of: run.loss)) * 0.6
        let across = (place * camera.right).sum() * scale
        let up = ((place * camera.away).sum() * camera.lift + (z - 0.3) * camera.upright) * scale
        let (x, y) = ((Double(area.width) + across) / 2, (Double(area.height) * 2 - up) / 4)
        // The digit, or that of another on the same cell.
        let near = (-1...1).contains { dx in
          (-1...1).contains { dy in
            frame[area.x + Int(x) + dx, area.y + Int(y) + dy].glyph == Glyph(Character("\(index + 1)"))
          }
        }
        if near { found += 1 }
        #expect(near || index == 3, "\(entry.label) at \(point), step \(step)")
      }
      #expect(found >= 3)
    }
  }

  @Test func fromAboveItIsTheContourView() throws {
    var explorer = try surface("bowl")
    for _ in 0..<6 { explorer.type("h") }
    for _ in 0..<8 { explorer.type("k") }
    #expect(try camera(explorer) == Camera(azimuth: 0, elevation: 90))
    let window = explorer.window
    let relief = self.relief(of: explorer.race.landscape, in: window)
    let projection = SurfaceProjection(relief, Camera(azimuth: 0, elevation: 90), columns: 100, rows: 50)
    let left = projection.place(relief.lifted(relief.place(of: Point(window.x.lowerBound, 0))))
    let right = projection.place(relief.lifted(relief.place(of: Point(window.x.upperBound, 0))))
    let top = projection.place(relief.lifted(relief.place(of: Point(0, window.y.upperBound))))
    let bottom = projection.place(relief.lifted(relief.place(of: Point(0, window.y.lowerBound))))
    #expect(abs(left.y - right.y) < 1e-9 && right.x > left.x)
    #expect(abs(top.x - bottom.x) < 1e-9 && bottom.y > top.y)
    #expect(abs((right.x - left.x) / window.width - 2 * (bottom.y - top.y) / window.height) < 1e-9)
    for x in [-0.9, -0.3, 0.4, 0.9] {
      for y in [-0.9, 0.1, 0.8] {
        #expect(projection.isVisible(relief.lifted(SIMD2(x, y) * relief.half)))
      }
    }
  }

  /// A valley in a known direction is found, and does not lie level, nor along the line of sight.
  @Test(arguments: [0.0, 25, 60, 90, -40])
  func theReliefIsSeenAcrossItsValley(_ degrees: Double) throws {
    let angle = degrees * .pi / 180
    let (c, s) = (Elementary.cos(angle), Elementary.sin(angle))
    let relief = try relief("0.1*(\(c)*x + \(s)*y)^2 + 4*(\(c)*y - \(s)*x)^2")
    let valley = try #require(relief.valley)
    // A line has two directions.
    let off = (valley - degrees).remainder(dividingBy: 180).magnitude
    #expect(off < 2.5)
    let camera = Camera(for: relief)
    let along = SIMD2(c, s)
    #expect((along * camera.right).sum().magnitude > 0.8 && (along * camera.away).sum().magnitude > 0.4)
    #expect(camera.azimuth > -90 && camera.azimuth <= 90)
    #expect(Camera(for: try self.relief("x^2 + y^2")) == Camera())
  }

  @Test func keysTurnTheReliefAndNothingElse() throws {
    var explorer = try surface()
    explorer.type("N")
    _ = explorer.frame()
    let home = try camera(explorer)
    func turned(_ azimuth: Double, _ elevation: Double, zoom: Double = 1) -> Camera {
      Camera(azimuth: home.azimuth + azimuth, elevation: home.elevation + elevation, zoom: zoom)
    }
    let (bits, replay, window) = (explorer.bits, explorer.replayLine, explorer.window)
    explorer.type("l l k")
    #expect(try camera(explorer) == turned(10, 5))
    explorer.type("h h h j j + =")
    #expect(try camera(explorer) == turned(-5, -5, zoom: 1.5625))
    explorer.type("-")
    #expect(try camera(explorer).zoom == 1.25)
    #expect(explorer.shows("turned \(NumberText.setting(home.azimuth - 5))°, from 45° above"))
    explorer.type("z")
    #expect(try camera(explorer) == home)
    for _ in 0..<40 { explorer.type("l") }
    #expect(try camera(explorer).azimuth == home.azimuth + 200 - 360)
    for _ in 0..<12 { explorer.type("+") }
    #expect(try camera(explorer).zoom == 8)
    #expect(explorer.shows("this is as far as it goes"))
    #expect(explorer.bits == bits)
    #expect(explorer.replayLine == replay)
    #expect(explorer.window == window)
    // The other keys mean what they mean everywhere.
    explorer.type("n Right")
    #expect(explorer.race.step == 11)
    #expect(explorer.replayLine != replay)
    explorer.type("v")
    #expect(explorer.view is ContourView)
    explorer.type("v Esc")
    #expect(explorer.view is ContourView)
  }

  @Test func theMouseTurnsAndZooms() throws {
    var explorer = try surface()
    _ = explorer.frame()
    let starts = explorer.race.experiment.starts
    let home = try camera(explorer)
    explorer.handle(.mouse(Mouse(.press, x: 30, y: 15)))
    explorer.handle(.mouse(Mouse(.drag, x: 35, y: 13)))
    #expect(try camera(explorer) == Camera(azimuth: home.azimuth - 10, elevation: home.elevation - 8))
    explorer.handle(.mouse(Mouse(.drag, x: 30, y: 15)))
    explorer.handle(.mouse(Mouse(.release, x: 30, y: 15)))
    #expect(try camera(explorer) == home)
    explorer.handle(.mouse(Mouse(.wheelUp, x: 30, y: 15)))
    #expect(try camera(explorer).zoom == 1.25)
    explorer.handle(.mouse(Mouse(.wheelDown, x: 30, y: 15)))
    #expect(try camera(explorer).zoom == 1)
    // A drag that began elsewhere does not jump.
    explorer.handle(.mouse(Mouse(.drag, x: 60, y: 5)))
    #expect(try camera(explorer) == home)
    #expect(explorer.race.experiment.starts == starts)
  }

  @Test func itSaysWhatItsHeightIs() throws {
    for (name, words) in [
      ("saddle", "height: the loss;"), ("ravine", "height: log of the loss above its lowest;"),
    ] {
      let explorer = try surface(name)
      #expect(explorer.race.landscape.spacing == (name == "saddle" ? .linear : .log))
      #expect(explorer.shows(words), "\(name)")
    }
  }

  @Test func theAxesAreNamedWithTheirEnds() throws {
    var explorer = try surface()
    explorer.window = explorer.race.experiment.window
    let area = SurfaceView.area(of: explorer.layout.stage)
    let rows = explorer.rows()[area.y..<area.bottom].map { String(Array($0)[area.x..<area.right]) }
    let window = explorer.window
    for text in [
      " x ", " y ", NumberText.brief(window.x.lowerBound), NumberText.brief(window.x.upperBound),
      NumberText.brief(window.y.lowerBound), NumberText.brief(window.y.upperBound),
    ] {
      #expect(rows.contains { $0.contains(text) }, "\(text)")
    }
  }

  @Test func everySizeIsServedWithAndWithoutDialogsWhilePlaying() throws {
    var explorer = try surface()
    explorer.type("space")
    for dialog in ["", "?"] {
      explorer.type(dialog)
      for (width, height) in [
        (0, 0), (19, 5), (20, 6), (21, 9), (40, 12), (60, 14), (80, 24), (99, 20), (100, 20), (120, 36),
        (200, 60),
      ] {
        explorer.handle(.resize(width: width, height: height))
        explorer.advance(by: 0.1)
        let frame = explorer.frame()
        #expect(frame.width == width && frame.height == height)
        #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
        if dialog.isEmpty, width >= 20, height >= 6 {
          #expect(frame.rows[0].contains("\(explorer.race.step)"), "\(width)x\(height)")
        }
      }
    }
  }

  @Test func aFrameDoesNotDependOnWhatWasLookedAtBefore() throws {
    var explorer = try surface()
    explorer.seek(to: 20)
    let first = explorer.frame()
    explorer.type("l")
    #expect(explorer.frame() != first)
    explorer.type("h")
    #expect(explorer.frame() == first)
    var other = try surface("ravine")
    other.seek(to: 20)
    #expect(other.frame() != first)
  }

  @Test func ghostsStandOnItToo() throws {
    var explorer = try surface()
    explorer.type("N g Left Left Left Left Left Left Left Left Left Left N")
    let frame = explorer.frame()
    let area = SurfaceView.area(of: explorer.layout.stage)
    let ghost = Palette(theme: .dark, depth: .direct).ghost
    var heads = 0
    for y in area.y..<area.bottom {
      for x in area.x..<area.right where frame[x, y].glyph == "a" && frame[x, y].style.background == ghost {
        heads += 1
      }
    }
    #expect(heads == 1)
  }

  @Test func matricesAreSeenThroughTheirPlane() throws {
    var scene = try scene("bowl")
    let landscape = try #require(LandscapeCatalog.all.first { $0.dimension > 2 })
    scene.experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("sgd:lr=0.01")]))
    var explorer = Explorer(scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.type("v N")
    #expect(explorer.view is SurfaceView)
    let area = SurfaceView.area(of: explorer.layout.stage)
    let rows = explorer.rows()[area.y..<area.bottom]
    #expect(rows.contains { $0.contains(landscape.axes.x) })
    #expect(rows.contains { $0.contains(landscape.axes.y) })
  }

  @Test(arguments: ["80x24", "120x36"], [true, false]) func golden(_ size: String, _ unicode: Bool) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try surface(
      "saddle", width: parts[0], height: parts[1],
      appearance: Appearance(glyphs: unicode ? .braille : .ascii, depth: .none, isUnicode: unicode))
    explorer.seek(to: 24)
    try Golden.expect(
      explorer.rows().joined(separator: "\n") + "\n", with: "surface-\(size)\(unicode ? "" : "-ascii").txt")
  }

  @Test(arguments: [
    ("256", Appearance(theme: .dark, depth: .indexed256)),
    ("light", Appearance(theme: .light, depth: .direct)),
    ("8", Appearance(theme: .dark, depth: .ansi8)),
  ])
  func goldenColours(_ name: String, _ appearance: Appearance) throws {
    var explorer = try surface("saddle", width: 80, height: 24, appearance: appearance)
    explorer.seek(to: 24)
    try Golden.expect(
      AnsiWriter.text(of: explorer.frame(), depth: appearance.depth), with: "surface-\(name).ansi")
  }
}
