import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

/// Losses that were measured on a grid.
@Suite struct GridTests {
  struct Reference: Decodable {
    struct Case: Decodable {
      let point: [Double]
      let value: Double
      let gradient: [Double]
      let hessian: [Double]
    }
    let x: [Double]
    let y: [Double]
    let values: [[Double]]
    let cases: [Case]
  }

  static func reference() throws -> Reference {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Reference")
    return try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: folder.appending(path: "grid.json")))
  }

  /// A matrix with its axes.
  static func text(_ x: [Double], _ y: [Double], _ rows: [[Double]]) -> String {
    let lines = zip(y, rows).map { y, row in ([y] + row).map(\.description).joined(separator: ",") }
    return ([([""] + x.map(\.description)).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// SciPy's spline through a grid with unequal steps, at random points, nodes, edges and corners.
  @Test func agreesWithSciPy() throws {
    let reference = try Self.reference()
    let landscape = try GridFile(Self.text(reference.x, reference.y, reference.values)).landscape()
    let oracle = landscape.makeOracle()
    // The largest of each kind is what rounding is measured by.
    let scales: [Double] = [
      reference.cases.map(\.value.magnitude).max() ?? 1,
      reference.cases.flatMap(\.gradient).map(\.magnitude).max() ?? 1,
      reference.cases.flatMap(\.hessian).map(\.magnitude).max() ?? 1,
    ]
    #expect(reference.cases.count == 48)
    for sample in reference.cases {
      let (value, gradient, hessian) = look(oracle, sample.point)
      #expect((value - sample.value).magnitude <= 1e-13 * scales[0], "\(sample.point)")
      for (ours, theirs) in zip(gradient, sample.gradient) {
        #expect((ours - theirs).magnitude <= 1e-12 * scales[1], "\(sample.point)")
      }
      for (ours, theirs) in zip(hessian, [0, 1, 1, 2].map { sample.hessian[$0] }) {
        #expect((ours - theirs).magnitude <= 1e-12 * scales[2], "\(sample.point)")
      }
      #expect(oracle.evaluateValue(at: sample.point.span) == value)
    }
  }

  static let x = [-2.0, -1, 0, 1, 2]
  static let y = [0.0, 0.5, 1, 1.5]
  static let rows = y.map { y in x.map { x in x * x * x - 2 * x * y * y + 3 * y * y * y * x * x + y } }

  /// Without an assumption about the ends, what is cubic in each is met everywhere, in any steps.
  @Test func cubicsAreExact() throws {
    let x = [-2.0, -1.75, 0, 1, 2]
    let y = [0.0, 0.125, 1, 1.5]
    func f(_ x: Double, _ y: Double) -> Double { x * x * x - 2 * x * y * y + 3 * y * y * y * x * x + y }
    let landscape = try GridFile(Self.text(x, y, y.map { y in x.map { f($0, y) } })).landscape()
    for (px, py) in [(-1.9, 0.01), (0.4, 0.7), (1.99, 1.49), (-0.3, 0.1)] {
      let (value, gradient, hessian) = look(landscape.makeOracle(), [px, py])
      func isClose(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude < 1e-12 * max(1, b.magnitude) * 10 }
      #expect(isClose(value, f(px, py)))
      #expect(isClose(gradient[0], 3 * px * px - 2 * py * py + 6 * py * py * py * px))
      #expect(isClose(gradient[1], -4 * px * py + 9 * py * py * px * px + 1))
      #expect(isClose(hessian[0], 6 * px + 6 * py * py * py))
      #expect(isClose(hessian[1], -4 * py + 18 * py * py * px) && hessian[1] == hessian[2])
      #expect(isClose(hessian[3], -4 * px + 18 * py * px * px))
    }
  }

  /// One surface in every form that a file may have.
  @Test func everyFormIsTheSame() throws {
    let text = Self.text(Self.x, Self.y, Self.rows)
    let landscape = try GridFile(text).landscape()
    let turned = Self.text(Self.x.reversed(), Self.y.reversed(), Self.rows.reversed().map { $0.reversed() })
    var points: [String] = []
    for (y, row) in zip(Self.y, Self.rows) {
      for (x, loss) in zip(Self.x, row) { points.append("\(x),\(y),\(loss)") }
    }
    // In any order.
    let shuffled = points.indices.map { points[($0 * 7 + 3) % points.count] }
    let matrix = Self.rows.map { $0.map(\.description).joined(separator: ",") }.joined(separator: "\r\n")
    let named = shuffled.map { line in
      let parts = line.split(separator: ",")
      return "7,\(parts[2]),\(parts[1]),\(parts[0])"
    }
    let files: [(GridFile, String)] = [
      (GridFile(turned), "surface.csv"), (GridFile("y\\x" + text), "surface.csv"),
      (GridFile("x,y,loss\n" + shuffled.joined(separator: "\n") + "\n\n"), "surface.csv"),
      (GridFile("# x, y, z\n" + points.joined(separator: "\n")), "surface.csv"),
      (GridFile(shuffled.joined(separator: "\n")), "surface.csv"),
      (GridFile("run,loss,y,x\n" + named.joined(separator: "\n")), "surface.csv"),
      (GridFile("\u{feff}" + matrix), "surface.csv, x=-2:2, y=0:1.5"),
      (GridFile(npy: Self.rows), "a, b.npy,x=-2:2,y=0:1.5"),
      (GridFile(npy: Self.rows, type: ">f8", version: 2), "surface.npy, y=0:1.5, x=-2:2"),
      // These numbers are exact in 32 bits too.
      (GridFile(npy: Self.rows, type: "<f4"), "surface.npy, x=-2:2, y=0:1.5"),
      (GridFile(npy: Self.rows, type: ">f4", version: 3), "surface.npy, x=-2:2, y=0:1.5"),
      (
        GridFile(npy: Self.rows.reversed().map { $0.reversed() }), "surface.npy, x=2:-2, y=1.5:0"
      ),
    ]
    for (file, words) in files {
      let other = try file.landscape("grid(\(words))")
      for point in [[-2.0, 0], [0.3, 0.7], [2, 1.5], [1, 1]] {
        #expect(other.value(at: point).bitPattern == landscape.value(at: point).bitPattern, "\(words)")
        #expect(other.gradient(at: point) == landscape.gradient(at: point), "\(words)")
      }
      let again = try file.landscape(other.id)
      #expect(again == other && again.id == other.id && again.hashValue == other.hashValue)
      #expect(LandscapeText.isOne(other.id))
    }
    #expect(
      try files[7].0.landscape("grid( a, b.npy,x=-2:2,y=0:1.5 )").id == "grid(a, b.npy, x=-2:2, y=0:1.5)")
    let places = try GridFile(npy: Self.rows).landscape()
    #expect(places.value(at: [4, 3]) == Self.rows[3][4] && places.value(at: [4.01, 3]).isNaN)
  }

  @Test func beyondTheDataThereIsNothing() throws {
    let landscape = try GridFile(Self.text(Self.x, Self.y, Self.rows)).landscape()
    let oracle = landscape.makeOracle()
    for point in [[-2.0001, 1], [2.0001, 1], [0, -0.0001], [0, 1.5001], [.nan, 1], [0, .infinity]] {
      let (value, gradient, hessian) = look(oracle, point)
      #expect(value.isNaN && gradient.allSatisfy(\.isNaN) && hessian.allSatisfy(\.isNaN))
      // What is no place at all is not beyond the data: another reason made it so.
      let reason = landscape.reasonForNoValue(at: point)
      #expect(reason == (point.contains(where: \.isNaN) ? nil : "off the data"))
    }
    #expect(landscape.reasonForNoValue(at: [2, 1.5]) == nil)
    // The picture shows a margin in which there is nothing.
    #expect(landscape.window.x.lowerBound < -2 && landscape.window.y.upperBound > 1.5)
    #expect(landscape.value(at: landscape.start).isFinite)
    #expect(landscape.title == "surface.csv, interpolated")
    #expect(landscape.display == "bicubic spline through 5×4 values, x −2 … 2, y 0 … 1.5")
    #expect(landscape.problem.facts.map(\.name) == ["data", "spacing", "between", "outside"])
  }

  @Test func lanesAreEightOfOneRun() throws {
    let landscape = try GridFile(Self.text(Self.x, Self.y, Self.rows)).landscape()
    let x = Lanes(-2, -1.3, -0.2, 0, 0.6, 1.1, 2, 2.5)
    let y = Lanes(0, 0.2, 0.5, 0.77, 1, 1.5, 0.1, 0.1)
    let (values, gradients, hessians) = look(landscape.makeLanesOracle(), [x, y])
    for lane in 0..<8 {
      let (value, gradient, hessian) = look(landscape.makeOracle(), [x[lane], y[lane]])
      #expect(values[lane].bitPattern == value.bitPattern)
      #expect(gradients.map { $0[lane].bitPattern } == gradient.map(\.bitPattern))
      #expect(hessians.map { $0[lane].bitPattern } == hessian.map(\.bitPattern))
    }
  }

  /// A number in the corner is a loss, and may not be taken for part of x and y, which the rest may be.
  @Test func aNumberInTheCornerIsALoss() throws {
    let unclear = "0,1,2,3,4\n10,5,6,7,8\n20,9,10,11,12\n30,13,14,15,16\n40,17,18,19,20\n"
    let message =
      "the first row and the first column go one way each, so they may be x and y, or losses: if x and y, leave the "
      + "corner, 0, empty; if losses, say where they are, as in grid(…, x=0:4, y=0:4)"
    #expect(GridFile(unclear).fault() == "'surface.csv', \(message)")
    let losses = try GridFile(unclear).landscape("grid(surface.csv, x=0:4, y=0:4)")
    #expect(losses.value(at: [0, 0]) == 0 && losses.value(at: [2, 1]) == 6)
    let axes = try GridFile(String(unclear.dropFirst())).landscape()
    #expect(axes.value(at: [1, 10]) == 5 && axes.value(at: [4, 40]) == 20)
    // Either side alone may go one way: a matrix of losses.
    for text in [
      "0,1,2,3,4\n10,5,6,7,8\n20,9,10,11,12\n15,13,14,15,16\n40,17,18,19,20\n",
      "0,1,2,2,4\n10,5,6,7,8\n20,9,10,11,12\n30,13,14,15,16\n40,17,18,19,20\n",
      // No axis is that short.
      "0,1,2,3,4\n10,5,6,7,8\n20,9,10,11,12\n30,13,14,15,16\n",
    ] {
      #expect(try GridFile(text).landscape().value(at: [1, 1]) == 5, "\(text)")
    }
    // Going down is a way, too.
    #expect(
      GridFile("9,4,3,2,1\n40,5,6,7,8\n30,9,10,11,12\n20,13,14,15,16\n10,17,18,19,20\n").fault()
        .contains("leave the corner, 9, empty"))
  }

  @Test(arguments: [
    ("", "the file is empty; a row has the losses along x, separated by commas"),
    ("1 2 3 4\n", "line 1: a row has several numbers with commas between, got '1 2 3 4'"),
    ("a,b,c\n1,2,3\n", "line 1: the columns of a grid are x, y and loss, got 'a,b,c'"),
    ("1,2,3,4\n1,2,3\n", "line 2: 4 numbers are wanted, as in the first row, got 3"),
    ("1,2,3,4\n1,2,nan,4\n", "line 2: 'nan' is no finite number in column 3: \(hole)"),
    ("1,2,3,4\n1,,3,4\n", "line 2: there is no number in column 2: \(hole)"),
    (",1,2,3,4\n0,1,2,3,inf\n", "line 2: 'inf' is no finite number in column 5: \(hole)"),
    (",1,2,nan,4\n", "line 1: 'nan' is no finite number in column 4: \(hole)"),
    ("1,2,3,4\n\n1,2,3,4\n", "line 2: an empty line between rows; leave it out"),
    ("1,2,3,4\n1,2,3,4\n1,2,3,4\n", "a bicubic spline takes at least 4 different y, got 3"),
    (",1,2,3,4\n", "there is a row of x but none of losses"),
    (
      ",1,2,2,4\n0,1,2,3,4\n1,1,2,3,4\n2,1,2,3,4\n3,1,2,3,4\n",
      "x must go up or down all the way, got 2 beside 2"
    ),
    (
      ",1,2,3,4\n0,1,2,3,4\n1,1,2,3,4\n0.5,1,2,3,4\n3,1,2,3,4\n",
      "y must go up or down all the way, got 1 beside 0.5"
    ),
    ("x,y,loss\n0,0,1\n0,0,2\n", "line 3: the point x = 0, y = 0 is there twice"),
    (
      "x,y,loss\n0,0,1\n1,1,2\n",
      "a grid has a loss at every x for every y, here 2 times 2, got 2 rows; there is none at x = 1, y = 0"
    ),
    ("x,y,loss\n0,zero,1\n", "line 2: 'zero' is no finite number in column 2: \(hole)"),
    (
      ",0,1e-13,2e-13,3e-13\n0,1,2,3,4\n1,1,2,3,4\n2,1,2,3,4\n3,1,2,3,4\n",
      "x must be between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers, got 0 to 3e-13"
    ),
    (
      "1e308,-1e308,1e308,4\n1,2,3,4\n1,2,3,4\n1,2,3,4\n",
      "the losses are too large, or the points too close, for slopes between them"
    ),
  ])
  func aBadTableIsSaid(_ text: String, _ message: String) {
    #expect(GridFile(text).fault() == "'surface.csv', \(message)")
  }

  static let hole = "a spline needs a number at every point; fill the hole, or leave out its row or column"

  @Test func aBadArrayIsSaid() {
    let rows = Self.rows
    let advice = "save it as np.save(file, np.ascontiguousarray(a, dtype='<f8'))"
    var long = GridFile(npy: rows)
    long.bytes.append(0)
    var version = GridFile(npy: rows)
    version.bytes[6] = 4
    var nan = rows
    nan[2][1] = .nan
    for (file, message) in [
      (
        GridFile(npy: rows, type: "<i8"),
        "the numbers of the .npy file must be float32 or float64, got '<i8'; \(advice)"
      ),
      (
        GridFile(npy: rows, order: "True"),
        "the .npy file is in Fortran's order, column after column; \(advice)"
      ),
      (GridFile(npy: rows, shape: "20,"), "the array must have two dimensions, y and x, got the shape (20,)"),
      (
        GridFile(npy: rows, shape: "5, 2, 2"),
        "the array must have two dimensions, y and x, got the shape (5, 2, 2)"
      ),
      (
        GridFile(npy: rows, shape: "0, 5"),
        "the array must have two dimensions, y and x, got the shape (0, 5)"
      ),
      (
        GridFile(npy: rows, shape: "4, -5"),
        "the array must have two dimensions, y and x, got the shape (4, -5)"
      ),
      (
        GridFile(npy: rows, shape: "9223372036854775807, 9223372036854775807"),
        "more than 4000000 values, got 9223372036854775807 times 9223372036854775807"
      ),
      (GridFile(npy: rows, shape: "4, 6"), "the .npy file is cut short"),
      (long, "the .npy file is longer than its 4 times 5 numbers"),
      (version, "the .npy file is of version 4; 1 to 3 can be read"),
      (GridFile(npy: nan), "the loss at x = 1, y = 2 is nan: \(Self.hole)"),
    ] {
      #expect(file.fault() == "'surface.csv', \(message)")
    }
  }

  @Test(arguments: [
    ("grid()", "grid needs a file, such as grid(surface.csv) or grid(surface.npy, x=-2:2, y=-1:3)"),
    ("grid( , x=1:2)", "grid needs a file, such as grid(surface.csv) or grid(surface.npy, x=-2:2, y=-1:3)"),
    ("grid(a.csv, x=1)", "x of a grid takes its two ends, such as x=-2:2, got '1'"),
    ("grid(a.csv, y=1:1)", "y of a grid takes its two ends, such as y=-2:2, got '1:1'"),
    ("grid(a.csv, x=nan:1)", "x of a grid takes its two ends, such as x=-2:2, got 'nan:1'"),
    ("grid(a.csv, x=0:1, x=0:1)", "grid has 'x' twice"),
    ("grid(a.csv", "a landscape is written samples(…), network(…) or grid(…), to the last parenthesis"),
    ("grid(a.csv, x=0:1)", "'a.csv', x and y are in the file, so they cannot be given too"),
  ])
  func aBadTextIsSaid(_ text: String, _ message: String) {
    #expect(GridFile(Self.text(Self.x, Self.y, Self.rows)).fault(text) == message)
  }

  /// Whatever a file holds, it is a landscape or a sentence.
  @Test func brokenFilesAreSentences() throws {
    let whole = GridFile(npy: Self.rows).bytes
    for length in whole.indices {
      var file = GridFile("")
      file.bytes = Array(whole[..<length])
      #expect(!file.fault().isEmpty, "\(length) bytes")
    }
    var random = TextMutator(seed: 5)
    var text = GridFile("")
    let words = [",", "\n", "x,y,loss\n", "1e300", "\"", "#", ",,", "0,0,0\n"]
    for _ in 0..<600 {
      text = GridFile(random.mutated(Self.text(Self.x, Self.y, Self.rows), words: words))
      if let landscape = try? text.landscape() { #expect(landscape.value(at: landscape.start).isFinite) }
      var bytes = whole
      for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      text.bytes = bytes
      if let landscape = try? text.landscape() { #expect(landscape.value(at: landscape.start).isFinite) }
    }
  }
}
