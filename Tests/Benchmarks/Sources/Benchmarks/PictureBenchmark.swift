import CBaseline
import Canvas
import Experiments
import Explorer
import Landscapes
import OptimizerCore
import Pixels
import Scenes

/// Milliseconds of one piece of the picture.
struct PictureResult: Encodable {
  /// What is drawn.
  let name: String
  /// Milliseconds.
  let milliseconds: Double
  /// The same in C, where there is a baseline.
  var c: Double?
  /// What it may take at most, where something is promised.
  var target: Double?

  /// Against C.
  var ratio: Double? { c.map { milliseconds / $0 } }
}

/// The landscape and the frames of the explorer, on Rosenbrock's valley.
struct PictureBenchmark {
  private static let optimizers = [
    "sgd:lr=0.001", "momentum:lr=0.0005", "nesterov:lr=0.0005", "adam:lr=0.02", "rmsprop:lr=0.005",
  ]
  private static let step = 400
  private static let (columns, rows) = (200, 120)

  /// One thing to draw: its name, its target in milliseconds, the work, and the same in C.
  private struct Piece {
    let name: String
    var target: Double?
    let work: (Int) -> Void
    var c: ((Int) -> Void)?
  }

  /// Times the pieces whose names pass the filter.
  func time(where isWanted: (String) -> Bool) -> (results: [PictureResult], timings: [Timing]) {
    var results: [PictureResult] = []
    var all: [Timing] = []
    for piece in Self.pieces() where isWanted(piece.name) {
      let timings = Timing.measure([piece.work] + (piece.c.map { [$0] } ?? []))
      results.append(
        PictureResult(
          name: piece.name, milliseconds: timings[0].best / 1e6,
          c: piece.c == nil ? nil : timings[1].best / 1e6, target: piece.target))
      all += timings
    }
    return (results, all)
  }

  private static func pieces() -> [Piece] {
    guard let landscape = LandscapeCatalog.named("rosenbrock") else {
      preconditionFailure("the catalog has Rosenbrock's valley")
    }
    return [field(of: landscape), contours(of: landscape)] + pixels(of: landscape)
      + [(200, 60), (120, 36)].flatMap { frames(of: landscape, width: $0.0, height: $0.1) }
  }

  private static func field(of landscape: Landscape) -> Piece {
    let window = landscape.window
    let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: columns * rows)
    values.initialize(repeating: 0)
    func sampleInC() {
      baseline_field(
        values.baseAddress, Int32(columns), Int32(rows), window.x.lowerBound, window.x.upperBound,
        window.y.lowerBound, window.y.upperBound)
    }
    sampleInC()
    let field = landscape.field(columns: columns, rows: rows, window: window)
    precondition(
      zip(values, field.values).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) },
      "the C baseline must sample the same field")
    return Piece(
      name: "field \(columns)x\(rows)", target: 5,
      work: { count in
        for _ in 0..<count { keep(landscape.field(columns: columns, rows: rows, window: window).maximum) }
      },
      c: { count in for _ in 0..<count { sampleInC() } })
  }

  private static func contours(of landscape: Landscape) -> Piece {
    let field = landscape.field(columns: columns, rows: rows, window: landscape.window)
    let levels = Levels.levels(for: field, spacing: landscape.spacing, count: 10)
    return Piece(name: "contours \(columns)x\(rows), \(levels.count) levels") { count in
      for _ in 0..<count {
        for level in levels { keep(ContourTracer.contours(of: field, level: level).count) }
      }
    }
  }

  /// The picture in pixels: the ground with its contour lines, and the trails of five optimizers with an outline, a dot a
  /// step and a head.
  private static func pixels(of landscape: Landscape) -> [Piece] {
    let (width, height) = (740, 580)
    let window = landscape.window
    func place(_ point: Point) -> SIMD2<Double> {
      SIMD2(
        (point.x - window.x.lowerBound) / window.width * Double(width),
        (window.y.upperBound - point.y) / window.height * Double(height))
    }
    var race = Race(Experiment(landscape: landscape, entries: entries, starts: [landscape.start]))
    race.seek(to: step)
    let trails = race.runs.map { run in
      (0..<run.history.count).map { place(landscape.project(run.history.parameters(at: $0))) }
    }
    precondition(trails.count == 5 && trails.allSatisfy { $0.count == step + 1 }, "five whole trails")
    let palette = Palette()
    let ramp = ColourRamp(palette)
    var ground = PixelPainter(width: width, height: height)
    var moving = ground
    return [
      Piece(name: "pixels: ground \(width)x\(height), landscape fresh", target: 12) { count in
        for _ in 0..<count {
          let field = landscape.field(columns: columns, rows: rows, window: window)
          let levels = Levels(field: field, spacing: landscape.spacing, count: 10)
          let shades = field.values.map { levels.shade(of: $0).map { Float($0) } ?? .nan }
          ground.shade(
            ShadeField(columns: columns, rows: rows, shades: shades), in: ground.image.bounds, ramp: ramp)
          for level in levels.values {
            for line in ContourTracer.contours(of: field, level: level) {
              ground.stroke(
                [line.points.map(place)], width: 1.3, isClosed: line.isClosed, colour: palette.text,
                opacity: 0.25)
            }
          }
          keep(ground.image.width)
        }
      },
      Piece(name: "pixels: trails \(width)x\(height)", target: 4) { count in
        for _ in 0..<count {
          moving.erase()
          for (index, trail) in trails.enumerated() {
            let colour = palette.entry(index)
            moving.stroke([trail], width: 7, colour: palette.ground, opacity: 0.6)
            moving.stroke([trail], width: 5, colour: colour, opacity: 0.7)
            moving.discs(at: trail, radius: 4, colour: colour)
            moving.discs(at: Array(trail.suffix(1)), radius: 12, colour: colour)
          }
          keep(moving.image.width)
        }
      },
    ]
  }

  private static var entries: [Entry] {
    Entry.entries(
      optimizers.map { text in
        guard let spec = try? OptimizerSpec(text) else { preconditionFailure("'\(text)' is a spec") }
        return spec
      })
  }

  private static func frames(of landscape: Landscape, width: Int, height: Int) -> [Piece] {
    let scene = Scene(
      name: "valley", title: landscape.title, caption: landscape.watch,
      experiment: Experiment(landscape: landscape, entries: entries, starts: [landscape.start]), speed: 60)
    var fresh = Explorer(
      scene: scene, appearance: Appearance(depth: .direct), width: width, height: height)
    fresh.seek(to: step)
    var cached = fresh
    keep(cached.frame().width)
    var playing = cached
    playing.handle(.key(.character(" ")))
    precondition(playing.isAnimating, "space plays")
    // A copy that has drawn nothing yet samples the landscape anew.
    let undrawn = fresh
    let size = "\(width)x\(height)"
    return [
      Piece(name: "frame \(size)", target: size == "200x60" ? 2 : nil) { count in
        for _ in 0..<count { keep(cached.frame().width) }
      },
      Piece(name: "frame \(size), landscape fresh") { count in
        for _ in 0..<count {
          var copy = undrawn
          keep(copy.frame().width)
        }
      },
      Piece(name: "step and frame \(size)", target: size == "120x36" ? 1000.0 / 60 / 10 : nil) { count in
        // Now and then from step 400 again, so that the trails do not grow with the patience of the measurement.
        for done in 0..<count {
          if done % 64 == 0 {
            playing = cached
            playing.handle(.key(.character(" ")))
          }
          // A little more than a step lasts, so that rounding never leaves one out.
          playing.advance(by: 1.0001 / 60)
          keep(playing.frame().width)
        }
      },
    ]
  }

  /// Takes a result, so that the optimizer cannot leave out what made it.
  @inline(never)
  private static func keep<Value>(_ value: Value) {}
}
