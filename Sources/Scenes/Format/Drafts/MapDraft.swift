import Experiments

/// What has been read of the axes of a map.
struct MapDraft {
  let context: SceneDraft
  var x: Axis?
  var y: Axis?
}
