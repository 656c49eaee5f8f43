import Canvas

extension Picture {
  /// The picture as an SVG document.
  package var svg: String { document(items.map(SVGForm.text).joined()) }

  /// The picture as an SVG document that moves: over its items those of one frame after the other, and after the last the
  /// first again. Where nothing moves it shows the last.
  ///
  /// - Parameter frames: what each of them has, and for how many seconds.
  package func svg(moving frames: [(items: [Item], seconds: Double)]) -> String {
    let length = frames.reduce(0) { $0 + $1.seconds }
    var (body, time) = (items.map(SVGForm.text).joined(), 0.0)
    for (number, frame) in frames.enumerated() {
      let (begin, end) = (time / length, (time + frame.seconds) / length)
      time += frame.seconds
      let isLast = number == frames.count - 1
      let values = (number == 0 ? [] : ["hidden"]) + ["visible"] + (isLast ? [] : ["hidden"])
      let times = (number == 0 ? [] : [0]) + [begin] + (isLast ? [] : [end])
      body += "<g class=\"frame\" visibility=\"\(isLast ? "visible" : "hidden")\">\n"
      if frames.count > 1 {
        body += "<animate attributeName=\"visibility\" calcMode=\"discrete\" repeatCount=\"indefinite\" "
        body += "dur=\"\(SVGText.decimal(length))s\" values=\"\(values.joined(separator: ";"))\" "
        body += "keyTimes=\"\(times.map(SVGForm.moment).joined(separator: ";"))\"/>\n"
      }
      body += frame.items.map(SVGForm.text).joined() + "</g>\n"
    }
    return document(body)
  }

  private func document(_ body: String) -> String {
    let (width, height) = (SVGText.decimal(width), SVGText.decimal(height))
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" \
      height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" \
      font-family="\(SVGForm.sans)">
      <title>\(SVGText.escaped(title))</title>
      <desc>\(SVGText.escaped(words))</desc>
      \(SVGForm.clips(of: items))<rect width="100%" height="100%" fill="\(SVGText.colour(page))"/>
      \(body)</svg>

      """
  }
}

/// Shapes as elements of SVG.
private enum SVGForm {
  static let sans = "Helvetica, Arial, sans-serif"
  static let mono = "'DejaVu Sans Mono', Menlo, Consolas, monospace"

  /// A share of the length of a film, fine enough for an hour of it.
  static func moment(_ share: Double) -> String {
    let millionths = Int(clamped: (share * 1e6).rounded())
    if millionths == 0 || millionths >= 1_000_000 { return millionths == 0 ? "0" : "1" }
    return "0.\(String(repeating: "0", count: 6 - String(millionths).utf8.count))\(millionths)"
  }

  /// The box at which things are cut off; a picture has one at most.
  static func clips(of items: [Picture.Item]) -> String {
    for item in items {
      guard case .group(_, let clip?) = item.shape else { continue }
      return "<defs><clipPath id=\"plot\"><rect\(box(clip))/> </clipPath></defs>\n"
    }
    return ""
  }

  static func text(of item: Picture.Item) -> String {
    let more = attributes(of: item)
    switch item.shape {
    case .lines(let lines): return "<path d=\"\(data(of: lines))\"\(more)/>\n"
    case .circle(let middle, let radius):
      return "<circle cx=\"\(SVGText.decimal(middle.x))\" cy=\"\(SVGText.decimal(middle.y))\" "
        + "r=\"\(SVGText.decimal(radius))\"\(more)/>\n"
    case .box(let box): return "<rect\(self.box(box))\(more)/>\n"
    case .text(let label): return text(of: label, more)
    case .ground(let ground): return text(of: ground)
    case .group(let items, let clip):
      let cut = clip == nil ? "" : " clip-path=\"url(#plot)\""
      return "<g\(cut)\(more)>\n\(items.map(text).joined())</g>\n"
    }
  }

  private static func box(_ box: Box) -> String {
    " x=\"\(SVGText.decimal(box.left))\" y=\"\(SVGText.decimal(box.top))\" "
      + "width=\"\(SVGText.decimal(box.width))\" height=\"\(SVGText.decimal(box.height))\""
  }

  /// The `d` of a path.
  private static func data(of lines: [Picture.Line]) -> String {
    var text = ""
    for line in lines {
      for (index, place) in line.places.enumerated() {
        text += index == 0 ? "M" : "L"
        text += "\(SVGText.decimal(place.x)) \(SVGText.decimal(place.y))"
      }
      if line.isClosed { text += "Z" }
    }
    return text
  }

  private static func attributes(of item: Picture.Item) -> String {
    let pen = item.pen
    var text = ""
    if let fill = pen.fill {
      text += " fill=\"\(SVGText.colour(fill))\""
    } else if pen.stroke != nil {
      text += " fill=\"none\""
    }
    if pen.hasHoles { text += " fill-rule=\"evenodd\"" }
    if let stroke = pen.stroke { text += " stroke=\"\(SVGText.colour(stroke))\"" }
    if let width = pen.width { text += " stroke-width=\"\(SVGText.decimal(width))\"" }
    if let opacity = pen.opacity { text += " stroke-opacity=\"\(SVGText.decimal(opacity))\"" }
    if pen.isRound { text += " stroke-linejoin=\"round\" stroke-linecap=\"round\"" }
    if let name = item.name { text += " class=\"\(name)\"" }
    for datum in item.data { text += " data-\(datum.word)=\"\(SVGText.escaped(datum.text))\"" }
    return text
  }

  private static func text(of label: Picture.Label, _ more: String) -> String {
    var attributes = " x=\"\(SVGText.decimal(label.place.x))\" y=\"\(SVGText.decimal(label.place.y))\""
    attributes += " font-size=\"\(SVGText.decimal(label.size))\"\(more)"
    if label.anchor != .start { attributes += " text-anchor=\"\(label.anchor.rawValue)\"" }
    if label.isBold { attributes += " font-weight=\"bold\"" }
    if label.isItalic { attributes += " font-style=\"italic\"" }
    if label.face == .mono { attributes += " font-family=\"\(mono)\"" }
    if let turn = label.turn {
      let around = "\(SVGText.decimal(turn.around.x)) \(SVGText.decimal(turn.around.y))"
      attributes += " transform=\"rotate(\(SVGText.decimal(turn.degrees)) \(around))\""
    }
    return "<text\(attributes)>\(SVGText.escaped(label.text))</text>\n"
  }

  private static func text(of ground: Picture.Ground) -> String {
    let lowest = Picture.Item(.box(ground.box), pen: Picture.Pen(fill: ground.lowest))
    let bands = ground.bands.map {
      Picture.Item(.lines($0.outline), pen: Picture.Pen(fill: $0.colour), name: $0.name)
    }
    return text(of: lowest)
      + text(
        of: Picture.Item(
          .group(bands, clip: nil), pen: Picture.Pen(hasHoles: true), name: "grounds"))
  }
}
