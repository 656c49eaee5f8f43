import Yams

/// What has been read of a beat.
struct BeatDraft {
  let context: SceneDraft
  var beat = Beat()
  /// The last key that makes another run of the whole race.
  var runNode: Node?
  var ask: String?
  var choicesNode: Node?
  var choices: [String]?
  var answerNode: Node?
  var answer: Int?
  var untilNode: Node?
}
