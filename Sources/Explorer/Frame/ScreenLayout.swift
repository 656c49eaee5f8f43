import Canvas
import Experiments
import Landscapes

/// Where everything stands, computed from the size of the screen and what is switched on.
///
/// From about 100 columns a panel stands beside the plot. On 72 or more, as most terminals open, a narrow one with the race
/// and its curve does where the view leaves room, and the knobs fold into a strip below; on fewer all of it folds into a
/// strip above and one below. With fewer rows go, in this order: the blank rows, the replay line, the strips, the axes, the
/// hints. Below 20x6 only a notice is left.
struct ScreenLayout {
  /// The smallest screen with a picture.
  static let smallest = (width: 20, height: 6)

  let screen: Rect
  /// One row: title, formula, step.
  var header = Rect(x: 0, y: 0, width: 0, height: 0)
  /// One row: the race, where there is no panel.
  var strip: Rect?
  /// All that is the view's beside the panel: for the contour view the plot with its axes.
  var stage = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The plot of the landscape from above, if the view has one, with its axes.
  var area = PlotArea.none
  /// The picture itself.
  var plot: Rect { area.plot }
  /// The race and the curves, and where it is not narrow the knobs.
  var panel: Rect?
  /// The curves under the stage, where there is no panel and they were asked for.
  var curve: Rect?
  /// One row: what the status line or the scene has to say.
  var caption = Rect(x: 0, y: 0, width: 0, height: 0)
  /// One row: the selected knob, where no panel has room for all.
  var knobStrip: Rect?
  /// One row: the replay line.
  var replay: Rect?
  /// One row: the keys.
  var hints: Rect?
  /// The inside of a dialog's frame.
  var dialogInside: Rect { dialog.inset(left: 2, top: 1, right: 2, bottom: 1) }
  /// Where a dialog stands.
  var dialog = Rect(x: 0, y: 0, width: 0, height: 0)

  /// Whether this is the screen of a lecture: the plot beside what is said, and nothing else.
  private(set) var isLecture = false

  /// Whether the rows are few, so that plots have one below them and not two.
  var isShort: Bool { screen.height < 20 }

  var isTooSmall: Bool { ScreenLayout.isTooSmall(screen.width, screen.height) }

  /// Whether a screen has no room for a picture.
  static func isTooSmall(_ width: Int, _ height: Int) -> Bool {
    width < smallest.width || height < smallest.height
  }

  /// Where everything stands with a view on the stage.
  ///
  /// - Parameters:
  ///   - allowsNarrowPanel: whether a panel may stand beside the stage on a screen that is not wide.
  ///   - showsCurve: whether curves are to stand under the stage where there is no panel for them.
  ///   - window: what is seen of the landscape.
  ///   - contour: where on a stage, beside a panel or not, the landscape is seen from above.
  init(
    width: Int, height: Int, hidesPanels: Bool, allowsNarrowPanel: Bool, captionRows: Int, showsCurve: Bool,
    window: PlotWindow, contour: (_ stage: Rect, _ panel: Rect?) -> Rect?
  ) {
    self.init(
      width: width, height: height, hidesPanels: hidesPanels, allowsNarrowPanel: allowsNarrowPanel,
      captionRows: captionRows)
    guard !isTooSmall else { return }
    if showsCurve, panel == nil, ScreenLayout.hasRoomForCurve(stage) {
      let split = stage.splitBottom(max(4, stage.height * 2 / 5))
      stage = split.rest
      curve = split.bottom
    }
    area = contour(stage, panel).map { PlotArea($0, isShort: isShort, showing: window) } ?? .none
  }

  /// - Parameter captionRows: the rows that what is said to the class would take; it has a third of
  ///   the screen at most, half of a low one.
  init(width: Int, height: Int, hidesPanels: Bool, allowsNarrowPanel: Bool, captionRows: Int) {
    screen = Rect(x: 0, y: 0, width: width, height: height)
    guard !isTooSmall else { return }
    let margin = width >= 40 ? 1 : 0
    let inner = screen.inset(left: margin, right: margin)
    func row(_ y: Int) -> Rect { Rect(x: inner.x, y: y, width: inner.width, height: 1) }
    header = row(0)

    let hasWidePanel = width >= 100 && height >= 20 && !hidesPanels
    let hasPanel = hasWidePanel || allowsNarrowPanel && width >= 72 && height >= 20 && !hidesPanels
    var bottom = height
    if height >= 10 {
      bottom -= 1
      hints = row(bottom)
    }
    if height >= 30 { bottom -= 1 }
    if height >= 14 {
      bottom -= 1
      replay = row(bottom)
    }
    if !hasWidePanel, height >= 18, !hidesPanels {
      bottom -= 1
      knobStrip = row(bottom)
    }
    let captionRows = max(1, min(captionRows, height < 18 ? height / 2 : height / 3))
    bottom -= captionRows
    caption = Rect(x: inner.x, y: bottom, width: inner.width, height: captionRows)

    var top = 1
    if !hasPanel, height >= 12 {
      strip = row(top)
      top += 1
    } else if height >= 24, hasWidePanel || height >= 30 {
      top += 1
    }

    var middle = Rect(x: inner.x, y: top, width: inner.width, height: bottom - top)
    if hasPanel {
      let columns = width >= 180 ? 60 : width >= 140 ? 50 : width >= 116 ? 44 : hasWidePanel ? 40 : 26
      let split = middle.splitRight(columns)
      panel = split.right
      middle = split.rest.inset(right: hasWidePanel ? 3 : 2)
    }
    stage = middle
    dialog = screen.centred(
      width: min(width - 2, 96), height: max(height - (height > 20 ? 6 : 2), min(height, 6)))
  }

  /// Where everything stands on the screen of a lecture, which depends on its size alone: the plot keeps its place and scale
  /// through all beats. Nil where there is no room for two columns.
  ///
  /// - Parameters:
  ///   - window: what is seen of the landscape.
  ///   - contour: where on the stage the landscape is seen from above.
  init?(
    lecture width: Int, height: Int, window: PlotWindow, contour: (_ stage: Rect, _ panel: Rect?) -> Rect?
  ) {
    guard width >= 60, height >= 16 else { return nil }
    screen = Rect(x: 0, y: 0, width: width, height: height)
    isLecture = true
    let inner = screen.inset(left: 1, right: 1)
    header = Rect(x: inner.x, y: 0, width: inner.width, height: 1)
    caption = Rect(x: inner.x, y: height - 1, width: inner.width, height: 1)
    let top = height >= 20 ? 2 : 1
    let middle = Rect(x: inner.x, y: top, width: inner.width, height: height - top - (height >= 30 ? 3 : 2))
    let split = middle.splitRight(max(24, width * 32 / 100))
    panel = split.right
    stage = split.rest.inset(right: 3)
    area = contour(stage, panel).map { PlotArea($0, isShort: isShort, showing: window) } ?? .none
    dialog = screen.centred(width: min(width - 2, 96), height: max(height - 6, min(height, 6)))
  }

  /// Whether curves fit under a stage.
  static func hasRoomForCurve(_ stage: Rect) -> Bool { stage.height >= 7 && stage.width >= 20 }
}
