/// A library in whose words an optimizer can be written.
public enum Framework: String, CaseIterable, Sendable {
  case torch, optax, keras

  /// Its name.
  public var title: String {
    switch self {
    case .torch: "PyTorch"
    case .optax: "Optax"
    case .keras: "Keras"
    }
  }

  /// What it can say.
  var phrases: [Phrase] {
    switch self {
    case .torch: Phrase.torch
    case .optax: Phrase.optax
    case .keras: Phrase.keras
    }
  }

  /// The line that means the same as a spec, with every number written out.
  ///
  /// - Throws: that there is none, and which setting is in its way.
  public func line(for spec: OptimizerSpec) throws(SpecError) -> String {
    if let schedule = spec.schedule {
      throw SpecError(
        "a line of \(title) says the optimizer alone: leave schedule=\(schedule) out, and multiply its rate by it"
      )
    }
    if let base = spec.base { return try line(for: spec, around: base) }
    if let penalty = spec.knobs.first(where: { $0.role == .penalty }), self == .optax,
      let strength = spec.setting(penalty.key), strength > 0
    {
      var plain = spec
      plain.clear(penalty.key)
      return
        "optax.chain(optax.add_decayed_weights(\(Phrase.python(strength, penalty))), \(try line(for: plain)))"
    }
    return try call(spec, adding: [])
  }

  /// The line of a wrapper, where the framework has what it does.
  private func line(for spec: OptimizerSpec, around base: OptimizerSpec) throws(SpecError) -> String {
    guard base.base == nil, let knob = spec.knobs.first(where: { KnobKey.inBase($0.key) == nil }),
      let value = spec.setting(knob.key)
    else { throw none(spec) }
    let number = Phrase.python(value, knob)
    switch (self, spec.id) {
    case (.keras, "decay") where !base.knobs.contains { $0.role == .decay }:
      return try call(base, adding: [("weight_decay", number)])
    case (.keras, "clip"): return try call(base, adding: [("global_clipnorm", number)])
    case (.optax, "clip"): return "optax.chain(optax.clip_by_global_norm(\(number)), \(try line(for: base)))"
    case (_, "decay"):
      // Adam with decay beside the gradient has a name of its own.
      guard base.id == "adam", base.setting("l2") == 0 else { throw none(spec) }
      let settings = base.settings.filter { $0.key != "l2" }
      guard var other = try? OptimizerSpec("adamw") else { throw none(spec) }
      for setting in settings { other.set(setting.key, to: setting.value) }
      other.set("weight_decay", to: value)
      return try call(other, adding: [])
    default: throw none(spec)
    }
  }

  private func none(_ spec: OptimizerSpec) -> SpecError {
    SpecError("no line of \(title) means the same as \(spec): it has nothing like \(spec.about.name)")
  }

  private func call(_ spec: OptimizerSpec, adding more: [(word: String, text: String)]) throws(SpecError)
    -> String
  {
    let known = phrases.filter { $0.id == spec.id }
    guard !known.isEmpty else { throw none(spec) }
    let nearest = known.min { $0.obstacles(to: spec).count < $1.obstacles(to: spec).count } ?? known[0]
    let obstacles = nearest.obstacles(to: spec)
    guard obstacles.isEmpty else {
      let reason = nearest.remark.isEmpty ? "" : "; \(nearest.remark)"
      throw SpecError(
        "no line of \(title) means the same as \(spec): \(nearest.call) has \(obstacles.joined(separator: ", "))\(reason)"
      )
    }
    return nearest.line(for: spec, adding: more)
  }
}
