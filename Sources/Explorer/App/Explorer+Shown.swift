import Experiments
public import Scenes

extension Explorer {
  /// What is on the screen, as a scene: the experiment with its knobs as they stand, the window, the words, the speed.
  public var shown: Scene {
    var scene = scene
    scene.title = title
    scene.caption = caption
    scene.experiment = race.experiment
    scene.experiment.window = window
    scene.speed = speed
    return scene
  }

  /// The same as a scene document of a name, with its view: the explorer opens on it as it stands at the start.
  public func document(named name: String) -> String {
    shown.saved(as: name, experiment: shown.experiment, view: openView).document
  }
}
