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

  /// What pictures of the landscape show of the race.
  package var subject: Portrait.Subject { context.subject }

  /// The same as a scene document of a name, with its view: the explorer opens on it as it stands at the start.
  public func document(named name: String) -> String { saved(as: name).document }

  /// What of the scene its document leaves out, and why; nil where it holds all of it.
  public var leftOutOfDocument: String? {
    let saved = saved(as: scene.name)
    let parts = [
      scene.beats.isEmpty || !saved.beats.isEmpty ? nil : "beats",
      scene.expectations.isEmpty || !saved.expectations.isEmpty ? nil : "expectations",
    ].compactMap(\.self)
    return parts.isEmpty
      ? nil : "without its \(parts.joined(separator: " and ")), which speak of the scene as it was"
  }

  private func saved(as name: String) -> Scene {
    var scene = scene
    let shown = shown
    (scene.title, scene.caption, scene.speed) = (shown.title, shown.caption, shown.speed)
    var experiment = shown.experiment
    // Nor is looking at it as it was framed.
    if window == session.home { experiment.window = race.experiment.window }
    // Going on beyond the budget of the scene is no other scene.
    if experiment.budget == Budget() { experiment.budget = scene.experiment.budget }
    return scene.saved(as: name, experiment: experiment, view: openView)
  }
}
