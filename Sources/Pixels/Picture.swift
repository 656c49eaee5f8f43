package import Canvas

/// A picture as shapes in the order in which they are laid over each other, of which a document of vectors and a picture of
/// pixels are two forms.
///
/// Places are in units from the left and from the top; a unit is a pixel where nothing is said of a scale.
package struct Picture: Sendable {
  /// A place on the page.
  package typealias Place = SIMD2<Double>

  /// Units across.
  package var width: Double
  /// Units down.
  package var height: Double
  /// The colour of the page.
  package var page: Colour
  /// What a reader is told it shows.
  package var title: String
  /// The same at length.
  package var words: String
  /// What is on the page, the lowest first.
  package var items: [Item]

  /// A page with a colour, and what is on it.
  package init(width: Double, height: Double, page: Colour, title: String, words: String, items: [Item]) {
    (self.width, self.height, self.page) = (width, height, page)
    (self.title, self.words, self.items) = (title, words, items)
  }

  /// One thing on the page.
  package struct Item: Sendable {
    /// What it looks like.
    package var shape: Shape
    /// How it is drawn; what is not said is as in the group around it.
    package var pen: Pen
    /// What it is of the picture, such as `path` or `head`.
    package var name: String?
    /// What it belongs to: pairs of a word and a text.
    package var data: [Datum]

    /// A thing on the page.
    package init(_ shape: Shape, pen: Pen = Pen(), name: String? = nil, data: [Datum] = []) {
      (self.shape, self.pen, self.name, self.data) = (shape, pen, name, data)
    }
  }

  /// What is known of a thing by a word.
  package struct Datum: Sendable {
    /// The word, of small letters.
    package let word: StaticString
    /// What is known.
    package let text: String

    /// A word and what is known by it.
    package init(_ word: StaticString, _ text: String) {
      (self.word, self.text) = (word, text)
    }
  }

  /// What a thing looks like.
  package indirect enum Shape: Sendable {
    /// Lines, or the outline of an area.
    case lines([Line])
    /// A disc or a ring.
    case circle(Place, radius: Double)
    /// A rectangle.
    case box(Box)
    /// A line of text.
    case text(Label)
    /// A landscape seen from above.
    case ground(Ground)
    /// Several things, cut off at a box.
    case group([Item], clip: Box?)
  }

  /// A line through places.
  package struct Line: Sendable {
    /// Its corners.
    package var places: [Place]
    /// Whether the last is joined to the first.
    package var isClosed: Bool

    /// A line.
    package init(_ places: [Place], isClosed: Bool = false) {
      (self.places, self.isClosed) = (places, isClosed)
    }
  }

  /// Inks and widths; nil is as around it, and in the end nothing is filled and nothing stroked.
  package struct Pen: Sendable {
    /// What fills the shape.
    package var fill: Colour?
    /// What its outline is drawn with.
    package var stroke: Colour?
    /// How wide the outline is.
    package var width: Double?
    /// How much the outline covers, 0 to 1.
    package var opacity: Double?
    /// Whether turns and ends are round where the form knows others.
    package var isRound: Bool
    /// Whether outlines within others are holes.
    package var hasHoles: Bool

    /// A pen.
    package init(
      fill: Colour? = nil, stroke: Colour? = nil, width: Double? = nil, opacity: Double? = nil,
      isRound: Bool = false, hasHoles: Bool = false
    ) {
      (self.fill, self.stroke, self.width, self.opacity) = (fill, stroke, width, opacity)
      (self.isRound, self.hasHoles) = (isRound, hasHoles)
    }

    /// This pen, and what it does not say as around it.
    func within(_ outer: Pen) -> Pen {
      Pen(
        fill: fill ?? outer.fill, stroke: stroke ?? outer.stroke, width: width ?? outer.width,
        opacity: opacity ?? outer.opacity, isRound: isRound || outer.isRound,
        hasHoles: hasHoles || outer.hasHoles)
    }
  }

  /// A line of text.
  package struct Label: Sendable {
    /// Which part of the text stands at its place.
    package enum Anchor: String, Sendable { case start, middle, end }
    /// The face of the letters.
    package enum Face: Sendable {
      /// Of the document: without serifs.
      case sans
      /// All letters of one width.
      case mono
    }

    /// What is written, as it came: made harmless when it is drawn.
    package var text: String
    /// On the line on which letters stand.
    package var place: Place
    /// The height of type.
    package var size: Double
    package var anchor: Anchor = .start
    package var face: Face = .sans
    package var isBold = false
    package var isItalic = false
    /// By how much it is turned, in degrees, and around which place.
    package var turn: (degrees: Double, around: Place)?

    /// A text at a place.
    package init(_ text: String, at place: Place, size: Double) {
      (self.text, self.place, self.size) = (text, place, size)
    }
  }

  /// A landscape in a box: its grounds between levels for forms that know areas, and its shades for those that know pixels.
  package struct Ground: Sendable {
    /// The outline of what lies above a level, or of what is no number, and its colour.
    package struct Band: Sendable {
      package var outline: [Line]
      package var colour: Colour
      package var name: String?

      package init(_ outline: [Line], colour: Colour, name: String? = nil) {
        (self.outline, self.colour, self.name) = (outline, colour, name)
      }
    }

    /// Where it is.
    package var box: Box
    /// The colour below all levels.
    package var lowest: Colour
    /// What lies above levels, the lowest first.
    package var bands: [Band]
    /// The shades at the middles of a grid over the box.
    package var shades: ShadeField
    /// The colours of the shades.
    package var ramp: ColourRamp

    /// A landscape.
    package init(box: Box, lowest: Colour, bands: [Band], shades: ShadeField, ramp: ColourRamp) {
      (self.box, self.lowest, self.bands, self.shades, self.ramp) = (box, lowest, bands, shades, ramp)
    }
  }
}
