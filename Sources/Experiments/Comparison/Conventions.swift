import Landscapes
import OptimizerCore

/// The optimizers that a recorded run may be of: every rule in every form that it has.
enum Conventions {
  /// Every rule that a landscape has what it takes for, in all its forms; with decay beside the gradient where a rule has
  /// none of its own; and the usual ones in the usual wrappers.
  static func all(on landscape: Landscape) -> [OptimizerSpec] {
    let hasMatrix = landscape.layout.blocks.contains { !$0.isVector }
    let rules = OptimizerRegistry.all.filter { entry in
      !entry.isWrapper && !entry.about.isRandom && entry.about.group != .continuousTime
        // On a vector they are other rules.
        && (hasMatrix || entry.about.onVectors == nil)
    }
    var specs = rules.flatMap { forms(of: $0.about.id) }
    for entry in rules where entry.hasLearningRate && !entry.knobs.contains(where: { $0.role == .decay }) {
      specs += forms(of: "decay(\(entry.about.id))")
    }
    let (bases, wrappers) = OptimizerRegistry.usualWrappings
    for base in bases { for wrapper in wrappers { specs += forms(of: "\(wrapper)(\(base))") } }
    return specs.filter { landscape.obstacle(to: $0) == nil }
  }

  /// A spec in all combinations of its toggles and choices; the first has those that it came with.
  static func forms(of text: String) -> [OptimizerSpec] {
    guard let spec = try? OptimizerSpec(text) else { return [] }
    return forms(of: spec)
  }

  /// The same of a spec with settings.
  static func forms(of spec: OptimizerSpec) -> [OptimizerSpec] {
    var specs = [spec]
    for knob in spec.knobs {
      let count: Int
      switch knob.kind {
      case .toggle: count = 2
      case .choice(let words): count = words.count
      case .real, .integer: continue
      }
      specs = specs.flatMap { spec in
        let own = spec.setting(knob.key) ?? knob.defaultValue
        let others = (0..<count).map(Double.init).filter { $0 != own }
        return [spec]
          + others.map { value in
            var other = spec
            other.set(knob.key, to: value)
            return other
          }
      }
    }
    return specs
  }
}
