import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The loss along one line through the last step: what the step saw, where it went, and where the minimum was.
struct SliceView: View {
  static let name = ViewName.slice
  static let key: Character? = "y"
  static let title = "the loss along the step, with the quadratic model and the trials"

  /// Which line is asked for.
  private(set) var direction = Slice.Direction.step
  /// How much closer than fitting one looks.
  private(set) var magnification = 1.0

  init(_ context: ViewContext) {}

  static var bindings: [ViewBinding<SliceView>] {
    [
      ViewBinding(
        "Y", "the next line: the step, down the gradient, both eigenvectors, to another run",
        hint: ("Y", "line"),
        [(.character("Y"), { $0.turn($1) })]),
      ViewBinding(
        "+ = / - / z", "look closer, from further away, as it fits",
        [
          (.character("+"), { view, _ in view.magnify(by: 1.25) }),
          (.character("="), { view, _ in view.magnify(by: 1.25) }),
          (.character("-"), { view, _ in view.magnify(by: 0.8) }),
          (
            .character("z"),
            { view, _ in
              view.magnification = 1
              return [.note("the slice as it fits")]
            }
          ),
        ]),
      ViewBinding(
        "h j k l", "pan the landscape, which is not seen here",
        ["h", "j", "k", "l"].map { key in
          (
            Key.character(key),
            { _, _ in [.note("the slice stays with the step: Esc leads back to the map")] }
          )
        }),
    ]
  }

  private mutating func turn(_ context: ViewContext) -> [ViewRequest] {
    let all = Self.directions(in: context)
    direction = all[((all.firstIndex(of: direction) ?? 0) + 1) % all.count]
    return [.note("the line: \(direction.words)")]
  }

  /// The lines there are: to another run where there is one.
  private static func directions(in context: ViewContext) -> [Slice.Direction] {
    let isAlone = !context.entries.indices.contains {
      $0 != context.selectedEntry && context.entries[$0].isOn
    }
    return Slice.Direction.allCases.filter { $0 != .between || !isAlone }
  }

  private mutating func magnify(by factor: Double) -> [ViewRequest] {
    let next = magnification * factor
    guard (1e-3...1e3).contains(next) else { return [.note("this is as far as it goes")] }
    magnification = next
    return []
  }

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? {
    guard context.layout.stage.contains(x: mouse.x, y: mouse.y) else { return nil }
    return switch mouse.kind {
    case .wheelUp: magnify(by: 1.25)
    case .wheelDown: magnify(by: 0.8)
    default: nil
    }
  }

  /// The tabs are the parts.
  mutating func handle(_ mouse: Mouse, inPart part: Int, _ context: ViewContext) -> [ViewRequest] {
    if mouse.kind == .press { direction = Slice.Direction.allCases[part] }
    return []
  }

  // MARK: The picture

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let (race, look) = (context.race, context.look)
    let index = context.selectedEntry
    guard race.experiment.entries.indices.contains(index) else {
      canvas.text(
        Text.truncated("no entry yet: a adds one", to: stage.width), x: stage.x, y: stage.y, style: look.muted
      )
      return []
    }
    let entry = race.experiment.entries[index]
    let entries = race.experiment.entries
    // The next that is on, the first after the last.
    let others = (Array(entries.indices.dropFirst(index + 1)) + Array(0..<index)).filter { entries[$0].isOn }
    let other = others.first
    let slice = Slice(
      race.run(entry: index), in: race.experiment, along: direction,
      to: other.map { ($0, race.run(entry: $0).parameters) })
    let parts = SliceLayout(stage)
    var hits: [HitRegion] = []
    if let tabs = parts.tabs {
      hits = paintTabs(slice, step: race.run(entry: index).step, on: &canvas, tabs, context)
    }
    let remark = entry.isOn ? "" : "off; \(index + 1) switches it on: "
    let words = SliceWords(slice: slice, entry: index, colour: look.palette.entry(entry.colour))
    words.paint(remark: remark, on: &canvas, parts.words, look)
    guard parts.plot.width >= 8, parts.plot.height >= 3 else { return hits }
    let range = slice.range(magnification: magnification)
    let picture = SlicePicture(slice, range: range, columns: parts.plot.width * 2)
    let plot = SlicePlot(
      picture: picture, entry: index, colour: look.palette.entry(entry.colour),
      otherColour: other.map { look.palette.entry(entries[$0].colour) })
    plot.paint(on: &canvas, parts, look)
    if let legend = parts.legend { words.paintLegend(on: &canvas, legend, look) }
    return hits
  }

  /// The lines to choose from, in the rule above the picture; each can be clicked.
  private func paintTabs(
    _ slice: Slice, step: Int, on canvas: inout Canvas, _ row: Rect, _ context: ViewContext
  ) -> [HitRegion] {
    let look = context.look
    canvas.rule(x: row.x, y: row.y, width: row.width, style: look.faint)
    var hits: [HitRegion] = []
    var x = row.x + 1
    x += canvas.text(" Slice ", x: x, y: row.y, style: look.strong, width: row.right - x)
    for (part, choice) in Self.directions(in: context).enumerated() {
      let text = " \(choice.label) "
      let width = Text.width(of: text)
      guard x + width <= row.right else { return hits }
      canvas.text(text, x: x, y: row.y, style: choice == slice.shown ? look.key : look.muted)
      hits.append(HitRegion(Rect(x: x, y: row.y, width: width, height: 1), .view(part)))
      x += width
    }
    let text = " \(slice.shown.words), step \(step) "
    guard x + Text.width(of: text) + 2 <= row.right else { return hits }
    canvas.text(rightAligned: text, right: row.right, y: row.y, style: look.muted)
    return hits
  }
}
