import Canvas

/// What the mouse can hit on the frame last shown.
struct HitMap {
  private var regions: [HitRegion] = []
  /// Whether a dialog stands over the picture: then the regions are the dialog's alone.
  private(set) var isDialog = false

  /// Where regions overlap the one added last is hit.
  mutating func add(_ more: [HitRegion]) { regions += more.filter { !$0.rect.isEmpty } }

  /// What lies beneath a dialog cannot be hit.
  mutating func beginDialog() {
    regions = []
    isDialog = true
  }

  /// What the mouse hits.
  func region(at mouse: Mouse) -> HitRegion? {
    regions.last { $0.rect.contains(x: mouse.x, y: mouse.y) }
  }
}
