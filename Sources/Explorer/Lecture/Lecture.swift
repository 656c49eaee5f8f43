package import Scenes

/// A lecture: scenes in order, each with its beats, and where in them the lecturer is.
///
/// What is shown at a place follows from the scene alone (`Scene.stage`), so a beat is the same whatever happened before.
package struct Lecture {
  /// The scenes, in order; at least one.
  package let scenes: [Scene]
  /// Which scene is on.
  package private(set) var sceneIndex = 0
  /// Which of its beats is on, −1 before the first.
  package private(set) var beat = -1
  /// Whether the answer of the beat's question has been shown.
  private(set) var isRevealed = false
  /// The choice that the class has picked, from 1.
  var picked: Int?
  /// Whether the screen is black, for the class to look at the lecturer.
  var isBlack = false
  /// Whether `q` was pressed once.
  var isEnding = false
  /// What pictures of the scenes show, by their numbers, as far as that was asked for.
  private var frames: [Int: PlotWindow] = [:]
  /// Whether the explorer's whole frame is shown: knobs, replay line, keys.
  var showsAll = false
  /// When the answer was shown, in seconds since the beginning.
  private var revealedAt: Double?
  /// Seconds since it began.
  package internal(set) var elapsed = 0.0

  /// A lecture at its beginning.
  package init(_ scenes: [Scene]) {
    precondition(!scenes.isEmpty, "a lecture has a scene")
    self.scenes = scenes
  }

  /// The scene that is on.
  package var scene: Scene { scenes[sceneIndex] }

  /// What pictures of the scene show, the same in all its beats.
  mutating func frame() -> PlotWindow {
    if let known = frames[sceneIndex] { return known }
    let frame = scene.frame()
    frames[sceneIndex] = frame
    return frame
  }

  /// What the beat shows.
  var stage: LectureState { beat < 0 ? scene.opening : scene.stage(beat) }

  /// The question that waits for its answer.
  var openQuestion: Beat.Question? { isRevealed ? nil : stage.question }

  /// Shows the answer.
  mutating func reveal() {
    isRevealed = true
    revealedAt = elapsed
  }

  /// Hides the answer again.
  mutating func hideAnswer() { isRevealed = false }

  /// Whether the answer was shown so short a time ago that a digit may still be meant for the question.
  var wasJustRevealed: Bool { isRevealed && revealedAt.map { elapsed - $0 < 2 } ?? false }

  /// Goes to a place; beats beyond the scene's are its last.
  mutating func go(toScene index: Int, beat: Int) {
    sceneIndex = min(max(0, index), scenes.count - 1)
    self.beat = min(max(-1, beat), scene.beats.count - 1)
    isRevealed = false
    picked = nil
    isBlack = false
  }

  /// Goes one beat on, into the next scene after the last; false at the end.
  mutating func goOn() -> Bool {
    if beat + 1 < scene.beats.count {
      go(toScene: sceneIndex, beat: beat + 1)
    } else if sceneIndex + 1 < scenes.count {
      go(toScene: sceneIndex + 1, beat: -1)
    } else {
      return false
    }
    return true
  }

  /// Goes one beat back, into the scene before at the first; false at the beginning.
  mutating func goBack() -> Bool {
    if beat >= 0 {
      go(toScene: sceneIndex, beat: beat - 1)
    } else if sceneIndex > 0 {
      go(toScene: sceneIndex - 1, beat: scenes[sceneIndex - 1].beats.count - 1)
    } else {
      return false
    }
    return true
  }

  /// Where it is, in words: `scene 2/20  beat 1/4`.
  var place: String {
    let scene = "scene \(sceneIndex + 1)/\(scenes.count)"
    return self.scene.beats.isEmpty ? scene : "\(scene)  beat \(beat + 1)/\(self.scene.beats.count)"
  }

  /// How far it is, 0...1, counted in beats.
  var progress: Double {
    func count(_ scene: Scene) -> Int { scene.beats.count + 1 }
    let before = scenes[..<sceneIndex].reduce(0) { $0 + count($1) } + beat + 1
    let all = scenes.reduce(0) { $0 + count($1) }
    return all > 1 ? Double(before) / Double(all - 1) : 1
  }
}
