/// The shapes of a frame, gathered by colour so that a document stays small: one path holds all rectangles of a colour,
/// another all its dots.
struct SVGShapes {
  fileprivate struct Shape {
    var x: Double
    var y: Double
    /// Width and height of a rectangle; those of a dot are its diameter.
    var w: Double
    var h: Double
  }

  private struct Ink: Hashable {
    let colour: Colour
    var opacity = 1.0
  }

  /// Shapes of which none overlaps one of another colour, so that colours may be drawn one after the other.
  private struct Layer {
    private var order: [Ink] = []
    private var shapes: [Ink: [Shape]] = [:]

    mutating func add(_ shape: Shape, _ ink: Ink) {
      if shapes[ink] == nil { order.append(ink) }
      shapes[ink, default: []].append(shape)
    }

    /// Rectangles; one that continues the one before it is joined to it.
    var rectangles: String {
      guard !order.isEmpty else { return "" }
      var text = "<g shape-rendering=\"crispEdges\">\n"
      for ink in order {
        text += "<path fill=\"\(SVGText.colour(ink.colour))\""
        if ink.opacity < 1 { text += " fill-opacity=\"\(SVGText.decimal(ink.opacity))\"" }
        text += " d=\""
        var joined: [Shape] = []
        for shape in shapes[ink] ?? [] {
          if let last = joined.last, last.y == shape.y, last.h == shape.h, last.x + last.w == shape.x {
            joined[joined.count - 1].w += shape.w
          } else {
            joined.append(shape)
          }
        }
        for shape in joined {
          let width = SVGText.decimal(shape.w)
          text += "M\(SVGText.decimal(shape.x)) \(SVGText.decimal(shape.y))h\(width)"
          text += "v\(SVGText.decimal(shape.h))h-\(width)z"
        }
        text += "\"/>\n"
      }
      return text + "</g>\n"
    }

    /// Dots: lines of no length with round ends.
    var dots: String {
      guard !order.isEmpty else { return "" }
      var text = "<g stroke-linecap=\"round\">\n"
      for ink in order {
        let dots = shapes[ink] ?? []
        text += "<path stroke=\"\(SVGText.colour(ink.colour))\""
        text += " stroke-width=\"\(SVGText.decimal(dots.first?.w ?? 0))\" d=\""
        for dot in dots { text += "M\(SVGText.decimal(dot.x)) \(SVGText.decimal(dot.y))h0" }
        text += "\"/>\n"
      }
      return text + "</g>\n"
    }
  }

  private var grounds = Layer()
  private var inks = Layer()
  private var dots = Layer()

  /// The shapes of a screen.
  init(of picture: CellPicture) {
    for area in picture.grounds { grounds.add(Shape(area), Ink(colour: area.colour)) }
    for area in picture.areas { inks.add(Shape(area), Ink(colour: area.colour, opacity: area.opacity)) }
    for dot in picture.dots {
      dots.add(Shape(x: dot.x, y: dot.y, w: 2 * dot.radius, h: 2 * dot.radius), Ink(colour: dot.colour))
    }
  }

  var text: String { grounds.rectangles + inks.rectangles + dots.dots }
}

extension SVGShapes.Shape {
  fileprivate init(_ area: CellPicture.Area) {
    self.init(x: area.x, y: area.y, w: area.width, h: area.height)
  }
}
