package import Experiments
package import Landscapes
import OptimizerCore

/// A step on the landscape: gradients, moments and the step itself as arrows, probes and slow points as letters.
///
/// Ways are drawn as long as they are, and gradients as the way −ηg that they would make alone, so that arrows of one step
/// and of different steps can be compared. What is too short to be seen has a dashed arrow of three cells, and the legend
/// says so. Only what is measured in units of its own, and gradients of rules without a learning rate, have a factor, which
/// is in the legend.
package struct StepArrows {
  /// An arrow, or a place where it has no length of its own.
  private struct Mark {
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
  private enum Family: Hashable {
    /// Gradients and averages of them, where no learning rate makes ways of them.
    case gradients
    /// Ways that the point goes, or would go.
    case ways
    /// What is measured in units of its own.
    case own(String)
  }

  private let marks: [Mark]
  /// Where the step began; nil where there was none.
  package let start: Point?

  /// The share of a surface's smaller side that the longest arrow of a family takes at most.
  private static let share = 0.42
  /// A way shorter than so many lines of text is too short to be drawn.
  private static let shortest = 1.0
  /// What is drawn for it is as long as that: a dash, a gap and the tip can be seen.
  private static let token = 1.75

  /// What a moment has computed so far.
  package init(_ moment: StepMoment) {
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
          } else if quantity == .moment, !StepArrows.ownUnits.contains(symbol) { .gradients } else {
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
  package init?(termsOf moment: StepMoment) {
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

  // MARK: On a surface

  /// How long an arrow is drawn.
  package enum Size: Hashable, Sendable {
    /// It is none, but a place.
    case place
    /// As long as it is.
    case toScale
    /// Dashed, since it is too short to be seen.
    case tooSmall
    /// So many times as long as it is, in units of its own.
    case factor(Double)

    /// What is said of it.
    package var words: String {
      switch self {
      case .place: ""
      case .toScale: "to scale"
      case .tooSmall: "too small to draw"
      case .factor(let factor): factor == 1 ? "to scale" : "drawn ×\(NumberText.brief(factor))"
      }
    }
  }

  /// An arrow as it is drawn, or a place.
  package struct Arrow {
    /// The letter of what it is.
    package let symbol: String
    /// What it is called with what stands before the letter.
    package let name: String
    /// What it stands for.
    package let quantity: Quantity
    /// How long it is drawn.
    package let size: Size
    /// Where it begins, or the place.
    package let begin: Point
    /// Where its tip is; nil for a place, and where it has no direction that can be seen.
    package let end: Point?
  }

  /// The arrows on a surface, in the order of the rule.
  package func arrows(on surface: Portrait.Measure) -> [Arrow] {
    let room = StepArrows.share * surface.size.min()
    var reach: [Family: (longest: Double, inside: Double)] = [:]
    for mark in marks where mark.family != .ways {
      guard let origin = mark.origin else { continue }
      let known = reach[mark.family] ?? (0, .infinity)
      reach[mark.family] = (
        max(known.longest, surface.length(of: mark.vector)),
        min(known.inside, StepArrows.factor(insideFrom: origin, along: mark.vector, surface))
      )
    }
    let factors = reach.mapValues { StepArrows.factor($0.longest, inside: $0.inside, room: room) }
    return marks.map { mark in
      let length = surface.length(of: mark.vector)
      let size: Size =
        if mark.origin == nil { .place } else if mark.family != .ways {
          .factor(factors[mark.family] ?? 1)
        } else { length < StepArrows.shortest ? .tooSmall : .toScale }
      let factor = size == .tooSmall ? StepArrows.token / length : factors[mark.family] ?? 1
      var (begin, end): (Point, Point?) = (mark.vector, nil)
      if let origin = mark.origin {
        begin = Point(x: origin.x + factor * mark.offset.x, y: origin.y + factor * mark.offset.y)
        let tip = Point(x: begin.x + factor * mark.vector.x, y: begin.y + factor * mark.vector.y)
        let drawn = surface.length(of: Point(x: tip.x - begin.x, y: tip.y - begin.y))
        if factor.isFinite, drawn > 0, drawn.isFinite { end = tip }
      }
      return Arrow(
        symbol: mark.symbol, name: mark.prefix + mark.symbol, quantity: mark.quantity, size: size,
        begin: begin, end: end)
    }
  }

  /// A round factor that makes the longest fill the room and leaves its tip on the picture, unless it begins so near to the
  /// edge that nothing would be left.
  private static func factor(_ longest: Double, inside: Double, room: Double) -> Double {
    guard longest > 0, longest.isFinite else { return 1 }
    let wanted = room / longest
    return roundedDown(min(wanted, max(inside, wanted / 4)))
  }

  /// The factor with which an arrow and the letter before it end at the edge of the picture.
  private static func factor(
    insideFrom origin: Point, along vector: Point, _ surface: Portrait.Measure
  ) -> Double {
    let from = surface.place(origin)
    let way = surface.place(Point(x: origin.x + vector.x, y: origin.y + vector.y)) - from
    func limit(_ from: Double, _ way: Double, _ size: Double) -> Double {
      way == 0 ? .infinity : max(0, way > 0 ? size - 1.5 - from : from - 1.5) / way.magnitude
    }
    return min(limit(from.x, way.x, surface.size.x), limit(from.y, way.y, surface.size.y))
  }

  /// The next number of 1, 2 or 5 times a power of ten at or below.
  package static func roundedDown(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power
  }
}
