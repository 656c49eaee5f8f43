extension Text {
  /// The names of a list, cut to at most `columns` columns each with … in the middle of those that are too long. Two that
  /// differ never read equal, as far as the columns can tell them apart.
  package static func shortened(_ names: [String], to columns: Int) -> [String] {
    guard columns > 0 else { return names.map { _ in "" } }
    let distinct = Set(names).count
    let middle = columns / 2
    // What stands before the …: half of the columns, or as near to it as tells all names apart.
    for head in (0..<columns).sorted(by: { abs($0 - middle) < abs($1 - middle) }) {
      let cut = names.map { shortened($0, to: columns, head: head) }
      if Set(cut).count == distinct { return cut }
    }
    // They differ in their middles alone.
    return names.enumerated().map { index, name in
      let number = String(index + 1)
      return width(of: name) <= columns || columns <= number.count
        ? truncated(name, to: columns) : truncated(name, to: columns - number.count) + number
    }
  }

  /// A name whose first `head` columns stand before the …, and as much of its end as there is room for behind it.
  private static func shortened(_ name: String, to columns: Int, head: Int) -> String {
    guard width(of: name) > columns else { return name }
    var glyphs: [Glyph] = []
    forEachGlyph(in: name) {
      glyphs.append($0)
      return true
    }
    var used = 1
    func part(_ glyphs: some Sequence<Glyph>, upTo limit: Int) -> [Glyph] {
      Array(
        glyphs.prefix {
          used += $0.columns
          return used <= limit
        })
    }
    let start = part(glyphs, upTo: head + 1)
    used = start.reduce(1) { $0 + $1.columns }
    let end = part(glyphs.reversed(), upTo: columns)
    var text = String.UnicodeScalarView()
    for glyph in start { glyph.write(to: &text) }
    text.append("…")
    for glyph in end.reversed() { glyph.write(to: &text) }
    return String(text)
  }
}
