import Testing

@testable import Landscapes

/// Contour lines that stand as densely on a plain as on a slope draw a slope where there is none.
@Suite struct LevelTruthTests {
  /// Between two neighbouring lines the loss changes by at most so many times as much as between two others, unless the
  /// picture says that it is logarithmic.
  private static let most = 40.0

  @Test func noPlainIsDrawnAsASlope() {
    for landscape in LandscapeCatalog.all where !landscape.id.hasSuffix("-mlp") {
      let levels = Levels(
        field: landscape.field(columns: 96, rows: 72, window: landscape.window, step: 0),
        spacing: landscape.spacing, count: 10)
      guard landscape.spacing == .quantile, levels.values.count >= 3 else { continue }
      let steps = zip(levels.values, levels.values.dropFirst()).map { $1 - $0 }
      let spread = (steps.max() ?? 1) / (steps.min() ?? 1)
      #expect(spread <= Self.most, "\(landscape.id): one line stands for \(spread) times what another does")
    }
  }

  @Test func theLinesSayHowTheyFollow() {
    func levels(_ spacing: Spacing, _ height: (Double) -> Double) -> Levels {
      let window = Window(x: 0...1, y: 0...1)
      let values = (0..<100).map { height(Double($0) / 99) }
      return Levels(
        field: Field(columns: 100, rows: 1, window: window, values: values), spacing: spacing, count: 9)
    }
    guard case .difference(let step) = levels(.linear, { $0 }).progression else {
      Issue.record("even steps")
      return
    }
    #expect(abs(step - 0.1) < 1e-12)
    #expect(levels(.quantile, { $0 * $0 * $0 }).progression == .area)
    let series = [[1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]]
    // Measured from 0 where the loss nearly reaches it, else from the lowest value; with the factors that the levels have.
    for (lowest, base) in [(1e-3, 0.0), (500.0, 500.0)] {
      let levels = levels(.log) { lowest + 1e3 * $0 * $0 }
      guard case .decades(let factors, let above) = levels.progression else {
        Issue.record("decades above \(lowest)")
        continue
      }
      #expect(above == base && series.contains(factors))
      for level in levels.values {
        var height = level - base
        while height >= 9.99 { height /= 10 }
        while height < 0.999 { height *= 10 }
        #expect(factors.contains { abs($0 - height) < 1e-9 }, "\(level) above \(base)")
      }
    }
    guard
      case .ratio(let ratio, 0) = levels(.log, { x in (0..<60).reduce(1e-9) { value, _ in value * (1 + x) } })
        .progression
    else {
      Issue.record("powers of ten")
      return
    }
    #expect(abs((ratio / 10).rounded() - ratio / 10) < 1e-9, "a power of ten")
    #expect(levels(.linear, { _ in 1 }).progression == nil)
  }
}
