import Canvas
import Testing

/// As much of a terminal as a recording may need: it knows what it shows, and fails the test on anything it does not know.
struct TerminalModel {
  struct Shown: Equatable {
    var text: String
    var style: Style
  }

  let width: Int
  let height: Int
  private(set) var cells: [Shown]
  private(set) var style = Style.plain
  private(set) var cursorIsHidden = false
  private(set) var column = 0
  private(set) var row = 0

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Array(repeating: Shown(text: "?", style: .plain), count: width * height)
  }

  mutating func take(_ text: String) throws {
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\u{1b}" else {
        try put(scalar)
        continue
      }
      let bracket = scalars.popFirst()
      try #require(bracket == "[")
      var parameters = ""
      while let next = scalars.first, !("@"..."~").contains(next) {
        parameters.unicodeScalars.append(next)
        scalars.removeFirst()
      }
      let command = scalars.popFirst()
      try obey(try #require(command), parameters)
    }
  }

  private mutating func obey(_ command: Unicode.Scalar, _ parameters: String) throws {
    let numbers = parameters.split(separator: ";").map { Int($0) ?? -1 }
    switch command {
    case "H":
      try #require(numbers.count == 2)
      (row, column) = (numbers[0] - 1, numbers[1] - 1)
      try #require((0..<height).contains(row) && (0..<width).contains(column))
    case "C":
      try #require(numbers.count == 1 && numbers[0] > 0)
      column += numbers[0]
      try #require(column < width)
    case "J":
      try #require(parameters == "2")
      cells = Array(repeating: Shown(text: " ", style: .plain), count: width * height)
    case "l", "h":
      try #require(parameters == "?25")
      cursorIsHidden = command == "l"
    case "m": try colour(numbers)
    default: Issue.record("unknown sequence ending in \(command)")
    }
  }

  private mutating func colour(_ numbers: [Int]) throws {
    var rest = numbers[...]
    var foreground = style.foreground
    var background = style.background
    var attributes = style.attributes
    while let number = rest.popFirst() {
      switch number {
      case 0: (foreground, background, attributes) = (.terminal, .terminal, [])
      case 1: attributes.insert(.bold)
      case 2: attributes.insert(.dim)
      case 4: attributes.insert(.underline)
      case 7: attributes.insert(.reverse)
      case 30...37: foreground = .ansi(number - 30)
      case 90...97: foreground = .ansi(number - 82)
      case 39: foreground = .terminal
      case 40...47: background = .ansi(number - 40)
      case 100...107: background = .ansi(number - 92)
      case 49: background = .terminal
      case 38, 48:
        let colour: Colour
        if rest.popFirst() == 5 {
          colour = .indexed(try Self.next(&rest))
        } else {
          let parts = try (0..<3).map { _ in UInt8(try Self.next(&rest)) }
          colour = Colour(parts[0], parts[1], parts[2])
        }
        if number == 38 { foreground = colour } else { background = colour }
      default: Issue.record("unknown attribute \(number)")
      }
    }
    style = Style(foreground, on: background, attributes)
  }

  private static func next(_ numbers: inout ArraySlice<Int>) throws -> Int {
    let next = numbers.popFirst()
    return try #require(next)
  }

  private mutating func put(_ scalar: Unicode.Scalar) throws {
    let text = String(Character(scalar))
    switch Text.width(of: "a" + text) - 1 {
    case 0:
      // A mark joins what stands before it.
      cells[row * width + column - 1].text.unicodeScalars.append(scalar)
      return
    case 2:
      try #require(column + 1 < width)
      blank(around: column..<(column + 2))
      cells[row * width + column] = Shown(text: text, style: style)
      cells[row * width + column + 1] = Shown(text: "", style: style)
      column += 2
    default:
      try #require(scalar.value >= 0x20 && column < width)
      blank(around: column..<(column + 1))
      cells[row * width + column] = Shown(text: text, style: style)
      column += 1
    }
  }

  /// The half that is left of a wide glyph shows nothing.
  private mutating func blank(around columns: Range<Int>) {
    if cells[row * width + columns.lowerBound].text.isEmpty, columns.lowerBound > 0 {
      cells[row * width + columns.lowerBound - 1].text = " "
    }
    if columns.upperBound < width, cells[row * width + columns.upperBound].text.isEmpty {
      cells[row * width + columns.upperBound].text = " "
    }
  }

  /// What a canvas shows at a depth, in the same form.
  static func cells(of canvas: Canvas, depth: ColourDepth) -> [Shown] {
    canvas.quantised(to: depth).cells.map { cell in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: cell.glyph.scalars)
      return Shown(text: String(text), style: cell.style)
    }
  }
}
