import Canvas
import Experiments

/// What stands beside the picture in a lecture, to be read from the back row: the step, what is said or asked, the race, the
/// loss, and the knobs that the scene leaves to the class.
///
/// What is said has rows reserved for it, so that nothing below it moves from beat to beat unless it is long.
struct LecturePanel {
  let caption: LectureCaption
  let step: Int
  /// The entries; none where the view says by itself what it shows.
  let race: [RaceTable.Row]
  let selected: Int
  /// The knobs that may be turned.
  let knobs: KnobList
  /// The curves of the loss, so many columns wide.
  let curve: (_ width: Int) -> CurvePlot

  /// The rows that are reserved for what is said.
  private static func reserved(_ panel: Rect) -> Int { panel.height >= 28 ? 8 : 6 }

  /// Paints it, and returns what the mouse can hit, and what is left for the view below.
  func paint(on canvas: inout Canvas, _ panel: Rect, _ look: Look) -> (hits: [HitRegion], rest: Rect) {
    var (top, rest) = panel.splitTop(BigNumber.rows)
    let word = canvas.text("step", x: top.x, y: top.y + 1, style: look.muted) + 2
    BigNumber(value: step).paint(on: &canvas, x: top.x + word, y: top.y, width: top.width - word, look)
    var hits = [HitRegion(top, .step)]
    rest = rest.inset(top: 1)

    let lines = caption.lines(width: rest.width - 2).count
    let below = race.isEmpty ? 0 : race.count + 1
    let said = min(max(LecturePanel.reserved(panel), lines), max(rest.height - below, 1))
    (top, rest) = rest.splitTop(said)
    hits += caption.paint(on: &canvas, top, showsPlace: false, look)
    rest = rest.inset(top: min(1, rest.height))
    guard !race.isEmpty else { return (hits, rest) }

    (top, rest) = rest.splitTop(min(race.count, rest.height))
    hits += paintRace(on: &canvas, top, look)
    if !knobs.rows.isEmpty, rest.height > knobs.rows.count + 1 {
      (top, rest) = rest.inset(top: 1).splitTop(knobs.rows.count)
      hits += knobs.paint(on: &canvas, top, look).hits
    }
    // A curve of fewer rows says nothing.
    if rest.height >= 7 { hits += curve(rest.width).paint(on: &canvas, rest.inset(top: 1), look) }
    return (hits, rest)
  }

  /// The columns of a loss in the race: what is longer is told by fewer digits, so that nothing moves while it falls.
  private static let lossColumns = 6

  /// A row an entry: digit, name, loss. Where a name needs the room, the digit has no margin.
  private func paintRace(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    let labels = race.map { Text.sanitised($0.label) }
    let room = rect.width - LecturePanel.lossColumns - 1
    let isTight = labels.contains { Text.width(of: $0) > room - 4 }
    let digit = isTight ? 1 : 3
    let names = Text.shortened(labels, to: room - digit - 1)
    var hits: [HitRegion] = []
    for (index, row) in race.enumerated().prefix(rect.height) {
      let y = rect.y + index
      let isSelected = index == selected
      canvas.text(
        isTight ? "\(index + 1)" : " \(index + 1) ", x: rect.x, y: y,
        style: row.isOn ? look.palette.head(row.colour) : look.faint)
      canvas.text(
        names[index], x: rect.x + digit + 1, y: y,
        style: !row.isOn ? look.faint : isSelected ? look.strong.bold : look.text)
      let loss = row.isOn ? row.numbers.loss(within: LecturePanel.lossColumns) : "off"
      canvas.text(rightAligned: loss, right: rect.right, y: y, style: row.isOn ? look.text : look.faint)
      hits.append(HitRegion(Rect(x: rect.x, y: y, width: rect.width, height: 1), .entry(index)))
      hits.append(HitRegion(Rect(x: rect.x, y: y, width: digit, height: 1), .entryDigit(index)))
    }
    return hits
  }
}
