/// What is different in a rule that was made of another: the lines and the knobs.
package struct RuleDifference: Sendable, Hashable {
  /// A name that is assigned or declared, with what became of its lines.
  package struct Change: Sendable, Hashable {
    /// What happened.
    package enum Kind: String, Sendable, Hashable {
      case removed = "−"
      case added = "+"
      case changed = "±"
    }

    package let kind: Kind
    package let name: String
    /// What stood there, and what does now; empty where nothing did.
    package let (before, after): (String, String)
  }

  /// The changes, in the order of the new rule; what is gone comes first.
  package let changes: [Change]

  /// Compares the lines of two rules by the names on their left, and their knobs by their keys.
  package init(from old: TypedRule, to new: TypedRule) { self.init(from: old.syntax, to: new.syntax) }

  /// What is different from the text of the built-in rule that a rule was made of, as its name tells; nil where it tells none.
  package init?(fromOriginOf rule: TypedRule) { self.init(fromOrigin: rule.syntax) }

  init?(fromOrigin syntax: RuleSyntax) {
    guard let text = WrittenRule.origin(of: syntax.name)?.text, let origin = try? RuleSyntax(text) else {
      return nil
    }
    self.init(from: origin, to: syntax)
  }

  private init(from old: RuleSyntax, to new: RuleSyntax) {
    func named(_ rule: RuleSyntax) -> [(name: String, texts: [String])] {
      var groups: [(name: String, texts: [String])] = []
      let knobs = rule.knobs.map { (name: $0.knob.key, text: $0.text) }
      for item in knobs + rule.lines.map({ (name: $0.name.text, text: $0.text) }) {
        if let place = groups.firstIndex(where: { $0.name == item.name }) {
          groups[place].texts.append(item.text)
        } else {
          groups.append((item.name, [item.text]))
        }
      }
      return groups
    }
    let (before, after) = (named(old), named(new))
    var changes: [Change] = []
    for item in before where !after.contains(where: { $0.name == item.name }) {
      changes.append(
        Change(kind: .removed, name: item.name, before: item.texts.joined(separator: "; "), after: ""))
    }
    for item in after {
      let was = before.first { $0.name == item.name }?.texts
      guard was != item.texts else { continue }
      // Lines that stand in both say nothing.
      let gone = (was ?? []).filter { !item.texts.contains($0) }
      let come = item.texts.filter { !(was ?? []).contains($0) }
      changes.append(
        Change(
          kind: was == nil ? .added : .changed, name: item.name, before: gone.joined(separator: "; "),
          after: come.joined(separator: "; ")))
    }
    // The same lines in another order.
    if changes.isEmpty, old.lines.map(\.text) != new.lines.map(\.text) {
      changes = [Change(kind: .changed, name: "order", before: "", after: "")]
    }
    self.changes = changes
  }

  /// Whether they are the same but for their names.
  package var isEmpty: Bool { changes.isEmpty }

  /// The names with their signs, as few as fit into a label: `−m_hat ±x`.
  package var marks: String {
    let shown = changes.prefix(2).map { $0.kind.rawValue + $0.name }
    return (shown + (changes.count > 2 ? ["…"] : [])).joined(separator: " ")
  }

  /// What is different, in words: `without m_hat = m/(1 - p1); x = x - lr*m instead of x = x - lr*m_hat`.
  package var words: String {
    changes.map { change in
      switch change.kind {
      case .removed: return "without \(change.before)"
      case .added: return "with \(change.after)"
      case .changed:
        if change.before.isEmpty, change.after.isEmpty { return "the lines in another order" }
        if change.before.isEmpty { return "with \(change.after)" }
        return change.after.isEmpty
          ? "without \(change.before)" : "\(change.after) instead of \(change.before)"
      }
    }.joined(separator: "; ")
  }
}
