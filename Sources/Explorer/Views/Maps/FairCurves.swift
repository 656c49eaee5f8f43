import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// What each learning rate came to, a curve an entry, on logarithmic axes; with the quartiles of the selected entry.
struct FairCurves {
  /// What the curves show.
  enum Measure {
    case evaluations
    case loss
  }

  let curves: [SensitivityCurve]
  let measure: Measure
  /// The ends of the horizontal axis.
  let rates: ClosedRange<Double>
  /// The colour of each entry, by its number.
  let colours: [Int]
  let selectedEntry: Int

  /// From powers of ten to cells of the plot.
  struct Scale {
    let x: (low: Double, high: Double)
    let y: (low: Double, high: Double)
    let width: Double
    let height: Double

    func column(_ exponent: Double) -> Double { (exponent - x.low) / (x.high - x.low) * (width - 0.51) }

    /// The place of a rate and a value; NaN where the value has none.
    func place(_ rate: Double, _ value: Double) -> SIMD2<Double> {
      SIMD2(
        column(Elementary.log10(rate)),
        value > 0 && value.isFinite
          ? max(0, min(1, (y.high - max(Elementary.log10(value), y.low)) / (y.high - y.low)))
            * (height - 0.26) + 0.125 : .nan)
    }
  }

  func value(_ place: SensitivityCurve.Place) -> SensitivityCurve.Quartiles? {
    measure == .evaluations ? place.evaluations : place.losses
  }

  /// The powers of ten between which the medians lie; nil where there are none.
  private var range: (low: Double, high: Double)? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for curve in curves {
      for place in curve.places {
        guard let value = value(place)?.median, value.isFinite, value > 0 else { continue }
        low = min(low, Elementary.log10(value))
        high = max(high, Elementary.log10(value))
      }
    }
    if measure == .evaluations, let budget = curves.first?.budget {
      high = Elementary.log10(Double(max(2, budget)))
    }
    guard low.isFinite, high.isFinite else { return nil }
    // Losses beyond this are the same to anyone.
    if measure == .loss { low = max(low, high - 16) }
    return high - low < 0.3 ? (low - 0.15, high + 0.15) : (low, high)
  }

  /// The ticks of the vertical axis, as exponents of ten with their labels.
  var yTicks: [(exponent: Double, label: String)] {
    range.map { FairCurves.ticks(from: $0.low, to: $0.high) } ?? []
  }

  /// Powers of ten between two exponents; where they are fewer than two, with 2 and 5 times these.
  private static func ticks(from low: Double, to high: Double) -> [(exponent: Double, label: String)] {
    guard low <= high else { return [] }
    func exponents(_ factors: [Double]) -> [Double] {
      (Int(clamped: low.rounded(.down))...Int(clamped: max(low, high).rounded(.up))).flatMap { power in
        factors.map { Double(power) + Elementary.log10($0) }
      }.filter { low <= $0 && $0 <= high }
    }
    let powers = exponents([1])
    return (powers.count >= 2 ? powers : exponents([1, 2, 5])).map {
      ($0, NumberText.brief(Elementary.pow(10, $0)))
    }
  }

  func paint(on canvas: inout Canvas, _ area: PlotArea, _ look: Look) {
    let plot = area.plot
    guard plot.width > 2, plot.height > 1 else { return }
    guard let range else {
      canvas.text(
        Text.truncated("no run has got anywhere yet", to: plot.width), x: plot.x, y: plot.y, style: look.muted
      )
      return
    }
    let scale = Scale(
      x: (Elementary.log10(rates.lowerBound), Elementary.log10(rates.upperBound)), y: range,
      width: Double(plot.width), height: Double(plot.height))
    // The selected entry comes last, over the others.
    let ordered = curves.sorted {
      ($0.entry == selectedEntry ? 1 : 0) < ($1.entry == selectedEntry ? 1 : 0)
    }
    paintLines(ordered, scale, on: &canvas, plot, look)
    FairEnds(curves: self, scale: scale).paint(on: &canvas, plot, look)
    for curve in ordered {
      guard let best = curve.best, let value = value(curve.places[best])?.median else { continue }
      let spot = scale.place(curve.places[best].rate, value)
      guard spot.y.isFinite else { continue }
      canvas.text(
        "\(curve.entry + 1)", x: plot.x + Int(clamped: spot.x),
        y: plot.y + min(plot.height - 1, max(0, Int(clamped: spot.y))),
        style: look.palette.head(colours[curve.entry]))
    }
    paintAxes(area, scale, on: &canvas, look)
  }

  private func paintLines(
    _ ordered: [SensitivityCurve], _ scale: Scale, on canvas: inout Canvas, _ plot: Rect, _ look: Look
  ) {
    var grid = DotGrid(look.glyphs, palette: look.palette, width: plot.width, height: plot.height)
    // The band first, so that it hides no line.
    let band = ordered.last.flatMap { $0.entry == selectedEntry ? $0 : nil }
    if let band, let tint = FairCurves.tint(colours[band.entry], look) {
      paintBand(band, scale, tint, on: &canvas, plot)
    }
    for curve in ordered {
      if curve.entry == band?.entry, FairCurves.tint(colours[curve.entry], look) == nil {
        for edge in [\SensitivityCurve.Quartiles.lower, \.upper] {
          grid.polyline(
            curve.places.map { scale.place($0.rate, value($0)?[keyPath: edge] ?? .nan) }, look.palette.ghost)
        }
      }
      grid.polyline(
        curve.places.map { scale.place($0.rate, value($0)?.median ?? .nan) },
        look.palette.entry(colours[curve.entry]))
    }
    grid.paint(on: &canvas, x: plot.x, y: plot.y)
  }

  /// The ground between the quartiles of an entry; nil where colours are too few, and the quartiles are lines.
  static func tint(_ colour: Int, _ look: Look) -> Colour? {
    let palette = look.palette
    guard palette.depth == .direct || palette.depth == .indexed256 else { return nil }
    return palette.ground.mixed(with: palette.entry(colour), amount: 0.28).quantised(to: palette.depth)
  }

  /// Shades the columns between the quartiles; where the upper one is infinite, up to the top.
  private func paintBand(
    _ curve: SensitivityCurve, _ scale: Scale, _ tint: Colour, on canvas: inout Canvas, _ plot: Rect
  ) {
    let ends = curve.places.compactMap { place -> (x: Double, low: Double, high: Double)? in
      guard let quartiles = value(place), quartiles.lower.isFinite, quartiles.lower > 0 else { return nil }
      let upper = scale.place(place.rate, quartiles.upper).y
      return (
        scale.column(Elementary.log10(place.rate)), scale.place(place.rate, quartiles.lower).y,
        upper.isFinite ? upper : 0
      )
    }
    let spacing = scale.column(Elementary.log10(rates.upperBound)) / Double(max(1, curve.places.count - 1))
    for (here, next) in zip(ends, ends.dropFirst()) where next.x - here.x < 1.5 * spacing {
      for column in Int(clamped: here.x)...max(Int(clamped: here.x), Int(clamped: next.x)) {
        let share = min(max((Double(column) + 0.5 - here.x) / (next.x - here.x), 0), 1)
        let (top, foot) = (
          Int(clamped: here.high + share * (next.high - here.high)),
          Int(clamped: here.low + share * (next.low - here.low))
        )
        canvas.restyle(
          Rect(x: plot.x + column, y: plot.y + top, width: 1, height: max(0, foot - top) + 1)
            .intersection(plot)
        ) { $0.on(tint) }
      }
    }
  }

  private func paintAxes(_ area: PlotArea, _ scale: Scale, on canvas: inout Canvas, _ look: Look) {
    if let rect = area.yAxis {
      let y = scale.y
      let ticks = yTicks.map { tick in
        Axes.Tick(at: (y.high - tick.exponent) / (y.high - y.low) * (Double(rect.height) - 0.26), tick.label)
      }
      Axes.paintVertical(ticks, on: &canvas, rect, look)
    }
    guard let rect = area.xAxis else { return }
    let ticks = FairCurves.ticks(from: scale.x.low, to: scale.x.high).map {
      Axes.Tick(at: scale.column($0.exponent), $0.label)
    }
    Axes.paintHorizontal(
      ticks, on: &canvas, rect, until: rect.right - 2, Axes.Labels(leanRight: false, dropTicks: true), look)
    canvas.text(
      rightAligned: "η", right: rect.right, y: rect.height >= 2 ? rect.y + 1 : rect.y, style: look.text)
  }
}
