import OptimizerCore

/// Comparisons in words.
package enum ComparisonText {
  /// A difference as numbers are read: two digits.
  private static func number(_ value: Double) -> String { value.isNaN ? "lost" : NumberText.brief(value) }

  private static func point(_ numbers: [Double]) -> String {
    let shown = numbers.prefix(4).map { NumberText.brief($0, digits: 6) }.joined(separator: ", ")
    return "(\(shown)\(numbers.count > 4 ? ", …" : ""))"
  }

  /// `1.1e−15 over 200 steps`.
  private static func size(_ one: Comparison) -> String {
    "\(number(one.deviation)) over \(NumberText.count(one.lastStep)) step\(one.lastStep == 1 ? "" : "s")"
  }

  /// What a run is: `adam with bias_correction=off`.
  private static func name(_ one: Comparison) -> String {
    let spec = one.spec
    let forms = spec.knobs.filter { knob in
      knob.kind != .real && knob.kind != .integer && spec.setting(knob.key) != knob.defaultValue
    }.map { "\($0.key)=\($0.format(spec.setting($0.key) ?? 0))" }
    let id = spec.base.map { "\(spec.id)(\($0.id))" } ?? spec.id
    return ([id] + (forms.isEmpty ? [] : ["with \(forms.joined(separator: ","))"]) + late(one)).joined(
      separator: " ")
  }

  private static func late(_ one: Comparison) -> [String] {
    guard one.delay != 0 else { return [] }
    return ["its learning rates a step \(one.delay > 0 ? "late" : "early")"]
  }

  /// Where two part: `parts at step 1 by a factor 3.16: (0.9, 1) in the file, (0.97, 1) here`.
  private static func parting(_ parting: Comparison.Parting) -> String {
    let factor = parting.factor.flatMap { (0.995...1.005).contains($0) ? nil : $0 }
    return "parts at step \(NumberText.count(parting.step))"
      + (factor.map { " by a factor \(NumberText.brief($0, digits: 3))" } ?? "")
      + ": \(point(parting.there)) in the file, \(point(parting.here)) here"
  }

  /// Lines about optimizers that were named, and the forms of them that are the recorded run; the best first.
  package static func lines(_ given: [(comparison: Comparison, neighbours: [Comparison])]) -> [String] {
    let sorted = given.enumerated().sorted { a, b in
      (a.element.comparison.fits ? 0 : 1, a.element.comparison.stepDeviation.orInfinity, a.offset)
        < (b.element.comparison.fits ? 0 : 1, b.element.comparison.stepDeviation.orInfinity, b.offset)
    }.map(\.element)
    // The best fit comes first, by its name alone: that is what a script reads.
    var lines = sorted.first.map { $0.comparison.fits ? [$0.comparison.spec.description] : [] } ?? []
    for (one, neighbours) in sorted {
      if let parting = one.parting {
        lines.append(
          "\(one.spec) \(self.parting(parting)); "
            + (one.deviation.isNaN ? "one of the two is lost" : "at most \(number(one.deviation)) apart"))
      } else {
        lines.append("\(one.spec) is the recorded run (\(size(one)))")
      }
      for other in neighbours {
        lines.append(
          "  \(([other.spec.description] + late(other)).joined(separator: " ")) is it (\(size(other)))")
      }
      if !one.fits, neighbours.isEmpty {
        lines.append("  no other form of it is; without -o every rule is searched")
      }
    }
    return lines
  }

  /// Lines about what a search has found, and of which run every k-th step was written down, if it is none step by step.
  package static func lines(_ search: RuleSearch, thinned: Thinned? = nil) -> [String] {
    guard let best = search.best.first else { return ["no optimizer can follow this run"] }
    var lines: [String] = []
    if let thinned {
      let one = thinned.comparison
      lines.append("\(one.spec) is this run with \(thinned.steps) steps from row to row (\(size(one)))")
      lines.append("say in a column step which step each row is")
    } else {
      lines.append(best.spec.description + (best.fits ? "" : " is not this run; it is the closest"))
    }
    var sentence: String
    if best.fits {
      sentence = "this is \(name(best)) (\(size(best)))"
      if let published = search.published, let parting = published.parting {
        sentence += "; \(published.spec.id) as published \(self.parting(parting))"
      }
    } else {
      sentence =
        (thinned == nil ? "" : "step by step ")
        + "no rule is this run; the closest is \(name(best)), which misses a step by "
        + "\(NumberText.brief(100 * search.remainder))% in the mean"
      if let parting = best.parting { sentence += " and \(self.parting(parting))" }
    }
    lines.append(sentence)
    let alike = search.best.dropFirst()
    if !alike.isEmpty {
      let shown = alike.prefix(6).map { ([$0.spec.description] + late($0)).joined(separator: " ") }
      let rest = alike.count > 6 ? " and \(alike.count - 6) more" : ""
      lines.append("cannot be told apart from \(shown.joined(separator: ", "))\(rest)")
    }
    if !best.fits, thinned == nil {
      lines.append("if rows were left out, say in a column step which step each row is")
    }
    if let next = search.others.first {
      lines.append("next: \(next.spec)" + (next.parting.map { ", \(parting($0))" } ?? " (\(size(next)))"))
    }
    return lines
  }
}

extension Double {
  /// Not a number comes last.
  fileprivate var orInfinity: Double { isNaN ? .infinity : self }
}
