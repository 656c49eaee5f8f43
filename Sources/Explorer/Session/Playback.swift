/// Whether a race is stepping by itself, and how far.
struct Playback {
  /// The speeds that the keys go through, in steps a second, slowest first.
  static let speeds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]

  var isPlaying = false
  /// Whether it steps as fast as the machine can, whatever the speed.
  var isUnbounded = false
  /// The part of a step that has not come due yet.
  var due = 0.0
  /// The step at which it pauses by itself, if a lecture asks for that.
  var until: Int?

  /// Pauses before the next step.
  mutating func pause() {
    isPlaying = false
    due = 0
  }
}
