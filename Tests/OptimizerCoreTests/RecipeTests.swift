import Testing

@testable import OptimizerCore

/// That the lines of a rule say what its kernel does.
@Suite struct RecipeTests {
  @Test func linesAreReadAsArithmetic() throws {
    for (text, symbols, values, expected) in [
      ("a·b − c/(√d + 1)", ["a", "b", "c", "d"], ["a": 2.0, "b": 3, "c": 8, "d": 9], 4.0),
      ("(1−a)b²", ["a", "b"], ["a": 0.25, "b": 2], 3.0),
      ("max(a, −b) sign c", ["a", "b", "c"], ["a": -5, "b": 4, "c": -2], 4),
      ("aᵗ/b", ["a", "b", "t"], ["a": 2, "b": 4, "t": 5], 8),
    ] as [(String, Set<String>, [String: Double], Double)] {
      let expression = try #require(RecipeExpression(text, knowing: RecipeAlphabet(symbols)))
      let environment = RecipeExpression.Environment(
        symbol: { values[$0].map { .init([$0]) } }, previous: { _ in nil },
        gradient: { _ in nil })
      #expect(expression.value(in: environment)?.values == [expected], "\(text)")
    }
    #expect(RecipeExpression("the flow after dt", knowing: RecipeAlphabet(["θ"])) == nil)
    #expect(RecipeExpression("P⁻¹ g", knowing: RecipeAlphabet(["g", "P"])) == nil)
    #expect(RecipeExpression("a +", knowing: RecipeAlphabet(["a"])) == nil)
  }

  /// Lines that can be read as arithmetic and yet give other numbers than the step, each with the reason.
  static let exceptions: [String: [String: String]] = [
    "sam": ["g ← ∇f(θ) + wd θ": "the base is shown the gradient at the probe"],
    "clip": [
      "g ← ∇f(θ) + wd θ": "the base is shown the clipped gradient",
      "g ← g · min(1, c/‖g‖)": "the number beside it is the norm that is clipped",
    ],
  ]

  /// Lines that say in words, or in the algebra of matrices, searches and flows, what their kernel does: these and the
  /// exceptions alone are not carried out.
  static let words: [String: [String]] = [
    "conjugate-gradient": [
      "β ← max(0, gᵀ(g−g')/‖g'‖²)  (fr: ‖g‖²/‖g'‖²)", "α ← strong Wolfe search",
    ],
    "line-search": ["η ← 2 η, halved until f(θ − η g) ≤ f(θ) − c₁ η ‖g‖²  (exact-quadratic: ‖g‖²/(gᵀHg))"],
    "amsgrad": ["û ← u/(1−β₂ᵗ)  (torch)"],
    "adamax": ["u ← max(β₂u, |g| + ε)"],
    "nadam": [
      "μ ← β₁(1 − 0.5·0.96^(tψ))", "μ₊ ← β₁(1 − 0.5·0.96^((t+1)ψ))", "P ← the product of all μ",
    ],
    "adafactor": ["ω ← t^γ", "α ← max(ε₂, RMS θ) min(η, 1/√t)/max(1, RMS U/d)"],
    "rprop": [
      "f ← η₊ where the sign of g stays, η₋ where it turns, else 1", "u ← sign g, 0 where it turned",
    ],
    "asgd": ["η ← lr/(1 + wd lr (t−1))^α"],
    "adagrad-full": ["G ← G + g gᵀ", "δ ← (G^{1/2} + εI)⁻¹ g"],
    "preconditioned": ["P, fixed", "δ ← P⁻¹ g"],
    "diagonal-newton": ["H ← ∇²f(θ)", "δ ← g/(diag H + τ)"],
    "newton": ["H ← ∇²f(θ)", "δ ← (H + τI)⁻¹ g  (saddle_free: (|H| + τI)⁻¹ g)"],
    "gauss-newton": ["G ← JᵀHJ / N", "δ ← (G + τI)⁻¹ g"],
    "natural-gradient": ["F ← E[∇ℓ ∇ℓᵀ]", "δ ← (F + τI)⁻¹ g"],
    "kfac": ["U ← (S + √τ I)⁻¹ G (A + √τ I)⁻¹"],
    "shampoo": ["L ← L + G Gᵀ", "R ← R + Gᵀ G", "U ← L^{−1/4} G R^{−1/4}"],
    "muon": ["M ← β M + G", "θ ← θ − η s O + w"],
    "lbfgs": ["d ← −H g", "α ← strong Wolfe search"],
    "flow": ["θ ← the flow θ̇ = −∇f after the time dt"],
    "nesterov-flow": [
      "ẋ ← the velocity after the time dt", "θ ← the flow ẍ + (3/t)ẋ + ∇f = 0 after the time dt",
    ],
    "adam-flow": ["ṁ = c₁(∇f − m)", "v̇ = c₂(∇f² − v)", "θ̇ = −m̂/(√v̂ + ε), for the time η"],
    "langevin": ["kick ← √(2 η T) ξ  (α < 2: (η T)^(1/α) ξ)", "θ ← θ − η g + kick"],
    "lookahead": ["every k steps: φ ← φ + α (θ − φ), θ ← φ"],
    "sam": ["∇f(θ)", "ε̂ ← ρ ∇f(θ)/‖∇f(θ)‖, the base sees ∇f(θ+ε̂)"],
    "average": ["θ̄ ← θ̄ + (θ − θ̄)/n"],
    "coordinates": [
      "φ_d ← |θ_d|^p, ln |θ_d| at p = 0", "g ← ∇f̃(φ) + wd φ", "v ← β v + (1 − d) g", "φ ← φ − η v",
    ],
  ]

  /// Nine steps of every rule: a line whose letters all have numbers gives what the kernel computed.
  @Test(arguments: ConformanceTests.ids) func theLinesOfEveryRuleGiveTheNumbersOfItsKernel(_ id: String)
    throws
  {
    let entry = try #require(OptimizerRegistry.entry(id))
    let spec = try OptimizerSpec(entry.isWrapper ? "\(id)(momentum:lr=0.001)" : id)
    let (oracle, quiet) = (
      SurfaceOracle("double_well", dimension: 2), SurfaceOracle("double_well", dimension: 2)
    )
    var optimizer = spec.makeScalar()
    optimizer.prepare(for: oracle.layout)
    var point = [-1.2, 1.0]
    var proven: Set<String> = []
    for step in 1...9 {
      let (past, before) = (optimizer.state, point)
      oracle.beginStep(step)
      var span = point.mutableSpan
      optimizer.step(&span, oracle: oracle)
      var gradient = point
      _ = quiet.gradient(at: point, into: &gradient)
      let reading = RecipeReading(
        of: optimizer, after: StepRecord(before: before, after: point, gradient: gradient), step: step,
        past: past
      ) { place in
        guard place.count == 2 else { return nil }
        var slope = place
        _ = quiet.gradient(at: place, into: &slope)
        return slope
      }
      for line in reading.lines where !line.text.values.isEmpty {
        if line.arithmetic != nil {
          proven.insert(line.text.text)
        } else if let form = line.forms.first, Self.exceptions[id]?[line.text.text] == nil {
          Issue.record(
            "\(id), step \(step): \(line.text.text) gives \(form.value.values), the kernel \(line.text.values)"
          )
        }
      }
    }
    let lines = optimizer.lines(after: StepRecord(before: point, after: point, gradient: point)).map(\.text)
    let excused = (Self.words[id] ?? []) + (Self.exceptions[id].map { Array($0.keys) } ?? [])
    #expect(Set(lines).subtracting(proven) == Set(excused), "\(id): the lines that are not carried out")
  }
}
