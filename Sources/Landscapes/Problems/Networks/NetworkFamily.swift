/// Networks of a catalog entry whose constants are turned: `width`, `depth`, `activation`, `gain`, `rows`, `weights`.
struct NetworkFamily: Sendable, Hashable {
  /// What a constant changes.
  enum Part: String, Sendable, Hashable {
    case width, depth, activation, gain, rows, weights
    case initialisation = "init"
  }

  let settings: NetworkSettings
  /// The constants in their order.
  let parts: [Part]

  /// The problem for the values of the constants.
  func problem(_ constants: [Double]) throws(LandscapeError) -> NetworkProblem {
    var settings = settings
    var (width, depth) = (settings.hidden.first ?? 1, settings.hidden.count)
    for (part, value) in zip(parts, constants) {
      // The ranges of the constants keep all of these small.
      let whole = Int(value.rounded())
      switch part {
      case .width: width = whole
      case .depth: depth = whole
      case .activation: settings.activation = Activation.allCases[whole]
      case .gain: settings.gain = value
      case .rows: settings.rows = whole
      case .weights: settings.weightSeed = UInt64(whole)
      case .initialisation: settings.initialisation = Network.Initialization.allCases[whole]
      }
    }
    settings.hidden = [Int](repeating: width, count: depth)
    return try NetworkProblem(settings, family: self)
  }
}
