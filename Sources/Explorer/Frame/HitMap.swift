import Canvas

/// What the mouse can hit on the frame last shown: each part registers its regions while it is painted, so what is clicked
/// is what was seen.
final class HitMap {
  /// What a mouse event in a region does.
  typealias Act = (inout Explorer, Mouse) -> Void

  /// A part of the screen and what the mouse does there.
  private struct Region {
    let rect: Rect
    let act: Act
    /// Whether a press takes hold: what follows until the release belongs to the region, wherever the mouse goes.
    let holds: Bool
  }

  private var regions: [Region] = []
  /// Whether a dialog stands over the picture: then the regions are the dialog's alone.
  private(set) var isDialog = false

  /// Registers a region. Where regions overlap the one registered last is hit.
  ///
  /// - Parameter holding: whether a press takes hold of the region; `act` then also sees drags from outside the rectangle.
  func add(_ rect: Rect, holding: Bool = false, _ act: @escaping Act) {
    if !rect.isEmpty { regions.append(Region(rect: rect, act: act, holds: holding)) }
  }

  /// A region whose click does what a key does.
  func add(_ rect: Rect, key: Key) {
    add(rect) { explorer, mouse in
      if mouse.kind == .press { explorer.pressed = explorer.handle(.key(key)) }
    }
  }

  /// What lies beneath a dialog cannot be hit.
  func beginDialog() {
    regions = []
    isDialog = true
  }

  /// What the event hits.
  func act(at mouse: Mouse) -> Act? { region(at: mouse)?.act }

  /// What a press takes hold of.
  func grip(at mouse: Mouse) -> Act? { region(at: mouse).flatMap { $0.holds ? $0.act : nil } }

  private func region(at mouse: Mouse) -> Region? {
    regions.last { $0.rect.contains(x: mouse.x, y: mouse.y) }
  }
}
