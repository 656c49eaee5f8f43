import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// A step drawn on the landscape: gradients, moments and the step itself as arrows, probes and slow points as letters.
///
/// Ways are drawn as long as they are, and gradients as the way −ηg that they would make alone, so that arrows of one step
/// and of different steps can be compared. What is too short to be seen has a dashed arrow of three cells, and the legend
/// says so. Only what is measured in units of its own, and gradients of rules without a learning rate, have a factor, which
/// is in the legend.
struct StepPicture {
  /// An arrow, or a place where it has no length of its own.
  struct Mark {
    let symbol: String
    let quantity: Quantity
    /// Where the arrow begins, as a point of the picture; nil for a place.
    let origin: Point?
    /// How far from there, in the units of the arrow: terms stand one at the end of the other.
    var offset = Point(0, 0)
    /// What it points along, or the place.
    let vector: Point
    let family: Family
    /// What stands before the symbol where the arrow is not of the quantity itself: `−η `.
    var prefix = ""

    /// A gradient as the way that a learning rate makes of it; anything else as it is.
    func asWay(rate: Double?) -> Mark {
      guard family == .gradients, let rate else { return self }
      return Mark(
        symbol: symbol, quantity: quantity, origin: origin,
        vector: Point(x: -rate * vector.x, y: -rate * vector.y), family: .ways, prefix: "−η ")
    }
  }

  /// Arrows that share a factor.
  enum Family: Hashable {
    /// Gradients and averages of them, where no learning rate makes ways of them.
    case gradients
    /// Ways that the point goes, or would go.
    case ways
    /// What is measured in units of its own.
    case own(String)
  }

  private let marks: [Mark]
  /// Where the step began.
  private let start: Point?

  /// The share of the plot's smaller side that the longest arrow of a family takes at most.
  private static let share = 0.42
  /// A way shorter than so many rows, which is two columns, is too short to be drawn.
  private static let shortest = 1.0

  /// What a moment has computed so far.
  init(_ moment: StepMoment) {
    guard moment.step > 0 else {
      marks = []
      start = nil
      return
    }
    let landscape = moment.landscape
    let dimension = landscape.dimension
    let before = landscape.project(moment.before)
    let whole = zip(moment.after, moment.before).map { $0 - $1 }
    let rate = moment.optimizer.learningRate.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    var marks: [Mark] = []
    var origin = before
    func add(_ symbol: String, _ quantity: Quantity, _ drawing: Drawing?, _ values: [Double]) {
      guard values.count == dimension, values.allSatisfy(\.isFinite) else { return }
      switch drawing {
      case .point:
        let place = landscape.project(values)
        marks.append(Mark(symbol: symbol, quantity: quantity, origin: nil, vector: place, family: .ways))
      case .arrow:
        let family: Family =
          if values == whole || quantity == .decay { .ways } else if quantity == .gradient {
            .gradients
          } else if quantity == .moment, !StepPicture.ownUnits.contains(symbol) { .gradients } else {
            .own(symbol)
          }
        marks.append(
          Mark(
            symbol: symbol, quantity: quantity, origin: quantity == .gradient ? origin : before,
            vector: landscape.component(of: values), family: family
          ).asWay(rate: rate))
      default: break
      }
    }
    for (index, line) in moment.lines.enumerated() where moment.isComputed(index) {
      if line.symbol == "θ" {
        guard line.values.count == dimension, index == moment.lines.lastIndex(where: { $0.symbol == "θ" })
        else { continue }
        let way = landscape.component(of: zip(line.values, moment.before).map { $0 - $1 })
        marks.append(Mark(symbol: "θ", quantity: .step, origin: before, vector: way, family: .ways))
        continue
      }
      add(line.symbol, line.quantity, line.drawing, line.values)
      // A gradient is taken at the probe where there is one.
      if line.role == .probe, line.values.count == dimension {
        origin = landscape.project(line.values)
      }
    }
    if moment.isDone {
      for slot in moment.slots where !moment.lines.contains(where: { $0.symbol == slot.symbol }) {
        add(slot.symbol, slot.quantity, slot.drawing, slot.values)
      }
    }
    self.marks = marks
    start = before
  }

  /// The step as the sum of its terms, laid end to end; nil where it is no such sum.
  init?(termsOf moment: StepMoment) {
    guard let terms = moment.terms, terms.count > 1 else { return nil }
    let before = moment.landscape.project(moment.before)
    var end = Point(0, 0)
    var marks: [Mark] = []
    for term in terms {
      let way = moment.landscape.component(of: term.way)
      guard way.isFinite else { return nil }
      marks.append(
        Mark(
          symbol: term.symbol, quantity: term.quantity, origin: before, offset: end, vector: way,
          family: .ways))
      end = Point(x: end.x + way.x, y: end.y + way.y)
    }
    self.marks = marks
    start = before
  }

  /// Averages that are not measured as gradients are.
  private static let ownUnits: Set<String> = ["O", "U", "u", "ẋ"]

  /// Draws the marks on a plot and returns what was drawn with which factor.
  ///
  /// - Parameter highlighted: the letter that is drawn over the others.
  func draw(on plot: inout Plot, _ scale: PlotScale, highlighted: String?) -> [Legend] {
    guard let start, scale.columns > 0, scale.rows > 0 else { return [] }
    var legends: [Legend] = []
    let isAscii = plot.rung == .ascii
    plot.marker(
      isAscii ? "o" : "○", at: scale.place(start), style: plot.palette.style(.strong).on(.terminal))
    let room = StepPicture.share * min(scale.columns / 2, scale.rows)
    var reach: [Family: (longest: Double, inside: Double)] = [:]
    for mark in marks {
      guard let origin = mark.origin else { continue }
      let known = reach[mark.family] ?? (0, .infinity)
      guard mark.family != .ways else { continue }
      reach[mark.family] = (
        max(known.longest, StepPicture.length(mark.vector, scale)),
        min(known.inside, StepPicture.factor(insideFrom: origin, along: mark.vector, scale))
      )
    }
    var factors: [Family: Double] = [:]
    for (family, reach) in reach {
      factors[family] = StepPicture.factor(reach.longest, inside: reach.inside, room: room)
    }
    let last = marks.last { $0.symbol == highlighted }
    for mark in marks where mark.symbol != last?.symbol {
      draw(mark, factors, on: &plot, scale)
    }
    if let last { draw(last, factors, on: &plot, scale) }
    for mark in marks {
      legends.append(
        Legend(
          symbol: mark.prefix + mark.symbol, quantity: mark.quantity,
          size: StepPicture.size(of: mark, factors, scale)))
    }
    return legends
  }

  /// How long an arrow is drawn.
  enum Size: Hashable {
    /// It is none, but a place.
    case place
    /// As long as it is.
    case toScale
    /// Dashed, since it is too short to be seen.
    case tooSmall
    /// So many times as long as it is, in units of its own.
    case factor(Double)
  }

  /// A letter with the size of its arrow.
  struct Legend: Hashable {
    let symbol: String
    let quantity: Quantity
    let size: Size
  }

  private static func size(of mark: Mark, _ factors: [Family: Double], _ scale: PlotScale) -> Size {
    guard mark.origin != nil else { return .place }
    guard mark.family == .ways else { return .factor(factors[mark.family] ?? 1) }
    return length(mark.vector, scale) < shortest ? .tooSmall : .toScale
  }

  /// The length of an arrow on the screen, in rows.
  private static func length(_ vector: Point, _ scale: PlotScale) -> Double {
    Point(
      x: vector.x / scale.window.width * scale.columns / 2, y: vector.y / scale.window.height * scale.rows
    ).norm
  }

  /// A round factor that makes the longest fill the room and leaves its tip on the picture, unless it begins so near to the
  /// edge that nothing would be left.
  private static func factor(_ longest: Double, inside: Double, room: Double) -> Double {
    guard longest > 0, longest.isFinite else { return 1 }
    let wanted = room / longest
    return roundedDown(min(wanted, max(inside, wanted / 4)))
  }

  /// The factor with which an arrow and the letter before it end at the edge of the picture.
  private static func factor(insideFrom origin: Point, along vector: Point, _ scale: PlotScale) -> Double {
    let from = scale.place(origin)
    let to = scale.place(Point(x: origin.x + vector.x, y: origin.y + vector.y))
    let way = to - from
    func limit(_ from: Double, _ way: Double, _ size: Double, _ margin: Double) -> Double {
      way == 0 ? .infinity : max(0, way > 0 ? size - margin - from : from - margin) / way.magnitude
    }
    return min(limit(from.x, way.x, scale.columns, 3), limit(from.y, way.y, scale.rows, 1.5))
  }

  /// The next number of 1, 2 or 5 times a power of ten at or below.
  static func roundedDown(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power
  }

  private func draw(_ mark: Mark, _ factors: [Family: Double], on plot: inout Plot, _ scale: PlotScale) {
    let colour = mark.quantity.colour(in: plot.palette)
    let letter = Quantity.letter(of: mark.symbol)
    guard let origin = mark.origin else {
      plot.marker(letter, at: scale.place(mark.vector), style: plot.palette.head(colour))
      return
    }
    let isTooSmall = StepPicture.size(of: mark, factors, scale) == .tooSmall
    let length = StepPicture.length(mark.vector, scale)
    // Three cells and a half, so that a dash, a gap and the tip can be seen.
    let factor = isTooSmall ? 1.75 / length : factors[mark.family] ?? 1
    guard factor.isFinite else { return }
    let begin = Point(x: origin.x + factor * mark.offset.x, y: origin.y + factor * mark.offset.y)
    let end = Point(x: begin.x + factor * mark.vector.x, y: begin.y + factor * mark.vector.y)
    let to = scale.place(end)
    let way = to - scale.place(begin)
    let rows = Point(x: way.x / 2, y: way.y).norm
    guard rows > 0, rows.isFinite else { return }
    if isTooSmall {
      let from = scale.place(begin)
      plot.trail([from + way * 0.15, from + way * 0.4], .over(colour, sign: letter))
    } else if let part = scale.part(from: begin, to: end) {
      plot.trail([part.from, part.to], .over(colour, sign: letter))
    }
    // The letter stands before the tip, one cell further on.
    let beyond = SIMD2(way.x / rows / 2, way.y / rows)
    let steps = max(2, abs(beyond.x) > abs(beyond.y) ? 1 / max(abs(beyond.x), 0.1) : 1)
    plot.marker(
      StepPicture.tip(way, isAscii: plot.rung == .ascii), at: to,
      style: plot.palette.style(.strong).with(colour).on(.terminal))
    plot.marker(letter, at: to + beyond * min(steps, 2), style: plot.palette.head(colour))
  }

  /// The arrowhead for a direction on the screen, rows down.
  private static func tip(_ way: SIMD2<Double>, isAscii: Bool) -> Glyph {
    let (x, y) = (way.x / 2, way.y)
    // Half as wide sectors for the diagonals would be wrong: each of the eight has 45°.
    let isSteep = abs(y) > 2.414 * abs(x)
    let isFlat = abs(x) > 2.414 * abs(y)
    if isFlat { return x > 0 ? (isAscii ? ">" : "▶") : (isAscii ? "<" : "◀") }
    if isSteep { return y > 0 ? (isAscii ? "v" : "▼") : (isAscii ? "^" : "▲") }
    if isAscii { return (x > 0) == (y > 0) ? "\\" : "/" }
    return x > 0 ? (y > 0 ? "◢" : "◥") : (y > 0 ? "◣" : "◤")
  }
}
