import Canvas
import OptimizerCore

/// Lines in the pixels of a figure.
enum PixelPath {
  /// A place in pixels, from the left and from the top.
  typealias Place = SIMD2<Double>

  /// A rectangle of pixels.
  struct Box: Sendable {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }

    func contains(_ place: Place, margin: Double = 0) -> Bool {
      place.x >= left + margin && place.x <= right - margin && place.y >= top + margin
        && place.y <= bottom - margin
    }

    /// The rectangle with something added on every side.
    func grown(by margin: Double) -> Box {
      Box(left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin)
    }
  }

  /// The line without the corners that lie nearer than a tolerance to what remains (Douglas and Peucker 1973).
  static func simplified(_ line: [Place], tolerance: Double) -> [Place] {
    guard line.count > 2 else { return line }
    var keep = [Bool](repeating: false, count: line.count)
    keep[0] = true
    keep[line.count - 1] = true
    var open = [(0, line.count - 1)]
    while let (first, last) = open.popLast() {
      var farthest = (index: first, distance: tolerance)
      for index in (first + 1)..<max(last, first + 1) {
        let distance = distance(from: line[index], to: line[first], line[last])
        if distance > farthest.distance { farthest = (index, distance) }
      }
      guard farthest.index != first else { continue }
      keep[farthest.index] = true
      open.append((first, farthest.index))
      open.append((farthest.index, last))
    }
    return line.indices.filter { keep[$0] }.map { line[$0] }
  }

  /// The distance of a place from a segment.
  static func distance(from place: Place, to a: Place, _ b: Place) -> Double {
    let along = b - a
    let square = (along * along).sum()
    guard square > 0 else { return length(place - a) }
    let share = min(1, max(0, ((place - a) * along).sum() / square))
    return length(place - (a + share * along))
  }

  static func length(_ step: Place) -> Double { Elementary.hypot(step.x, step.y) }

  /// The parts of a line inside a box, in order. A segment that leaves it is cut there: its direction stays. One between
  /// two places more than 1e9 pixels away is left out, because rounding would decide where it passes.
  static func clipped(_ line: [Place], to box: Box) -> [[Place]] {
    var parts: [[Place]] = []
    var part: [Place] = []
    func finish() {
      if part.count > 1 { parts.append(part) }
      part = []
    }
    for (a, b) in zip(line, line.dropFirst()) {
      guard let (start, end) = segment(a, b, in: box) else {
        finish()
        continue
      }
      if part.last != start {
        finish()
        part = [start]
      }
      part.append(end)
      if end != b { finish() }
    }
    finish()
    return parts
  }

  /// The part of a segment inside a box (Liang and Barsky 1984), nil if there is none.
  private static func segment(_ a: Place, _ b: Place, in box: Box) -> (Place, Place)? {
    if box.contains(a), box.contains(b) { return (a, b) }
    guard let (from, to) = comparable(a, b) else { return nil }
    let along = to - from
    var (enter, leave) = (0.0, 1.0)
    let sides = [
      (-along.x, from.x - box.left), (along.x, box.right - from.x), (-along.y, from.y - box.top),
      (along.y, box.bottom - from.y),
    ]
    for (speed, room) in sides {
      if speed == 0 {
        if room < 0 { return nil }
      } else if speed < 0 {
        enter = max(enter, room / speed)
      } else {
        leave = min(leave, room / speed)
      }
    }
    guard enter < leave else { return nil }
    return (enter > 0 ? from + enter * along : from, leave < 1 ? from + leave * along : to)
  }

  /// The segment with an end that is very far away drawn nearer, in its direction. Nil where both are so far that rounding
  /// decides where between them it passes.
  private static func comparable(_ a: Place, _ b: Place) -> (Place, Place)? {
    func isFar(_ place: Place) -> Bool { !(max(place.x.magnitude, place.y.magnitude) <= 1e9) }
    func nearer(_ far: Place, from near: Place) -> Place? {
      // Halves, because the difference of large numbers may be too large.
      let along = far / 2 - near / 2
      let size = max(along.x.magnitude, along.y.magnitude)
      return size.isFinite ? near + along / size * 1e10 : nil
    }
    switch (isFar(a), isFar(b)) {
    case (false, false): return (a, b)
    case (false, true): return nearer(b, from: a).map { (a, $0) }
    case (true, false): return nearer(a, from: b).map { ($0, b) }
    case (true, true): return nil
    }
  }

  /// The `d` of a path through places.
  static func data(_ line: [Place], isClosed: Bool = false) -> String {
    var text = ""
    for (index, place) in line.enumerated() {
      text += index == 0 ? "M" : "L"
      text += "\(SVGText.decimal(place.x)) \(SVGText.decimal(place.y))"
    }
    return text + (isClosed ? "Z" : "")
  }
}
