/// Writing an optimizer in the words of a framework.
extension Framework {
  /// How it says an optimizer; PyTorch by the words by which specs are read.
  func phrases(of id: String) -> [Phrase] {
    guard let entry = OptimizerRegistry.entry(id) else { return [] }
    return self == .torch && !entry.isWrapper
      ? Phrase.torch(of: entry) : entry.phrases.filter { $0.framework == self }
  }

  /// The line that means the same as a spec, with every number written out.
  ///
  /// - Throws: that there is none, and which setting is in its way.
  public func line(for spec: OptimizerSpec) throws(SpecError) -> String {
    if let plan = spec.schedules.first ?? spec.base?.schedules.first {
      let knob = plan.key == "lr" ? "rate" : plan.key
      throw SpecError(
        "a line of \(title) says the optimizer alone: leave \(plan) out, and multiply its \(knob) by it"
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
    return try nearest(phrases(of: spec.id), to: spec).line(for: spec)
  }

  /// The line of a wrapper, where the framework has what it does.
  private func line(for spec: OptimizerSpec, around base: OptimizerSpec) throws(SpecError) -> String {
    let phrases = phrases(of: spec.id)
    let lines = phrases.filter { if case .line = $0.place { true } else { false } }
    if !lines.isEmpty { return try nearest(lines, to: spec).line(for: spec, base: try line(for: base)) }
    guard base.base == nil, let knob = spec.knobs.first(where: { KnobKey.inBase($0.key) == nil }),
      let value = spec.setting(knob.key)
    else { throw none(spec) }
    for phrase in phrases {
      switch phrase.place {
      case .line: continue
      case .argument:
        // Where the base has the word itself it would stand there twice.
        guard knob.role != .decay || !base.knobs.contains(where: { $0.role == .decay }) else { continue }
        return try nearest(self.phrases(of: base.id), to: base)
          .line(for: base, adding: [(phrase.call, Phrase.python(value, knob))])
      case .other(let names):
        guard let (id, key) = names[base.id],
          base.knobs.allSatisfy({ $0.role != .penalty || base.setting($0.key) == 0 }),
          var other = try? OptimizerSpec(id)
        else { continue }
        for setting in base.settings where other.knobs.contains(where: { $0.key == setting.key }) {
          other.set(setting.key, to: setting.value)
        }
        other.set(key, to: value)
        return try line(for: other)
      }
    }
    throw none(spec)
  }

  private func none(_ spec: OptimizerSpec) -> SpecError {
    SpecError("no line of \(title) means the same as \(spec): no line for \(spec.about.name) is known here")
  }

  /// The phrase that says a spec.
  ///
  /// - Throws: what is in the way of the one that comes closest.
  private func nearest(_ known: [Phrase], to spec: OptimizerSpec) throws(SpecError) -> Phrase {
    guard let first = known.first else { throw none(spec) }
    let nearest = known.min { $0.obstacles(to: spec).count < $1.obstacles(to: spec).count } ?? first
    let obstacles = nearest.obstacles(to: spec)
    guard !nearest.flaw.isEmpty || !obstacles.isEmpty else { return nearest }
    let reason = nearest.flaw.isEmpty ? "has \(obstacles.joined(separator: ", "))" : nearest.flaw
    let remark = nearest.remark.isEmpty ? "" : "; \(nearest.remark)"
    throw SpecError("no line of \(title) means the same as \(spec): \(nearest.call) \(reason)\(remark)")
  }
}
