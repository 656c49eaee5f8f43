import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// Why a key would do nothing now, with the way out; nil if it does something. The help shows it, and the key says it.
  func obstacle(to action: Action) -> String? {
    if isBlind, action.tellsNames { return Explorer.blindObstacle }
    return switch action {
    case .step(let steps) where steps < 0: race.step == 0 && !isPlaying ? "this is the start" : nil
    case .selectEntry: race.experiment.entries.isEmpty ? "there is no entry yet: a adds one" : nil
    case .removeEntry: race.experiment.entries.isEmpty ? "there is no entry to remove" : nil
    case .editRule: obstacleToEditing
    case .switchEntry(let index):
      race.experiment.entries.indices.contains(index) ? nil : "there is no entry \(index + 1); a adds one"
    case .selectKnob, .turn, .typeValue, .knobToDefault: knobs.isEmpty ? "nothing to turn here" : nil
    case .knobToLimit: obstacle(toTheory: .limit)
    case .knobToOptimum: obstacle(toTheory: .optimum)
    case .clearGhosts: ghosts.isEmpty ? "there is no ghost: g keeps the selected run as one" : nil
    case .keepGhost: race.experiment.entries.isEmpty ? "there is no run to keep: a adds an entry" : nil
    case .fan:
      race.experiment.entries.isEmpty && fan.count == nil
        ? "there is no run to fan out: a adds an entry" : nil
    case .undo: undo.isEmpty ? "nothing to undo" : nil
    case .redo: undo.hasNothingToRedo ? "nothing to redo" : nil
    case .stretch:
      race.nextLandscape.constants.isEmpty
        ? "this landscape has no constant to stretch; L offers the ravine, f takes a formula" : nil
    case .rotate:
      race.nextLandscape.constants.contains { $0.name == "angle" }
        ? nil : "this landscape has no angle; L offers the rotated ravine"
    case .turnPlane, .choosePlane:
      race.experiment.landscape.showsAllParameters
        ? "this landscape has two parameters, x and y; L offers matrices, seen through planes" : nil
    case .resetView: window == session.home && framesByView ? "the window is as the scene has it" : nil
    case .spotlight: race.experiment.entries.isEmpty ? "there is no entry to light" : nil
    case .glyphs:
      appearance.isUnicode
        ? nil : "this locale is not UTF-8, so the picture is ASCII; LANG=C.UTF-8 would show more"
    case .view(let name): openView == name ? nil : obstacle(to: name)
    default: nil
    }
  }

  /// Why the theory has no value for the selected knob.
  private func obstacle(toTheory which: TheoryValue) -> String? {
    let knobs = knobs
    guard knobs.indices.contains(selectedKnob), case .entry(let index) = knobs[selectedKnob].owner else {
      return "the theory speaks of an optimizer's knobs: ↑ ↓ select one"
    }
    let theory = Moment(of: race, isMoving: isPlaying).theory(entry: index)
    let key = knobs[selectedKnob].knob.key
    if case .unknown(let why) = which == .limit ? theory.limit(of: key) : theory.optimum(of: key) {
      return why
    }
    return nil
  }
}
