import Canvas

extension Picture {
  /// The picture in so many pixels a unit.
  package func image(scale: Double) -> PixelImage {
    let sheet = PixelImage(
      width: pixels(width, scale), height: pixels(height, scale), filledWith: Pixel(page))
    return image(scale: scale, of: items, on: sheet)
  }

  /// Things laid over what has been painted before.
  package func image(scale: Double, of items: [Item], on sheet: PixelImage) -> PixelImage {
    var painter = PixelPainter(on: sheet)
    for item in items { item.paint(on: &painter, within: Pen(), scale) }
    return painter.image
  }

  /// How many pixels so many units have; a page has one at least.
  private func pixels(_ units: Double, _ scale: Double) -> Int {
    max(1, Int(clamped: (units * scale).rounded()))
  }
}

extension Picture.Item {
  fileprivate func paint(on painter: inout PixelPainter, within outer: Picture.Pen, _ scale: Double) {
    let pen = pen.within(outer)
    switch shape {
    case .lines(let lines):
      let scaled = lines.map { (places: $0.places.map { $0 * scale }, isClosed: $0.isClosed) }
      if let fill = pen.fill {
        painter.fill(scaled.map(\.places), hasHoles: pen.hasHoles, colour: fill)
      }
      guard let stroke = pen.stroke else { return }
      for isClosed in [false, true] {
        let part = scaled.filter { $0.isClosed == isClosed }.map(\.places)
        if part.isEmpty { continue }
        painter.stroke(
          part, width: (pen.width ?? 1) * scale, isClosed: isClosed, colour: stroke,
          opacity: pen.opacity ?? 1)
      }
    case .circle(let middle, let radius):
      let outline = (pen.stroke == nil ? 0 : pen.width ?? 1) / 2
      // The outline lies half within.
      if let stroke = pen.stroke {
        painter.discs(
          at: [middle * scale], radius: (radius + outline) * scale, colour: stroke, opacity: pen.opacity ?? 1)
      }
      if let fill = pen.fill {
        painter.discs(at: [middle * scale], radius: (radius - outline) * scale, colour: fill)
      }
    case .box(let box):
      let corners = [
        SIMD2(box.left, box.top), SIMD2(box.right, box.top), SIMD2(box.right, box.bottom),
        SIMD2(box.left, box.bottom),
      ]
      Picture.Item(.lines([Picture.Line(corners, isClosed: true)])).paint(on: &painter, within: pen, scale)
    case .text(let label):
      if let ink = pen.fill { painter.write(label, colour: ink, scale: scale) }
    case .ground(let ground): painter.shade(ground.shades, in: ground.box.pixels(scale), ramp: ground.ramp)
    case .group(let items, let clip):
      let before = painter.clip
      if let clip { painter.clip = before.intersection(clip.pixels(scale)) }
      for item in items { item.paint(on: &painter, within: pen, scale) }
      painter.clip = before
    }
  }
}

extension Box {
  /// The whole pixels nearest to it.
  fileprivate func pixels(_ scale: Double) -> PixelBox {
    let (left, top) = (Int(clamped: (left * scale).rounded()), Int(clamped: (top * scale).rounded()))
    return PixelBox(
      left: left, top: top, width: Int(clamped: (right * scale).rounded()) - left,
      height: Int(clamped: (bottom * scale).rounded()) - top)
  }
}
