package import Landscapes

extension Levels {
  /// What each level is called: three digits, and more where rounding would move it by more than a twentieth of the way to
  /// its neighbours.
  package var names: [String] { Levels.names(of: values) }

  /// The names of levels, the lowest first.
  package static func names(of levels: [Double]) -> [String] {
    levels.indices.map { index in
      let level = levels[index]
      let below = index > 0 ? level - levels[index - 1] : .infinity
      let above = index + 1 < levels.count ? levels[index + 1] - level : .infinity
      let digits = (3..<17).first { digits in
        let shown = NumberText.brief(level.magnitude, digits: digits).replacing("−", with: "-")
        return abs((Double(shown) ?? .infinity) - level.magnitude) <= min(below, above) / 20
      }
      return NumberText.brief(level, digits: digits ?? 17)
    }
  }

  /// What a contour line means: how the levels follow each other; nil where there are too few to tell.
  package var words: String? {
    /// Behind what they are measured from, unless that is 0.
    func above(_ base: Double) -> String { base == 0 ? "" : " above \(NumberText.brief(base, digits: 3))" }
    switch progression {
    case .difference(let step): return "each line +\(NumberText.brief(step, digits: 2))"
    case .ratio(let ratio, let base): return "each line ×\(NumberText.brief(ratio, digits: 2))" + above(base)
    case .decades(let factors, let base):
      let series = factors.map { NumberText.brief($0) } + ["10"]
      return "lines at \(series.joined(separator: " ")) …" + above(base)
    case .area: return "lines by equal area"
    case nil: return nil
    }
  }
}
