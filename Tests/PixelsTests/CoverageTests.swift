import TestSupport
import Testing

@testable import Pixels

/// Coverage by the sums of edges, compared with areas that are computed otherwise.
struct CoverageTests {
  private typealias Place = SIMD2<Double>

  private func swept(
    _ coverage: inout Coverage, rule: Coverage.Rule = .nonZero, in box: PixelBox? = nil
  ) -> [Float] {
    var result = [Float](repeating: 0, count: coverage.width * coverage.height)
    let whole = PixelBox(left: 0, top: 0, width: coverage.width, height: coverage.height)
    let width = coverage.width
    coverage.sweep(in: box ?? whole, rule: rule) { column, row, covered in
      result[row * width + column] = covered
    }
    return result
  }

  /// The area of a convex polygon in a pixel, by cutting it at the four sides.
  private func area(of polygon: [Place], column: Int, row: Int) -> Double {
    var rest = polygon
    let sides: [(axis: Int, limit: Double, sign: Double)] = [
      (0, Double(column), 1), (0, Double(column + 1), -1), (1, Double(row), 1), (1, Double(row + 1), -1),
    ]
    for (axis, limit, sign) in sides {
      var cut: [Place] = []
      for (a, b) in zip(rest, rest.dropFirst() + rest.prefix(1)) {
        let (da, db) = (sign * (a[axis] - limit), sign * (b[axis] - limit))
        if da >= 0 { cut.append(a) }
        if da * db < 0 { cut.append(a + (b - a) * (da / (da - db))) }
      }
      rest = cut
    }
    return zip(rest, rest.dropFirst() + rest.prefix(1)).reduce(0) {
      $0 + ($1.0.x * $1.1.y - $1.0.y * $1.1.x) / 2
    }.magnitude
  }

  /// The farthest by which a coverage is beside what it should be, in any pixel.
  private func deviation(of found: [Float], width: Int, wanted: (Int, Int) -> Double) -> Double {
    found.indices.map { abs(Double(found[$0]) - wanted($0 % width, $0 / width)) }.max() ?? 0
  }

  /// The share of a pixel whose places lie within a distance of something.
  private func share(column: Int, row: Int, _ isInside: (Place) -> Bool) -> Double {
    let count = 16
    var inside = 0
    for y in 0..<count {
      for x in 0..<count {
        let place = Place(
          Double(column) + (Double(x) + 0.5) / Double(count), Double(row) + (Double(y) + 0.5) / Double(count))
        if isInside(place) { inside += 1 }
      }
    }
    return Double(inside) / Double(count * count)
  }

  private func distance(_ place: Place, _ line: [Place]) -> Double {
    zip(line, line.dropFirst()).map { a, b in
      let along = b - a
      let square = (along * along).sum()
      let share = square > 0 ? min(1, max(0, ((place - a) * along).sum() / square)) : 0
      let miss = place - (a + share * along)
      return (miss * miss).sum().squareRoot()
    }.min() ?? .infinity
  }

  @Test func aRectangleCoversWhatItCovers() {
    var coverage = Coverage(width: 6, height: 5)
    coverage.polygon([Place(1.25, 0.5), Place(4.5, 0.5), Place(4.5, 3.75), Place(1.25, 3.75)])
    let found = swept(&coverage)
    let across: [Float] = [0, 0.75, 1, 1, 0.5, 0]
    let down: [Float] = [0.5, 1, 1, 0.75, 0]
    for row in 0..<5 {
      for column in 0..<6 {
        #expect(abs(found[row * 6 + column] - across[column] * down[row]) < 1e-5, "\(column) \(row)")
      }
    }
    // Nothing is left of it.
    #expect(swept(&coverage).allSatisfy { $0 == 0 })
  }

  /// Triangles in and around the picture, to four digits, whichever way they go around.
  @Test func trianglesAreExact() {
    var random = SplitMix64(state: 7)
    func place() -> Place {
      Place(Double.random(in: -12...32, using: &random), Double.random(in: -12...28, using: &random))
    }
    for _ in 0..<200 {
      let triangle = [place(), place(), place()]
      var coverage = Coverage(width: 20, height: 16)
      coverage.polygon(triangle)
      let found = swept(&coverage)
      // What is less than a thousandth is left out.
      #expect(
        deviation(of: found, width: 20) { area(of: triangle, column: $0, row: $1) } < 1.1e-3, "\(triangle)")
    }
  }

  @Test func aHoleIsNotCovered() {
    func ring(_ low: Double, _ high: Double) -> [Place] {
      [Place(low, low), Place(high, low), Place(high, high), Place(low, high)]
    }
    for inner in [ring(3, 6), Array(ring(3, 6).reversed())] {
      var coverage = Coverage(width: 9, height: 9)
      coverage.polygon(ring(1, 8))
      coverage.polygon(inner)
      let found = swept(&coverage, rule: .evenOdd)
      #expect(found[4 * 9 + 4] == 0 && found[2 * 9 + 2] == 1 && found[0] == 0)
      #expect(found.reduce(0, +) == 49 - 9)
    }
  }

  @Test(arguments: [0.6, 1, 2.5, 4, 11]) func discsAreRound(radius: Double) {
    let middle = Place(13.3, 12.8)
    var coverage = Coverage(width: 27, height: 26)
    coverage.disc(at: middle, radius: radius)
    let found = swept(&coverage)
    let worst = deviation(of: found, width: 27) { column, row in
      share(column: column, row: row) {
        let step = $0 - middle
        return (step * step).sum() < radius * radius
      }
    }
    #expect(worst < 0.04)
    let area = Double(found.reduce(0, +))
    #expect(abs(area / (.pi * radius * radius) - 1) < 0.04)
  }

  /// Lines with turns of all kinds, compared with the distance from the line.
  @Test(
    arguments: [
      [SIMD2(4.2, 5.1), SIMD2(30.7, 21.3)],
      [SIMD2(4, 6), SIMD2(20, 6), SIMD2(20, 24)],
      [SIMD2(5, 5), SIMD2(30, 12), SIMD2(6, 20), SIMD2(31, 27)],
      [SIMD2(8, 8), SIMD2(8, 8), SIMD2(20, 9), SIMD2(21, 20), SIMD2(18, 24), SIMD2(13, 25), SIMD2(10, 22)],
      [SIMD2(6, 15), SIMD2(28, 15), SIMD2(17, 15)],
      [SIMD2(17.5, 15.5), SIMD2(17.5, 15.5)],
    ], [false, true]) func strokesAreAsWideAsTheyShouldBe(line: [SIMD2<Double>], isClosed: Bool)
  {
    let drawn = isClosed ? line + line.prefix(1) : line
    for width in [1.3, 2, 5] {
      var coverage = Coverage(width: 36, height: 32)
      coverage.stroke(line, width: width, isClosed: isClosed)
      let found = swept(&coverage)
      func wanted(_ column: Int, _ row: Int) -> Double {
        let middle = distance(Place(Double(column) + 0.5, Double(row) + 0.5), drawn)
        // Further from its edge than half the diagonal of a pixel.
        if abs(middle - width / 2) > 0.75 { return middle < width / 2 ? 1 : 0 }
        return share(column: column, row: row) { distance($0, drawn) < width / 2 }
      }
      let misses = found.indices.map { Double(found[$0]) - wanted($0 % 36, $0 / 36) }
      // Nowhere too thin. Where two segments come together their edges may share a pixel, and the sum is more than both
      // cover: there alone it may be too much.
      #expect(misses.allSatisfy { $0 > -0.05 && $0 <= 0.51 }, "width \(width)")
      for index in found.indices where misses[index] > 0.05 {
        let place = Place(Double(index % 36) + 0.5, Double(index / 36) + 0.5)
        let near = zip(drawn, drawn.dropFirst()).filter { distance(place, [$0, $1]) < width / 2 + 1 }
        #expect(near.count > 1, "width \(width) at \(place): \(misses[index])")
      }
    }
  }

  /// Where a closed line begins is a turn like any other.
  @Test func aClosedLineHasNoEnds() {
    let ring = [Place(5, 5), Place(20, 5), Place(20, 18), Place(5, 18)]
    var closed = Coverage(width: 26, height: 24)
    closed.stroke(ring, width: 3, isClosed: true)
    let found = swept(&closed)
    for (column, row) in [(3, 3), (4, 3), (3, 4), (5, 5), (6, 6)] {
      let corners = [(column, row), (24 - column, row), (column, 22 - row), (24 - column, 22 - row)]
      #expect(Set(corners.map { (found[$0.1 * 26 + $0.0] * 1000).rounded() }).count == 1)
    }
  }

  /// A line from beyond all numbers of pixels looks as one from nearby in the same direction.
  @Test func farPlacesCostNothingAndMoveNothing() {
    var near = Coverage(width: 30, height: 30)
    near.stroke([Place(-60, -30), Place(100, 50)], width: 4)
    let wanted = swept(&near)
    for far in [1e3, 1e6, 1e9] {
      var coverage = Coverage(width: 30, height: 30)
      coverage.stroke([Place(-2 * far, -far), Place(2 * far, far)], width: 4)
      #expect(zip(swept(&coverage), wanted).allSatisfy { abs($0 - $1) < 1e-3 }, "\(far)")
    }
    // Places of which not even the nearest pixel is known are no obstacle.
    var farthest = Coverage(width: 30, height: 30)
    farthest.stroke([Place(-1e300, -1e300), Place(1e300, 1e300), Place(-1e300, 1e299)], width: 4)
    #expect(swept(&farthest).allSatisfy { (0...1).contains($0) })
    var broken = Coverage(width: 30, height: 30)
    broken.stroke(
      [Place(.nan, 3), Place(10, 10), Place(.infinity, 10), Place(20, 20), Place(25, 20)], width: 2)
    broken.polygon([Place(.nan, 0), Place(.infinity, 5), Place(3, 1e308)])
    broken.disc(at: Place(.infinity, 0), radius: 5)
    broken.disc(at: Place(1, 1), radius: .nan)
    let found = swept(&broken)
    #expect(found[20 * 30 + 22] > 0.9 && found[10 * 30 + 10] == 0)
  }

  @Test func onlyTheBoxIsSwept() {
    var coverage = Coverage(width: 20, height: 20)
    coverage.polygon([Place(-5, -5), Place(30, -5), Place(30, 30), Place(-5, 30)])
    let found = swept(&coverage, in: PixelBox(left: 3, top: 4, width: 5, height: 6))
    #expect(found.filter { $0 == 1 }.count == 30 && found[4 * 20 + 3] == 1 && found[4 * 20 + 2] == 0)
    #expect(swept(&coverage).allSatisfy { $0 == 0 })
  }
}
