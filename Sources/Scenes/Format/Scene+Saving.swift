public import Experiments

extension Scene {
  /// The scene as it is on the screen: another experiment, another view, under another name.
  ///
  /// Beats and expectations speak of the run they were written for; they stay only if it is the same. What names a knob
  /// that is gone, goes.
  public func saved(as name: String, experiment: Experiment, view: ViewName) -> Scene {
    var scene = self
    scene.name = name
    scene.experiment = experiment
    scene.view = view
    guard experiment != self.experiment else { return scene }
    scene.beats = []
    scene.expectations = []
    func exists(_ knob: KnobPath) -> Bool { experiment.value(of: knob, at: 0) != nil }
    scene.controls = scene.controls.map { $0.filter(exists) }
    if scene.controls?.isEmpty == true, controls?.isEmpty == false { scene.controls = nil }
    scene.selected = scene.selected.flatMap { name in
      experiment.entries.contains { $0.name == name } ? name : nil
    }
    if let map {
      for axis in [map.x, map.y] {
        if case .knob(let knob) = axis.target, !exists(knob) { scene.map = nil }
      }
    }
    return scene
  }
}
