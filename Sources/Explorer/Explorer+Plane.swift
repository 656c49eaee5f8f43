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
    show(plane: choices[(Int(knob.value) + 1) % choices.count])
  }

  /// Looks at the same runs through another plane. All planes go through the landscape's start; a start that was moved
  /// elsewhere is moved onto the plane.
  mutating func show(plane name: String) {
    let before = race.experiment
    guard let landscape = try? before.landscape.showing(plane: name) else {
      status = .warning("'\(name)' is no plane here")
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
    window = landscape.window
    let remark = moved > 1e-9 ? "; the start is \(NumberText.brief(moved, digits: 2)) from where it was" : ""
    status = .note("\(landscape.axes.x) to the right, \(landscape.axes.y) up\(remark)")
  }

  /// What is nearer to the plane than this share of the window is on it: more is not told apart from rounding.
  static let planeRounding = 1e-12

  /// In the lower left corner of the plot: what is a projection, and from how far.
  func paintPlaneRemark(on canvas: inout Canvas, _ plot: Rect, _ landscape: Landscape, _ look: Look) {
    guard landscape.plane != nil, plot.height >= 8 else { return }
    var remarks: [String] = []
    if race.experiment.entries.indices.contains(selectedEntry), race.experiment.entries[selectedEntry].isOn {
      let distance = landscape.distanceFromPlane(race.run(entry: selectedEntry).parameters)
      if distance > Explorer.planeRounding * window.diagonal {
        remarks.append("\(selectedEntry + 1) is \(NumberText.brief(distance, digits: 2)) off this plane")
      }
    }
    for minimum in landscape.minimisers {
      let distance = landscape.distanceFromPlane(minimum)
      // What rounding leaves of 0 is no projection.
      let size = minimum.euclideanNorm
      if distance > 1e-9 * max(1, size) {
        remarks.append("+ projected from \(NumberText.brief(distance, digits: 2)) off it")
      }
    }
    var y = plot.bottom - remarks.count
    for remark in remarks where Text.width(of: remark) + 2 <= plot.width {
      canvas.text(" \(remark) ", x: plot.x, y: y, style: look.muted)
      y += 1
    }
  }
}
