import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// What is shown of a landscape over more than two parameters, and what is said about what is not.
extension Explorer {
  /// The choice of the plane, as something that can be turned; nil where there are two parameters.
  var planeKnob: PanelKnob? {
    let landscape = race.experiment.landscape
    guard let name = landscape.planeName else { return nil }
    var choices = landscape.planeChoices
    if !choices.contains(name) { choices.append(name) }
    let knob = Knob(
      key: "plane", symbol: "u,v", label: "plane shown", kind: .choice(choices), defaultValue: 0,
      range: 0...Double(choices.count - 1))
    return PanelKnob(
      owner: .plane, knob: knob, value: Double(choices.firstIndex(of: name) ?? 0), moved: nil)
  }

  /// The next plane of the list, the first after the last.
  mutating func turnPlane() {
    guard let knob = planeKnob, case .choice(let choices) = knob.knob.kind else { return }
    show(plane: choices[(Int(clamped: knob.value) + 1) % choices.count])
  }

  /// Looks at the same runs through another plane. All planes go through the landscape's start; a start that was moved
  /// elsewhere is moved onto the plane.
  mutating func show(plane name: String) {
    let before = race.experiment
    let landscape: Landscape
    do {
      landscape = try before.landscape.showing(plane: name)
    } catch {
      status = .warning(Text.sanitised(error.message))
      return
    }
    remember(.plane)
    var experiment = before
    experiment.landscape = landscape
    experiment.window = landscape.window
    var moved = 0.0
    experiment.starts = before.starts.map { start in
      guard start != before.landscape.start else { return landscape.start }
      let parameters = before.startParameters(start)
      moved = max(moved, landscape.distanceFromPlane(parameters))
      return landscape.project(parameters)
    }
    race.resume(experiment, at: race.step)
    session.settle(in: landscape.window)
    let remark = moved > 1e-9 ? "; the start is \(NumberText.brief(moved)) from where it was" : ""
    status = .note("\(landscape.axes.x) to the right, \(landscape.axes.y) up\(remark)")
  }
}
