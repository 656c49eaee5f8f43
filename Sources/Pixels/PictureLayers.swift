public import Canvas

/// The drawings of a canvas as pictures on a terminal: what was sent, so that only what is different is sent again.
public struct PictureLayers: Sendable {
  /// How a terminal takes pictures.
  public enum Means: Sendable, Hashable {
    /// By kitty's protocol: under the text.
    ///
    /// - Parameter replacesParts: whether parts of a picture can be replaced; else it is sent whole.
    case kitty(replacesParts: Bool)
    /// By kitty's protocol through tmux: in cells that name its parts.
    ///
    /// - Parameter hasDirectColour: whether cells can have any of 2²⁴ colours, or 256.
    case placeholders(hasDirectColour: Bool)
    /// By sixels: in place of text.
    case sixel
  }

  /// How the terminal takes them.
  public let means: Means
  /// How large its cells are.
  public let cell: CellSize
  /// How large they are painted: at half the size where pixels are so small that nobody sees one, and the terminal can
  /// stretch pictures.
  private let painted: CellSize

  private var layers: [Layer] = []
  private var isPrepared = false
  private var ramp: (palette: Palette, ramp: ColourRamp)?

  /// Layers on a terminal that has none.
  public init(_ means: Means, cell: CellSize) {
    (self.means, self.cell) = (means, cell)
    let isFine = means != .sixel && cell.width >= 18
    painted = isFine ? CellSize(width: (cell.width + 1) / 2, height: (cell.height + 1) / 2) : cell
  }

  /// The most pixels that are painted for a frame: more take longer than one lasts.
  private static let mostPixels = 3_000_000

  /// The drawings of a canvas that are shown: none where they would be too large, and their likeness in characters is.
  private func shown(_ canvas: Canvas) -> [Canvas.PlacedDrawing] {
    let cells = canvas.drawings.reduce(0) { $0 + $1.rect.width * $1.rect.height }
    return cells * painted.width * painted.height <= PictureLayers.mostPixels ? canvas.drawings : []
  }

  /// A canvas as its text is to be sent: blank where pictures stand.
  public func text(of canvas: Canvas) -> Canvas {
    guard !shown(canvas).isEmpty else { return canvas }
    guard case .placeholders(let hasDirectColour) = means else { return canvas.besideDrawings }
    return canvas.besideDrawings { number, x, y in
      guard let glyph = KittyPlaceholder.glyph(row: y, column: x) else { return nil }
      let id = PictureSender.holder(number: number)
      let colour: Colour =
        hasDirectColour ? Colour(hex: id) : .indexed(Int(id))
      return Cell(glyph, Style(colour, on: .terminal))
    }
  }

  /// What brings the pictures of a canvas onto the terminal, to be sent behind its text.
  ///
  /// - Parameter touched: the columns of each row in which text was sent.
  public mutating func bytes(for canvas: Canvas, touched: [Range<Int>] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    let drawings = shown(canvas)
    if !isPrepared, !drawings.isEmpty {
      bytes += preparation
      isPrepared = true
    }
    while layers.count > drawings.count {
      bytes += layers[layers.count - 1].sender.clear()
      layers.removeLast()
    }
    for (index, placed) in drawings.enumerated() {
      if index == layers.count {
        layers.append(
          Layer(sender: PictureSender(means, number: index, cell: painted, isStretched: painted != cell)))
      }
      let ramp = ramp(placed.drawing.palette)
      layers[index].paint(placed, on: canvas, cell: painted, ramp: ramp)
      bytes += layers[index].send(placed.rect, palette: placed.drawing.palette) { column, row in
        touched.indices.contains(row) && touched[row].contains(column)
      }
    }
    return bytes
  }

  /// The picture that a drawing of a canvas makes.
  package static func image(
    of placed: Canvas.PlacedDrawing, on canvas: Canvas, cell: CellSize
  ) -> PixelImage {
    var layer = Layer(sender: PictureSender(.sixel, number: 0, cell: cell, isStretched: false))
    layer.paint(
      placed, on: canvas, cell: cell, ramp: ColourRamp(placed.drawing.palette))
    return layer.ground.covered(by: layer.moving)
  }

  /// Forgets what the terminal shows, which has been cleared.
  public mutating func forget() {
    isPrepared = false
    for index in layers.indices { layers[index].sender.forget() }
  }

  /// What makes the terminal ready for pictures: sixels are drawn at the cursor, not in the corner (DECSDM).
  public var preparation: [UInt8] { means == .sixel ? Array("\u{1b}[?80s\u{1b}[?80l".utf8) : [] }

  /// What takes all pictures away that may be there and takes the preparation back.
  public var removal: [UInt8] {
    switch means {
    case .sixel: Array("\u{1b}[?80r".utf8)
    case .kitty: KittyGraphics.deleteVisible
    case .placeholders:
      (0..<PictureLayers.most).flatMap {
        EscapeSequence.passedThrough(KittyGraphics.delete(id: PictureSender.holder(number: $0)))
      }
    }
  }

  /// The most pictures that a screen has.
  private static let most = 4

  private mutating func ramp(_ palette: Palette) -> ColourRamp {
    if let ramp, ramp.palette == palette { return ramp.ramp }
    let made = ColourRamp(palette)
    ramp = (palette, made)
    return made
  }
}

/// One drawing: its pictures, kept while nothing of what they show changes.
private struct Layer: Sendable {
  var sender: PictureSender
  private(set) var ground = PixelImage(width: 0, height: 0)
  private(set) var moving = PixelImage(width: 0, height: 0)
  private var painted: Painted?

  /// What the ground shows.
  private struct Painted: Equatable {
    var drawing: PlotDrawing
    var grounds: [Colour]
    var isSeen: [Bool]
  }

  init(sender: PictureSender) { self.sender = sender }

  mutating func paint(
    _ placed: Canvas.PlacedDrawing, on canvas: Canvas, cell: CellSize, ramp: ColourRamp
  ) {
    let (drawing, rect) = (placed.drawing, placed.rect)
    var seen = [Bool](repeating: false, count: drawing.columns * drawing.rows)
    var grounds: [Colour] = []
    for y in 0..<drawing.rows {
      for x in 0..<drawing.columns {
        seen[y * drawing.columns + x] = canvas.showsDrawing(
          x: rect.x + x, y: rect.y + y)
        if drawing.ground == .page { grounds.append(canvas[rect.x + x, rect.y + y].style.background) }
      }
    }
    let still = drawing.still
    let painter = DrawingPainter(drawing, cell: cell)
    if painted?.drawing != still || painted?.grounds != grounds || painted?.isSeen != seen {
      ground = painter.ground(ramp: ramp) { grounds[$1 * drawing.columns + $0] }
      ground.erase(where: { !seen[$1 * drawing.columns + $0] }, cell: cell)
    }
    moving = painter.moving()
    moving.erase(where: { !seen[$1 * drawing.columns + $0] }, cell: cell)
    painted = Painted(drawing: still, grounds: grounds, isSeen: seen)
  }

  mutating func send(
    _ rect: Rect, palette: Palette, isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8] {
    sender.show(
      ground: ground, moving: moving, column: rect.x, row: rect.y, palette: palette, isTouched: isTouched)
  }
}

extension PixelImage {
  /// Clears the pixels of cells.
  fileprivate mutating func erase(where isHidden: (_ x: Int, _ y: Int) -> Bool, cell: CellSize) {
    for y in 0..<height / cell.height {
      for x in 0..<width / cell.width where isHidden(x, y) {
        for row in y * cell.height..<(y + 1) * cell.height {
          for column in x * cell.width..<(x + 1) * cell.width { self[column, row] = .clear }
        }
      }
    }
  }
}

/// Sends the picture of one drawing by the means that the terminal has.
private enum PictureSender: Sendable {
  case kitty(KittyLayer)
  case placeholder(PlaceholderLayer, CellSize)
  case sixel(SixelLayer?, Palette?, CellSize)

  /// The numbers of the pictures of a layer: unlikely to be another program's, and each below 2²⁴.
  static func ids(number: Int) -> [UInt32] {
    let first = 0x00de_5c00 + UInt32(truncatingIfNeeded: number) * 2
    return [first, first + 1]
  }

  /// The number of a layer's picture where it is the colour of cells: one of 256, and the same as a direct one.
  static func holder(number: Int) -> UInt32 { 232 + UInt32(truncatingIfNeeded: number) % 24 }

  init(_ means: PictureLayers.Means, number: Int, cell: CellSize, isStretched: Bool) {
    switch means {
    case .placeholders:
      self = .placeholder(PlaceholderLayer(id: PictureSender.holder(number: number)), cell)
    case .kitty(let replacesParts):
      self = .kitty(
        KittyLayer(
          firstID: PictureSender.ids(number: number)[0], replacesParts: replacesParts,
          cell: isStretched ? cell : nil))
    case .sixel: self = .sixel(nil, nil, cell)
    }
  }

  mutating func show(
    ground: PixelImage, moving: PixelImage, column: Int, row: Int, palette: Palette,
    isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8] {
    switch self {
    case .kitty(var layer):
      defer { self = .kitty(layer) }
      return layer.show(ground: ground, moving: moving, column: column, row: row)
    case .placeholder(var layer, let cell):
      defer { self = .placeholder(layer, cell) }
      return layer.show(
        ground.covered(by: moving), columns: ground.width / cell.width, rows: ground.height / cell.height)
    case .sixel(let known, let before, let cell):
      var layer =
        before == palette
        ? known ?? SixelLayer(palette: SixelPalette(palette, entries: 9), cell: cell)
        : SixelLayer(palette: SixelPalette(palette, entries: 9), cell: cell)
      defer { self = .sixel(layer, palette, cell) }
      return layer.show(ground.covered(by: moving), column: column, row: row) {
        isTouched(column + $0, row + $1)
      }
    }
  }

  /// What takes the pictures away; sixels are written over by text.
  mutating func clear() -> [UInt8] {
    switch self {
    case .kitty(var layer):
      defer { self = .kitty(layer) }
      return layer.clear()
    case .placeholder(var layer, let cell):
      defer { self = .placeholder(layer, cell) }
      return layer.clear()
    case .sixel: return []
    }
  }

  mutating func forget() {
    switch self {
    case .kitty(var layer):
      layer.forget()
      self = .kitty(layer)
    case .placeholder(var layer, let cell):
      layer.forget()
      self = .placeholder(layer, cell)
    case .sixel(_, _, let cell): self = .sixel(nil, nil, cell)
    }
  }
}
