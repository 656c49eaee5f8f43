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
}
