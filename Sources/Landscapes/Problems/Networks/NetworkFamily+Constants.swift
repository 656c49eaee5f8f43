extension NetworkFamily.Part {
  /// The constant, at the value that it has in some settings.
  func constant(_ settings: NetworkSettings) -> Constant {
    switch self {
    case .width:
      Constant(
        name: rawValue, symbol: "w", label: "units a layer", whole: settings.hidden.first ?? 1,
        // As wide as the deepest network may be with it.
        range: 1...(settings.hidden.count > 1 ? 512 : 8192), scale: .log)
    case .depth:
      Constant(
        name: rawValue, symbol: "L", label: "hidden layers", whole: settings.hidden.count, range: 1...30)
    case .activation:
      Constant(
        name: rawValue, symbol: "φ", label: "activation", words: Activation.allCases.map(\.rawValue),
        value: Activation.allCases.firstIndex(of: settings.activation) ?? 0)
    case .gain:
      Constant(
        name: rawValue, symbol: "g", label: "gain of the first weights", value: settings.gain,
        range: 0.01...100, scale: .log, isFixed: true)
    case .rows:
      Constant(
        name: rawValue, symbol: "N", label: "rows of data", whole: settings.rows, range: 10...100_000,
        scale: .log)
    case .weights:
      Constant(
        name: rawValue, symbol: "s", label: "seed of the first weights, 0 the run's",
        whole: Int(settings.weightSeed),
        range: 0...9999)
    case .initialisation:
      Constant(
        name: rawValue, symbol: "i", label: "first weights",
        words: Network.Initialization.allCases.map(\.rawValue),
        value: Network.Initialization.allCases.firstIndex(of: settings.initialisation) ?? 0)
    }
  }
}
