import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Where the parts of the slice stand. With fewer rows go, in this order: the legend, the second row of numbers, the
/// rule of the axis, the first row of numbers, the bar, the axis, the tabs; last comes the picture, and the words stay.
struct SliceLayout {
  let tabs: Rect?
  /// The curves.
  let plot: Rect
  let yAxis: Rect?
  let xAxis: Rect?
  let bar: Rect?
  let legend: Rect?
  let words: Rect

  init(_ stage: Rect) {
    var rest = stage
    func take(_ rows: Int, if isRoom: Bool) -> Rect? {
      guard isRoom else { return nil }
      let split = rest.splitBottom(rows)
      rest = split.rest
      return split.bottom
    }
    let height = stage.height
    words = take(height >= 17 ? 3 : height >= 11 ? 2 : min(1, height), if: true) ?? stage
    legend = take(1, if: height >= 18 && stage.width >= 50)
    let axis = take(height >= 13 ? 2 : 1, if: height >= 8)
    let bar = take(1, if: height >= 9)
    if height >= 6 {
      let split = rest.splitTop(1)
      tabs = split.top
      rest = split.rest
    } else {
      tabs = nil
    }
    let columns = stage.width >= 60 ? 9 : stage.width >= 36 ? 7 : 0
    let sides = rest.splitLeft(columns)
    yAxis = columns > 0 && sides.rest.height >= 3 ? sides.left : nil
    plot = sides.rest
    xAxis = axis.map { $0.inset(left: columns) }
    self.bar = bar.map { $0.inset(left: columns) }
  }
}
