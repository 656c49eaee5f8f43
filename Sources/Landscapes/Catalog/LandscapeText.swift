internal import OptimizerCore

/// Landscapes that are written down instead of taken from the catalog: `samples(data=line, model=a*x + b, …)`,
/// `network(data=moons, hidden=32, …)`, `grid(surface.csv)`.
public enum LandscapeText {
  /// Reads the bytes of a file that a text names. Where nothing is said, there are no files.
  public typealias FileReader = @Sendable (_ path: String) throws(DataError) -> [UInt8]

  /// No files can be read here.
  public static let noFiles: FileReader = { @Sendable (path: String) throws(DataError) -> [UInt8] in
    throw DataError("the file '\(Excerpt.of(path))' can be named on the command line and in scenes only")
  }

  /// The kinds, by the word before the parenthesis.
  public static let kinds = ["samples", "network", "grid"]

  /// Whether a text is written as one of the kinds.
  public static func isOne(_ text: some StringProtocol) -> Bool {
    kinds.contains { text.hasPrefix($0 + "(") }
  }

  /// The landscape of a text.
  ///
  /// - Throws: one sentence that names the key, the value and what would be right.
  public static func landscape(
    _ text: String, files: FileReader = noFiles
  ) throws(LandscapeError) -> Landscape {
    guard text.utf8.count <= 8000 else {
      throw LandscapeError("a landscape's text is at most 8000 characters long")
    }
    guard let open = text.firstIndex(of: "("), let kind = kinds.first(where: { text[..<open] == $0 }),
      text.withoutBlanks.hasSuffix(")")
    else {
      throw LandscapeError(
        "a landscape is written samples(…), network(…) or grid(…), to the last parenthesis")
    }
    let inside = String(text.withoutBlanks.dropFirst(kind.count + 1).dropLast())
    if kind == "grid" { return try grid(inside, files) }
    var arguments = try KeyedArguments(inside, of: kind)
    return kind == "samples"
      ? try samples(&arguments, files) : try network(&arguments, files)
  }

  private static func samples(
    _ arguments: inout KeyedArguments, _ files: FileReader
  ) throws(LandscapeError) -> Landscape {
    let source = try source(&arguments, files)
    let model = CallSplitter.parts(of: try arguments.required("model", "a*x + b"), at: ";")
      .map(\.withoutBlanks)
    let loss = try arguments.choice("loss", SampleLoss.squared)
    let start = try arguments.required("start", "a=0 b=0")
    let sampleWeight = arguments.take("sample_weight")
    var settings = SampleSettings(
      source: source, model: model, loss: loss,
      target: arguments.take("target") ?? (loss.hasTarget ? source.names.last { $0 != sampleWeight } : nil),
      parameters: try parameters(start))
    settings.sampleWeight = sampleWeight
    settings.rows = arguments.take("rows")
    settings.testShare = try arguments.number("test", 0, in: 0...0.99)
    settings.seed = try arguments.seed("seed")
    settings.penalty = arguments.take("l2") ?? "0"
    try arguments.finish()
    let problem = try SamplesProblem(settings)
    return try Landscape(
      id: settings.text, title: "\(loss.rawValue) loss over \(source.text)", problem: problem,
      watch: "", source: "")
  }

  private static func network(
    _ arguments: inout KeyedArguments, _ files: FileReader
  ) throws(LandscapeError) -> Landscape {
    var settings = NetworkSettings(source: try source(&arguments, files))
    settings.rows = try arguments.whole("rows", settings.source.usualRows, in: 2...DataTable.maximumRows)
    settings.testShare = try arguments.number("test", 0, in: 0...0.99)
    settings.seed = try arguments.seed("seed")
    settings.target = arguments.take("target")
    if let hidden = arguments.take("hidden") { settings.hidden = try widths(hidden) }
    settings.bias = try arguments.toggle("bias", settings.bias)
    settings.activation = try arguments.choice("activation", settings.activation)
    settings.loss = try arguments.optionalChoice("loss")
    settings.sampleWeight = arguments.take("sample_weight")
    settings.initialisation = try arguments.choice("init", settings.initialisation)
    settings.gain = try arguments.number("gain", 1, in: 0...1000)
    settings.weightSeed = try arguments.seed("weights")
    try arguments.finish()
    let problem = try NetworkProblem(settings)
    return try Landscape(
      id: settings.text, title: "network \(problem.network.shapeText) on \(settings.source.text)",
      problem: problem, spacing: problem.dimension * problem.training.count > mostToLookAt ? .log : nil,
      watch: "", source: "")
  }

  /// The most parameters times rows of a network whose losses are looked at before it is shown: of more they take too long.
  private static let mostToLookAt = 1_000_000

  private static func source(
    _ arguments: inout KeyedArguments, _ files: FileReader
  ) throws(LandscapeError) -> DataSource {
    let text = try arguments.required("data", "line, points.csv or {u: uniform(-3,3); v: 2*u + normal(0.4)}")
    do throws(DataError) {
      if text.hasPrefix("{"), text.hasSuffix("}") {
        return .recipe(name: nil, try DataGenerator(String(text.dropFirst().dropLast())))
      }
      if let known = DataSets.named(text) { return known }
      guard text.contains(".") || text.contains("/") else {
        throw DataError(
          "unknown data '\(Excerpt.of(text))'"
            + Spelling.suggestion(
              for: text, in: DataSets.names,
              otherwise: ", there are \(DataSets.names.joined(separator: ", ")), files and {recipes}"))
      }
      let content = try files(text)
      do throws(DataError) {
        return .table(name: text, try DataTable(csv: content))
      } catch {
        throw DataError("'\(Excerpt.of(text))', \(error)")
      }
    } catch { throw LandscapeError(error.description) }
  }

  private static func parameters(_ text: String) throws(LandscapeError) -> [SampleSettings.Parameter] {
    var parameters: [SampleSettings.Parameter] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == ";" }) {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Double(written: parts[1]) else {
        throw LandscapeError(
          "start names each parameter with its number, such as a=0 b=0, got '\(Excerpt.of(word))'")
      }
      parameters.append(SampleSettings.Parameter(String(parts[0]), start: value))
    }
    guard !parameters.isEmpty else {
      throw LandscapeError("start names each parameter with its number, such as a=0 b=0")
    }
    return parameters
  }

  /// `32x16`.
  private static func widths(_ text: String) throws(LandscapeError) -> [Int] {
    if text == "none" { return [] }
    var widths: [Int] = []
    for part in text.split(separator: "x", omittingEmptySubsequences: false) {
      guard let width = Int(written: part), (1...NetworkSettings.maximumWidth).contains(width) else {
        throw LandscapeError(
          "hidden is one width or several, such as 32 or 64x32, each from 1 to "
            + "\(NetworkSettings.maximumWidth), got '\(Excerpt.of(text))'")
      }
      widths.append(width)
    }
    guard widths.count <= NetworkSettings.maximumLayers else {
      throw LandscapeError("at most \(NetworkSettings.maximumLayers) hidden layers, got \(widths.count)")
    }
    return widths
  }
}
