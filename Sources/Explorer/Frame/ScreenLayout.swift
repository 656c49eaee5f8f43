import Canvas
import Experiments
import Landscapes

/// Where everything stands, computed from the size of the screen and what is switched on.
///
/// From about 100 columns a panel stands beside the plot; below it folds into a strip above and one below. With fewer
/// rows go, in this order: the blank rows, the replay line, the strips, the axes, the hints. Below 20x6 only a notice
/// is left.
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
  /// The race, the curves and the knobs.
  var panel: Rect?
  /// The curves under the stage, where there is no panel and they were asked for.
  var curve: Rect?
  /// One row: what the status line or the scene has to say.
  var caption = Rect(x: 0, y: 0, width: 0, height: 0)
  /// One row: the selected knob, where there is no panel.
  var knobStrip: Rect?
  /// One row: the replay line.
  var replay: Rect?
  /// One row: the keys.
  var hints: Rect?
  /// The inside of a dialog's frame.
  var dialogInside: Rect { dialog.inset(left: 2, top: 1, right: 2, bottom: 1) }
  /// Where a dialog stands.
  var dialog = Rect(x: 0, y: 0, width: 0, height: 0)

  /// Whether the rows are few, so that plots have one below them and not two.
  var isShort: Bool { screen.height < 20 }

  var isTooSmall: Bool {
    screen.width < ScreenLayout.smallest.width || screen.height < ScreenLayout.smallest.height
  }

  /// Where everything stands with a view on the stage.
  ///
  /// - Parameters:
  ///   - showsCurve: whether curves are to stand under the stage where there is no panel for them.
  ///   - contour: where on a stage, beside a panel or not, the landscape is seen from above.
  init(
    width: Int, height: Int, hidesPanels: Bool, captionRows: Int, showsCurve: Bool,
    contour: (_ stage: Rect, _ panel: Rect?) -> Rect?
  ) {
    self.init(width: width, height: height, hidesPanels: hidesPanels, captionRows: captionRows)
    guard !isTooSmall else { return }
    if showsCurve, panel == nil, ScreenLayout.hasRoomForCurve(stage) {
      let split = stage.splitBottom(max(4, stage.height * 2 / 5))
      stage = split.rest
      curve = split.bottom
    }
    area = contour(stage, panel).map { PlotArea($0, isShort: isShort) } ?? .none
  }

  /// - Parameter captionRows: the rows that what is said to the class would take; it has a third of
  ///   the screen at most, half of a low one.
  init(width: Int, height: Int, hidesPanels: Bool, captionRows: Int = 1) {
    screen = Rect(x: 0, y: 0, width: width, height: height)
    guard width >= ScreenLayout.smallest.width, height >= ScreenLayout.smallest.height else { return }
    let margin = width >= 40 ? 1 : 0
    let inner = screen.inset(left: margin, right: margin)
    func row(_ y: Int) -> Rect { Rect(x: inner.x, y: y, width: inner.width, height: 1) }
    header = row(0)

    let hasPanel = width >= 100 && height >= 20 && !hidesPanels
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
    if !hasPanel, height >= 18, !hidesPanels {
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
    } else if height >= 24 {
      top += 1
    }

    var middle = Rect(x: inner.x, y: top, width: inner.width, height: bottom - top)
    if hasPanel {
      let columns = width >= 180 ? 60 : width >= 140 ? 50 : width >= 116 ? 44 : 40
      let split = middle.splitRight(columns)
      panel = split.right
      middle = split.rest.inset(right: 3)
    }
    stage = middle
    dialog = screen.centred(
      width: min(width - 2, 96), height: max(height - (height > 20 ? 6 : 2), min(height, 6)))
  }

  /// Whether curves fit under a stage.
  static func hasRoomForCurve(_ stage: Rect) -> Bool { stage.height >= 7 && stage.width >= 20 }
}
