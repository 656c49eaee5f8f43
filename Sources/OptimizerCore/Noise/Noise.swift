/// Noise on the gradient, as a text says it: `none`, `gaussian(sigma=0.5,batch=4)`.
public struct Noise: Sendable, Hashable, CustomStringConvertible {
  private let name: String
  private let arguments: Arguments?
  private let made: (any DeclaredNoise)?
  /// What is added to a gradient, if something is.
  var source: (any NoiseSource)? { made as? any NoiseSource }
  /// What chooses the samples of a step, if something does.
  let batches: (any BatchSource)?
  /// Whether every entry of a race has draws of its own; otherwise all see the same.
  public let isIndependent: Bool

  /// No noise.
  public static let none = Noise()

  private init() {
    name = "none"
    arguments = nil
    made = nil
    batches = nil
    isIndependent = false
  }

  /// Reads a noise.
  public init(_ text: String) throws(SpecError) {
    guard text.utf8.count <= 1000 else { throw SpecError("a noise is at most 1000 characters long") }
    var scanner = TextScanner(text)
    let word = scanner.takeName()
    scanner.skipSpaces()
    if word.name == "none", scanner.isAtEnd {
      self = .none
      return
    }
    let names = ["none"] + NoiseRegistry.all.map(\.declaration.name)
    guard !word.name.isEmpty else {
      throw SpecError(
        "a noise is one of \(names.joined(separator: ", "))" + scanner.found, column: word.column)
    }
    try TextScanner.check(word.name, "noise", among: names, column: word.column)
    guard let entry = NoiseRegistry.all.first(where: { $0.declaration.name == word.name }) else {
      throw SpecError("none takes no arguments" + scanner.found, column: scanner.column)
    }
    let call: CallText
    if scanner.isAtEnd {
      call = CallText(name: word.name, arguments: [], column: word.column)
    } else {
      scanner.position = 0
      call = try scanner.takeCall("noise", among: names)
      scanner.skipSpaces()
      guard scanner.isAtEnd else {
        throw SpecError("a noise ends here" + scanner.found, column: scanner.column)
      }
    }
    let arguments = try Arguments(call, declarations: entry.declaration.arguments)
    switch entry.make(arguments) {
    case .success(let made):
      self.made = made
      batches = made as? any BatchSource
    case .failure(let error): throw SpecError(error.message, column: call.column)
    }
    name = call.name
    self.arguments = arguments
    isIndependent = arguments["independent"] != 0
  }

  /// Whether there is none.
  public var isNone: Bool { made == nil }

  /// How many samples a step sees; nil where it sees all.
  public var batchSize: Int? { batches?.size }

  /// Every how many steps the loss of all samples is taken: in between a step costs its batch alone.
  public var lookInterval: Int { batches?.lookInterval ?? 1 }

  /// Whether every step sees samples that no other has seen.
  public var isFresh: Bool { batches?.isFresh ?? false }

  /// The standard deviation of noise that is normal, alike in every coordinate, one sample a gradient and the same for all;
  /// 0 of none, nil of any other.
  public var sigma: Double? {
    guard let arguments else { return 0 }
    let normal = GaussianNoise.declaration
    let others = normal.arguments.map(\.knob.key).filter { $0 != "sigma" }
    guard name == normal.name, !others.contains(where: arguments.has) else { return nil }
    return arguments["sigma"]
  }

  /// Normal noise of a standard deviation, one sample a gradient and the same for all; none of 0.
  ///
  /// - Parameter sigma: a value of `strength`.
  public init(sigma: Double) {
    guard sigma > 0, let noise = try? Noise("\(GaussianNoise.declaration.name)(sigma=\(sigma.shortest))")
    else {
      self = .none
      return
    }
    self = noise
  }

  /// The standard deviation of normal noise, as something that can be turned.
  public static let strength = Knob(
    key: "noise", symbol: "σ", label: "gradient noise", defaultValue: 0,
    range: GaussianNoise.declaration.arguments[0].knob.range, scale: .log, floor: 1e-3, onset: 0.5,
    zeroWord: "none")

  /// Says why this noise does not go with a problem of so many parameters and samples, if it does not.
  ///
  /// - Parameters:
  ///   - samples: how many samples the loss is a mean of; 1 where it is not made of samples.
  ///   - hasImportance: whether the problem says how steep samples are.
  ///   - freshObstacle: why the problem can make no new samples, if it cannot.
  public func check(
    dimension: Int, samples: Int, hasImportance: Bool, freshObstacle: String? = nil
  ) throws(SpecError) {
    if let batches {
      guard samples > 1 else {
        throw SpecError(
          "\(name) draws from samples, and this loss is not made of any; gaussian is for any loss")
      }
      guard batches.size <= samples else {
        throw SpecError(
          "size of \(name) must be at most \(samples), the number of samples, got '\(batches.size)'")
      }
      if batches.isFresh, let freshObstacle {
        throw SpecError("sampling=fresh makes new samples for every step, and \(freshObstacle)")
      }
      guard hasImportance || !batches.needsImportance else {
        throw SpecError(
          "this problem does not say how steep its samples are; sampling=replacement needs nothing")
      }
    }
    guard let wanted = source?.dimension, wanted != dimension else { return }
    throw SpecError(
      "\(self) is noise in \(wanted) dimensions, the problem has \(dimension); give sigma instead")
  }

  /// The noise of a step in every coordinate: a function of seed, step and stream, and of nothing else.
  public func draw(into noise: inout [Double], seed: UInt64, step: Int, stream: Int = 0) {
    guard let source else {
      for i in noise.indices { noise[i] = 0 }
      return
    }
    source.draw(
      into: &noise, generator: Philox(seed: seed), step: step,
      stream: isIndependent ? UInt32(truncatingIfNeeded: stream) : 0)
  }

  /// The samples of a step, of so many; nil where all are seen. A function of its arguments and of nothing else.
  package func batch(
    of count: Int, importance: [Double]? = nil, seed: UInt64, step: Int, stream: Int = 0
  ) -> Batch? {
    batch(of: count, importance: importance, seed: seed, step: step, stream: stream, memory: BatchMemory())
  }

  func batch(
    of count: Int, importance: [Double]?, seed: UInt64, step: Int, stream: Int, memory: BatchMemory
  ) -> Batch? {
    batches?.batch(
      of: count, importance: importance, seed: seed, step: step,
      stream: isIndependent ? UInt32(truncatingIfNeeded: stream) : 0, memory: memory)
  }

  /// The covariance of the mean over a batch, about the mean over all samples, of vectors that belong to the samples:
  /// d·d numbers, row-major, by the law that batches are drawn by. Nil where there are no batches.
  ///
  /// Drawn one by one it is Σ/b, Σ the covariance over the samples; without repeats it is Σ/b·(N − b)/(N − 1); of the
  /// batches of a fixed order it is what they have.
  package func covariance(of vectors: [[Double]], importance: [Double]? = nil) -> [Double]? {
    guard let spread = batches?.spread(of: vectors, importance: importance), let d = vectors.first?.count
    else {
      return nil
    }
    var covariance = [Double](repeating: 0, count: d * d)
    for (weight, deviation) in spread {
      for i in 0..<d { for j in 0..<d { covariance[i * d + j] += weight * deviation[i] * deviation[j] } }
    }
    return covariance
  }

  /// The same in symbols.
  package var covarianceFormula: String? { batches?.covarianceFormula }

  /// The trace of the same, for vectors of any length.
  package func variance(of vectors: [[Double]], importance: [Double]? = nil) -> Double? {
    batches?.spread(of: vectors, importance: importance).reduce(0) { sum, part in
      sum + part.weight * part.deviation.reduce(0) { $0 + $1 * $1 }
    }
  }

  /// The normalised text, which reads back as the same noise.
  public var description: String { arguments.map { "\(name)(\($0.text))" } ?? name }

  /// Whether two texts say the same.
  public static func == (a: Noise, b: Noise) -> Bool { a.name == b.name && a.arguments == b.arguments }

  /// The text's parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(arguments)
  }
}
