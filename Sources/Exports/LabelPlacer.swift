import Canvas
import OptimizerCore
import Pixels

/// Finds places for the labels of contour lines: where the line is nearly straight, and where nothing else is drawn.
struct LabelPlacer {
  typealias Place = PixelPath.Place

  /// A label on a line.
  struct Label {
    /// The middle of the text.
    var place: Place
    /// The direction of the text, in degrees, never upside down.
    var degrees: Double
    /// The part of the line that gives way to it, as lengths along the line from its first corner.
    var gap: ClosedRange<Double>
    /// Whether it may lie over the lines around it.
    var isOver = false
  }

  /// The height of a label in pixels.
  static let height = 11.0
  /// The room on both sides of a label, in pixels.
  static let margin = 3.0

  /// What is drawn in each square of so many pixels: nothing, one thing, or several.
  private static let unit = 3.0
  private static let several = Int32(-1)
  private let box: Box
  private let columns: Int
  private var squares: [Int32]
  private var placed: [(line: Int32, place: Place)] = []

  /// Room for labels in a box of pixels.
  init(box: Box) {
    self.box = box
    columns = Int(clamped: box.width / LabelPlacer.unit) + 1
    squares = [Int32](repeating: 0, count: columns * (Int(clamped: box.height / LabelPlacer.unit) + 1))
  }

  private func square(_ place: Place) -> Int? {
    guard box.contains(place) else { return nil }
    return Int(clamped: (place.y - box.top) / LabelPlacer.unit) * columns
      + Int(clamped: (place.x - box.left) / LabelPlacer.unit)
  }

  /// Whether a place is in the box and nothing is drawn there.
  func isFree(_ place: Place) -> Bool { square(place).map { squares[$0] == 0 } ?? false }

  /// Marks a line as drawn; `thing` tells it from others and is not 0.
  mutating func occupy(_ line: [Place], thing: Int32) {
    for (a, b) in zip(line, line.dropFirst()) {
      let steps = max(1, min(4096, Int(clamped: PixelPath.length(b - a) / 2)))
      for step in 0...steps { occupy(a + (b - a) * (Double(step) / Double(steps)), thing: thing) }
    }
  }

  /// Marks a place as drawn on.
  mutating func occupy(_ place: Place, thing: Int32) {
    guard let square = square(place) else { return }
    let there = squares[square]
    squares[square] = there == 0 || there == thing ? thing : LabelPlacer.several
  }

  /// How well a label has to fit.
  enum Fit {
    /// So that it is worth having, and no line runs through it.
    case good
    /// Over the line, however bent, and over what the placer has not been told of.
    case over
  }

  /// The best place on a line for a text of a width in pixels; nil where there is none that fits.
  mutating func place(
    width: Double, on line: [Place], isClosed: Bool, thing: Int32, _ fit: Fit = .good
  ) -> Label? {
    let walk = Walk(line, isClosed: isClosed)
    let half = width / 2 + LabelPlacer.margin
    guard walk.length > (fit == .good ? 4 : 2) * half else { return nil }
    let straight = (fit == .good ? 1.94 : 1) * half
    var best: (label: Label, cost: Double)?
    var middle = half
    while middle <= walk.length - half {
      defer { middle += 4 }
      let (a, b) = (walk.place(at: middle - half), walk.place(at: middle + half))
      let chord = PixelPath.length(b - a)
      // A bent line would run through its label.
      guard chord > straight else { continue }
      let place = walk.place(at: middle)
      guard box.contains(place, margin: 8), box.contains(a, margin: 4), box.contains(b, margin: 4) else {
        continue
      }
      let direction = (b - a) / chord
      var cost = 3 * direction.y.magnitude
      guard let crowding = crowding(around: place, direction, half, thing) else { continue }
      guard fit == .over || !walk.comesBack(to: place, direction, half, at: middle) else { continue }
      cost += 20 * crowding
      for other in placed {
        let distance = PixelPath.length(other.place - place)
        let wanted = other.line == thing ? 160.0 : 48
        if distance < wanted { cost += 6 * (1 - distance / wanted) }
      }
      if cost < best?.cost ?? (fit == .good ? 12 : .infinity) {
        let upright = direction.x < 0 ? -direction : direction
        let degrees = Elementary.atan2(upright.y, upright.x) * 180 / .pi
        best = (
          Label(place: place, degrees: degrees, gap: (middle - half)...(middle + half), isOver: fit == .over),
          cost
        )
      }
    }
    guard let best else { return nil }
    placed.append((thing, best.label.place))
    // The label is in the way of others.
    occupyLabel(best.label, half: half)
    return best.label
  }

  /// How much of what surrounds a label other things cover, from 0 to 1; nil where one runs through its text.
  private func crowding(
    around place: Place, _ direction: Place, _ half: Double, _ thing: Int32
  ) -> Double? {
    let across = Place(-direction.y, direction.x)
    var (total, taken) = (0.0, 0.0)
    var along = -half
    while along <= half {
      for offset in [-8.0, -5, -2.5, 0, 2.5, 5, 8] {
        total += 1
        let found = square(place + along * direction + offset * across).map { squares[$0] } ?? -1
        guard found != 0, found != thing else { continue }
        if offset.magnitude <= LabelPlacer.height / 2 { return nil }
        taken += 1
      }
      along += 2.5
    }
    return taken / total
  }

  private mutating func occupyLabel(_ label: Label, half: Double) {
    let angle = label.degrees * .pi / 180
    let along = Place(Elementary.cos(angle), Elementary.sin(angle)) * half
    let across = Place(-along.y, along.x) / half * (LabelPlacer.height / 2)
    for share in [-1.0, -0.5, 0, 0.5, 1] {
      occupy(
        [label.place - along + share * across, label.place + along + share * across],
        thing: LabelPlacer.several)
    }
  }

  /// A line by its length.
  struct Walk {
    private let line: [Place]
    private let lengths: [Double]

    init(_ line: [Place], isClosed: Bool) {
      self.line = isClosed ? line + line.prefix(1) : line
      var lengths: [Double] = [0]
      for (a, b) in zip(self.line, self.line.dropFirst()) {
        lengths.append((lengths.last ?? 0) + PixelPath.length(b - a))
      }
      self.lengths = lengths
    }

    var length: Double { lengths.last ?? 0 }

    /// The last corner at or before a length.
    private func corner(before length: Double) -> Int {
      var (low, high) = (0, line.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if lengths[middle] <= length { low = middle } else { high = middle - 1 }
      }
      return low
    }

    /// The place at a length from the first corner.
    func place(at length: Double) -> Place {
      let index = corner(before: length)
      guard index + 1 < line.count, lengths[index + 1] > lengths[index] else { return line[index] }
      let share = (length - lengths[index]) / (lengths[index + 1] - lengths[index])
      return line[index] + min(1, max(0, share)) * (line[index + 1] - line[index])
    }

    /// Whether the line, away from the part around a length, runs through a text there.
    func comesBack(to place: Place, _ direction: Place, _ half: Double, at middle: Double) -> Bool {
      line.indices.contains { index in
        guard abs(lengths[index] - middle) > half else { return false }
        let step = line[index] - place
        return abs((step * direction).sum()) < half - LabelPlacer.margin
          && abs(step.x * direction.y - step.y * direction.x) < 0.5 * LabelPlacer.height + 1
      }
    }

    /// The corners between two lengths, with places at both ends.
    func part(from start: Double, to end: Double) -> [Place] {
      let inside = line.indices.filter { lengths[$0] > start && lengths[$0] < end }.map { line[$0] }
      return [place(at: start)] + inside + [place(at: end)]
    }
  }
}

extension LabelPlacer {
  /// Marks a disc as drawn on.
  mutating func occupyDisc(_ middle: Place, radius: Double, thing: Int32) {
    guard box.grown(by: radius).contains(middle) else { return }
    var offset = -radius
    while offset <= radius {
      let half = (radius * radius - offset * offset).squareRoot()
      occupy(
        [middle + Place(-half, offset), middle + Place(half, offset)], thing: thing)
      offset += LabelPlacer.unit / 2
    }
  }
}
