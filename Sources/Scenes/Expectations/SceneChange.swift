package import Experiments
import Landscapes
import OptimizerCore

/// A standard change of a scene, by which its expectations are tried.
package struct SceneChange: Sendable {
  /// What is to be expected of it.
  package enum Kind: Sendable {
    /// It takes away what a claim is about, so that a claim which still holds was not about it.
    case falsifies
    /// It leaves most claims true; one that fails speaks of this start, rate or seed alone.
    case varies
  }

  /// What is changed, in a few words.
  package let name: String
  /// Whether it should make claims false.
  package let kind: Kind
  /// What is run instead.
  package let experiment: Experiment
}

extension Scene {
  /// The standard changes: each entry frozen at a rate of 1e-8, every two exchanged, each rate off by a fifth, the start
  /// mirrored, other seeds.
  package var standardChanges: [SceneChange] {
    let entries = experiment.entries
    var changes: [SceneChange] = []
    func add(_ name: String, _ kind: SceneChange.Kind, _ change: (inout Experiment) -> Void) {
      var changed = experiment
      change(&changed)
      if changed != experiment { changes.append(SceneChange(name: name, kind: kind, experiment: changed)) }
    }
    for (place, entry) in entries.enumerated() {
      add("\(entry.name) frozen", .falsifies) { $0.entries[place].spec = entry.spec.frozen }
    }
    for first in entries.indices {
      for second in entries.indices where second > first {
        add("\(entries[first].name) and \(entries[second].name) exchanged", .falsifies) {
          $0.entries[first].spec = entries[second].spec
          $0.entries[second].spec = entries[first].spec
        }
      }
    }
    for (place, entry) in entries.enumerated() {
      for (factor, words) in [(1.2, "+20 %"), (0.8, "-20 %")] {
        add("rate of \(entry.name) \(words)", .varies) { $0.entries[place].spec.multiplyRate(by: factor) }
      }
    }
    add("start mirrored", .varies) { $0.starts = $0.starts.map { Point(-$0.x, -$0.y) } }
    if !experiment.noise.isNone || entries.contains(where: { $0.spec.isRandom }) {
      for seed: UInt64 in [1000, 2000] { add("seed + \(seed)", .varies) { $0.seed &+= seed } }
    }
    return changes
  }

  /// What comes of the expectations under a change.
  package func check(under change: SceneChange) -> [ExpectationFinding] {
    var scene = self
    scene.experiment = change.experiment
    return scene.check()
  }
}

extension OptimizerSpec {
  /// The key of the learning rate that acts: its own, or that of the base which has one.
  private var rateKey: String? { knobs.first { KnobKey.isRate($0.key) }?.key }

  /// The same at a rate of 1e-8; plain descent at that rate in the place of what has no rate.
  fileprivate var frozen: OptimizerSpec {
    var spec = self
    if let key = rateKey {
      spec.set(key, to: 1e-8)
      return spec
    }
    return (try? OptimizerSpec("sgd:lr=1e-8")) ?? self
  }

  /// Multiplies the rate, as far as its range goes.
  fileprivate mutating func multiplyRate(by factor: Double) {
    guard let key = rateKey, let rate = setting(key) else { return }
    set(key, to: min(max(rate * factor, 1e-8), 100))
  }
}
