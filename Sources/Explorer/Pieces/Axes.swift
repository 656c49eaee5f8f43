import Canvas

/// The axes of a plot: ticks at its edges, with labels.
enum Axes {
  /// A tick: its cell from the left or from the top of the axis, and its label, which may be empty.
  struct Tick {
    let cell: Int
    let label: String

    /// - Parameter place: in cells from the beginning of the axis; one that is not on it is not drawn.
    init(at place: Double, _ label: String) {
      cell = place > -1 && place < 1e9 ? Int(clamped: place) : -1
      self.label = label
    }
  }

  /// How labels stand below a plot.
  struct Labels {
    /// Whether the first may begin before the axis, over the corner between the axes.
    var useCorner = false
    /// Whether a minus sign stands to the left of what is centred.
    var hangSigns = false
    /// Whether one of an even width stands more to the right of its tick.
    var leanRight = true
    /// Whether ticks without room for a label are left out.
    var dropTicks = false
  }

  /// Labels in a rectangle to the left of a plot, with ticks at its right edge. A label without room is left out: cut, it
  /// would be another number.
  static func paintVertical(_ ticks: [Tick], on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    for tick in ticks where tick.cell >= 0 && tick.cell < rect.height {
      let y = rect.y + tick.cell
      if Text.width(of: tick.label) < rect.width {
        canvas.text(rightAligned: tick.label, right: rect.right - 1, y: y, style: look.muted)
      }
      canvas.text("┤", x: rect.right - 1, y: y, style: look.faint)
    }
  }

  /// A rule with ticks where there are two rows, and labels in the last.
  ///
  /// - Parameter end: where the labels end; the right end of the axis if nil.
  /// - Returns: the columns that labels take, from the left.
  @discardableResult
  static func paintHorizontal(
    _ ticks: [Tick], on canvas: inout Canvas, _ rect: Rect, until end: Int? = nil, _ labels: Labels,
    _ look: Look
  ) -> [Range<Int>] {
    let row = rect.height >= 2 ? rect.y + 1 : rect.y
    let end = end ?? rect.right
    if rect.height >= 2 { canvas.rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint) }
    var taken: [Range<Int>] = []
    var free = labels.useCorner ? rect.x - 4 : rect.x - 1
    for tick in ticks where tick.cell >= 0 && tick.cell < rect.width {
      let width = Text.width(of: tick.label)
      let before = (labels.leanRight ? width - 1 : width) / 2
      let sign = labels.hangSigns && tick.label.hasPrefix("−") ? 1 : 0
      var x = min(rect.x + tick.cell - sign - before, rect.right - width)
      if !labels.useCorner { x = max(rect.x, x) }
      let hasRoom = x > free && x >= 0 && x + width <= end
      if rect.height >= 2, hasRoom || !labels.dropTicks {
        canvas.text("┬", x: rect.x + tick.cell, y: rect.y, style: look.faint)
      }
      guard hasRoom else { continue }
      canvas.text(tick.label, x: x, y: row, style: look.muted)
      free = x + width
      taken.append(x..<free)
    }
    return taken
  }
}
