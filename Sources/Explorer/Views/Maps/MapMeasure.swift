/// What the colour of a run on a map tells.
enum MapMeasure: CaseIterable {
  case steps
  case evaluations
  case loss
  case minimum

  var words: String {
    switch self {
    case .steps: "steps to the target"
    case .evaluations: "gradient evaluations to the target"
    case .loss: "loss at the end"
    case .minimum: "minimum reached"
    }
  }

  /// The next one, the first after the last.
  var next: MapMeasure {
    let all = MapMeasure.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
