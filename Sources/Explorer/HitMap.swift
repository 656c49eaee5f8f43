import Canvas

/// What the mouse can hit on the frame last shown: each part registers its regions while it is painted, so what is clicked
/// is what was seen.
final class HitMap {
  /// What a mouse event in a region does.
  typealias Act = (inout Explorer, Mouse) -> Void

  private var regions: [(rect: Rect, act: Act)] = []

  /// Registers a region. Where regions overlap the one registered last is hit.
  func add(_ rect: Rect, _ act: @escaping Act) {
    if !rect.isEmpty { regions.append((rect, act)) }
  }

  /// A region whose click does what a key does.
  func add(_ rect: Rect, key: Key) {
    add(rect) { explorer, mouse in
      if mouse.kind == .press { explorer.pressed = explorer.handle(.key(key)) }
    }
  }

  /// What the event hits.
  func act(at mouse: Mouse) -> Act? { regions.last { $0.rect.contains(x: mouse.x, y: mouse.y) }?.act }
}
