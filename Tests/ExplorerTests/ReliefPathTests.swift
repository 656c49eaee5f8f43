import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// What lies on the relief is what lies on the plot: the portrait's ways, ghosts, marks; and in pixels its edge is smooth.
@Suite struct ReliefPathTests {
  /// An explorer whose plots are drawn in pixels.
  private func drawn(
    _ landscape: String, _ optimizers: [String], steps: Int, width: Int = 100, height: Int = 30,
    _ change: (inout Scene) -> Void = { _ in }
  ) throws -> Explorer {
    let plain = try explorer(landscape, optimizers)
    var scene = Scene(
      name: landscape, title: "", caption: "", experiment: plain.race.experiment)
    change(&scene)
    var explorer = Explorer(
      scene: scene, appearance: Appearance(glyphs: .pixels, depth: .direct), width: width, height: height)
    explorer.handle(.showsPictures(true))
    explorer.seek(to: steps)
    return explorer
  }

  private func drawing(_ explorer: inout Explorer) throws -> PlotDrawing {
    try #require(
      explorer.frame().drawings.first { if case .image = $0.drawing.ground { true } else { false } }
    ).drawing
  }

  private func ways(_ drawing: PlotDrawing) -> [PlotDrawing.Way] {
    drawing.items.compactMap { if case .way(let way) = $0 { way } else { nil } }
  }

  private func signs(_ glyph: Glyph, _ drawing: PlotDrawing) -> Int {
    drawing.items.count { if case .sign(glyph, _, _) = $0 { true } else { false } }
  }

  /// A ghost is kept from every start, each with its way and its head.
  @Test func ghostsComeFromEveryStart() throws {
    var explorer = try drawn("bowl", ["sgd:lr=0.05"], steps: 12) {
      $0.experiment.starts = [Point(x: 1, y: 1), Point(x: -1, y: 1), Point(x: 0.5, y: -1)]
    }
    explorer.type("g v")
    let knob = try #require(explorer.knobs.first { $0.knob.key == "lr" })
    explorer.set(knob, to: 0.2)
    explorer.seek(to: 12)
    let drawing = try drawing(&explorer)
    let grey = ways(drawing).filter { $0.colour == drawing.palette.ghost }
    #expect(grey.count == 3 && grey.allSatisfy { $0.places.count > 3 })
    #expect(Set(grey.compactMap { $0.places.first?.x }).count == 3)
    let heads = drawing.items.compactMap { if case .head(let glyph, _, _) = $0 { glyph } else { nil } }
    #expect(heads.count { $0 == "a" } == 3 && heads.count { $0 == "1" } == 3)
  }

  /// Of a long run the recent 2048 steps are all on it, of those before every so many.
  @Test func recentStepsAreAllThere() throws {
    var explorer = try drawn("0.5*(x^2 + y^2)", ["sgd:lr=0.0004"], steps: 8000)
    let portrait = explorer.context.subject
    explorer.type("v")
    let view = try #require(explorer.view as? SurfaceView)
    let drawing = try drawing(&explorer)
    let way = try #require(ways(drawing).first)
    var kept: Portrait.Ground?
    let ground = Portrait(of: portrait, keeping: &kept).ground
    let projection = SurfaceProjection(
      Relief(ground), view.camera, columns: drawing.columns, rows: drawing.rows)
    let run = explorer.race.run(entry: 0)
    func isThere(_ step: Int) throws -> Bool {
      let row = try #require(run.history.index(at: step))
      let point = explorer.race.landscape.project(run.history.parameters(at: row))
      let place = projection.place(projection.relief.lifted(projection.relief.place(of: point)))
      return way.places.contains { abs($0.x - place.x) < 1e-9 && abs($0.y - place.y) < 1e-9 }
    }
    #expect(try isThere(0))
    for step in stride(from: 8000 - 2048, through: 8000, by: 31) { #expect(try isThere(step), "\(step)") }
    let older = try (1000..<1100).count { try isThere($0) }
    #expect(older > 20 && older < 80, "\(older)")
  }

  /// The overlays that hide ways and known points on the plot hide them here.
  @Test func overlaysHideWaysAndMarks() throws {
    var explorer = try drawn("double-well", ["sgd:lr=0.05", "adam:lr=0.1"], steps: 20)
    explorer.type("v")
    var seen = try drawing(&explorer)
    #expect(ways(seen).count == 2 && signs("+", seen) > 0 && signs("◆", seen) == 1)
    for (overlays, hasWays, hasMarks) in [
      (Set<Overlay>([.minima]), false, true), ([.trail], true, false), ([], false, false),
    ] {
      var explorer = try drawn("double-well", ["sgd:lr=0.05", "adam:lr=0.1"], steps: 20) {
        $0.overlays = Array(overlays)
      }
      explorer.type("v")
      seen = try drawing(&explorer)
      #expect(ways(seen).contains { $0.places.count > 1 } == hasWays, "\(overlays)")
      #expect((signs("+", seen) > 0) == hasMarks, "\(overlays)")
      #expect(signs("◆", seen) == 1)
    }
  }

  // MARK: The edge

  private func image(_ formula: String, _ camera: Camera) throws -> (ReliefImage, Palette) {
    let landscape = try Landscape(
      formula: formula, window: Window(x: -1...1, y: -1...1), start: Point(0.9, 0.9))
    let ground = Portrait.Ground(
      of: Portrait.Ground.Subject(landscape: landscape, step: 0, window: landscape.window, count: 10))
    let projection = SurfaceProjection(Relief(ground), camera, columns: 40, rows: 20)
    let palette = Palette(depth: .direct)
    return (ReliefImage(projection, ReliefLight(camera), palette), palette)
  }

  /// Along a straight edge that lies askew the cover of the parts follows the edge: the heights of columns, each the sum of
  /// their cover, lie on a line, to less than a part.
  @Test func theEdgeIsSmooth() throws {
    let camera = Camera(azimuth: 20, elevation: 60)
    let (image, palette) = try image("0*x + 1e-9*y", camera)
    let page = OKLab(palette.ground).lightness
    // Of a flat ground all that is seen of its top has one colour.
    let top = image.colours[image.rows / 3 * image.columns + image.columns / 2]
    func cover(_ colour: Colour) -> Double {
      let (a, b) = (Double(palette.ground.hex & 255), Double(top.hex & 255))
      return min(max((Double(colour.hex & 255) - a) / (b - a), 0), 1)
    }
    #expect(abs(OKLab(top).lightness - page) > 0.02)
    let columns = Array(image.columns * 3 / 8..<image.columns / 2)
    // How far down the upper edge is in each column.
    let edges = columns.map { x in
      (0..<image.rows / 2).reduce(0.0) { $0 + 1 - cover(image.colours[$1 * image.columns + x]) }
    }
    let slope = (edges[edges.count - 1] - edges[0]) / Double(edges.count - 1)
    #expect(abs(slope) > 0.1 && abs(slope) < 1)
    for (index, edge) in edges.enumerated() {
      #expect(abs(edge - edges[0] - slope * Double(index)) < 0.25, "\(index)")
    }
    // Stairs would have parts of the page and of the ground alone.
    let mixed = image.colours.count { (0.1...0.9).contains(cover($0)) }
    #expect(mixed > image.columns / 2)
  }

  /// It shows what the dots of the projection show: page, wall and ground are where they are.
  @Test func theImageIsTheProjection() throws {
    let camera = Camera(azimuth: 35, elevation: 40)
    let (image, palette) = try image("x^2 - y^2", camera)
    let landscape = try Landscape(
      formula: "x^2 - y^2", window: Window(x: -1...1, y: -1...1), start: Point(0.9, 0.9))
    let ground = Portrait.Ground(
      of: Portrait.Ground.Subject(landscape: landscape, step: 0, window: landscape.window, count: 10))
    let projection = SurfaceProjection(Relief(ground), camera, columns: 40, rows: 20)
    var counts: [SurfaceProjection.Seen: Int] = [:]
    for y in 1..<79 {
      for x in 1..<79 {
        let here = projection.seen[y * 80 + x]
        let around = (-1...1).flatMap { dy in (-1...1).map { projection.seen[(y + dy) * 80 + x + $0] } }
        guard around.allSatisfy({ $0 == here }) else { continue }
        let colour = image.colours[(y * 4 + 2) * image.columns + x * 4 + 2]
        switch here {
        case .nothing: #expect(colour == palette.ground)
        case .wall: #expect(colour == ReliefTones.wall(palette))
        case .surface: #expect(colour != palette.ground && colour != ReliefTones.wall(palette))
        }
        counts[here, default: 0] += 1
      }
    }
    #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 100 }, "\(counts)")
  }
}
