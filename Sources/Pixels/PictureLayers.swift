public import Canvas

/// The drawings of a canvas as pictures on a terminal: what was sent, so that only what is different is sent again.
public struct PictureLayers: Sendable {
  /// How a terminal takes pictures.
  public enum Means: Sendable, Hashable {
    /// By kitty's protocol: above cells that are blank.
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

  private var layers: [(picture: PaintedDrawing, sender: any PictureSender)] = []
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
      let id = PictureLayers.holder(number: number)
      let colour: Colour = hasDirectColour ? Colour(hex: id) : .indexed(Int(id))
      return Cell(glyph, Style(colour, on: .terminal))
    }
  }

  /// What brings the pictures of a canvas onto the terminal, to be sent behind its text.
  ///
  /// - Parameter touched: the columns of each row in which text was sent; it matters where text wipes pictures away.
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
      if index == layers.count { layers.append((PaintedDrawing(), sender(number: index))) }
      let palette = placed.drawing.palette
      layers[index].picture.paint(placed, on: canvas, cell: painted, ramp: ramp(palette))
      bytes += layers[index].sender.show(layers[index].picture, in: placed.rect, palette: palette) {
        touched.indices.contains($1) && touched[$1].contains($0)
      }
    }
    return bytes
  }

  /// The picture that a drawing of a canvas makes.
  package static func image(
    of placed: Canvas.PlacedDrawing, on canvas: Canvas, cell: CellSize
  ) -> PixelImage {
    var picture = PaintedDrawing()
    picture.paint(placed, on: canvas, cell: cell, ramp: ColourRamp(placed.drawing.palette))
    return picture.image
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
      PictureLayers.holders.flatMap {
        EscapeSequence.passedThrough(KittyGraphics.delete(id: $0))
      }
    }
  }

  /// The numbers of pictures that are the colour of cells: of 256, and the same as direct ones.
  private static let holders: Range<UInt32> = 232..<256

  /// The number of a layer's picture where it is the colour of cells.
  private static func holder(number: Int) -> UInt32 {
    holders.lowerBound + UInt32(truncatingIfNeeded: number) % UInt32(holders.count)
  }

  private func sender(number: Int) -> any PictureSender {
    switch means {
    case .placeholders: PlaceholderLayer(id: PictureLayers.holder(number: number))
    case .kitty(let replacesParts):
      // Two numbers for each that are unlikely to be another program's.
      KittyLayer(
        firstID: 0x00de_5c00 + UInt32(truncatingIfNeeded: number) * 2, replacesParts: replacesParts,
        cell: painted == cell ? nil : painted)
    case .sixel: SixelLayer(cell: painted)
    }
  }

  private mutating func ramp(_ palette: Palette) -> ColourRamp {
    if let ramp, ramp.palette == palette { return ramp.ramp }
    let made = ColourRamp(palette)
    ramp = (palette, made)
    return made
  }
}
