import Canvas

/// A part of the screen and what the mouse does there. Pieces and views return theirs where they are painted, so what is
/// clicked is what was seen.
struct HitRegion: Hashable {
  let rect: Rect
  let action: HitAction
  /// Whether a press takes hold: what follows until the release belongs to the region, wherever the mouse goes.
  let holds: Bool

  init(_ rect: Rect, _ action: HitAction, holding: Bool = false) {
    self.rect = rect
    self.action = action
    holds = holding
  }
}
