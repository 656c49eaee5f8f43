import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension ContourPlot {
  /// - Parameter remarks: what stands below, beside the numbers.
  func paintAxes(
    on canvas: inout Canvas, _ area: PlotArea, _ scale: PlotScale, _ look: Look, remarks: [String]
  ) {
    let asked = space?.window ?? window
    if let axis = area.yAxis {
      Axes.paintVertical(
        area.yTicks(of: asked).map { Axes.Tick(at: scale.y($0.value), $0.label) }, on: &canvas, axis, look)
    }
    guard let axis = area.xAxis else { return }
    let ticks = Portrait.Ruler(asked).across(scale.window.x, atMost: axis.width / 10)
    let remark = remarks.joined(separator: ", ")
    let hasRemark = !remark.isEmpty && axis.width >= 40
    // Where there is a rule it gives way to the words, and the numbers do not.
    let isBeside = axis.height < 2
    Axes.paintHorizontal(
      ticks.map { Axes.Tick(at: scale.x($0.value), $0.label) }, on: &canvas, axis,
      until: hasRemark && isBeside ? axis.right - Text.width(of: remark) - 2 : nil,
      Axes.Labels(useCorner: true, hangSigns: true), look)
    if hasRemark {
      canvas.text(
        rightAligned: isBeside ? remark : " \(remark)", right: axis.right, y: axis.y, style: look.faint)
    }
  }

  /// What the axes are, where they are not what anyone expects.
  func remarks(_ scale: PlotScale) -> [String] {
    let axes = landscape.plane == nil ? nil : "x \(landscape.axes.x), y \(landscape.axes.y)"
    let stretch = scale.window.stretchWords(width: scale.columns, height: 2 * scale.rows)
    // A window that is to be to scale was made so, however wide the plot is.
    let isStretched = scale.map == nil && !window.isToScale
    return [axes, isStretched ? stretch : nil].compactMap(\.self)
  }

  /// What stands in the lower left corner: what is a projection onto the plane that is shown, and from how far.
  func planeRemarks(_ plot: Rect) -> [String] {
    guard landscape.plane != nil, plot.height >= 8 else { return [] }
    var remarks: [String] = []
    let entries = race.experiment.entries
    let selectedEntry = subject.selectedEntry
    if entries.indices.contains(selectedEntry), entries[selectedEntry].isOn {
      let distance = landscape.distanceFromPlane(race.run(entry: selectedEntry).parameters)
      if distance > PlotWindow.planeRounding * window.diagonal {
        let shadow = ProjectionGauge(race.run(entry: selectedEntry), on: landscape)
        remarks += shadow.remarks(number: selectedEntry + 1, distance: distance)
      }
    }
    for minimum in landscape.minimisers {
      let distance = landscape.distanceFromPlane(minimum)
      // What rounding leaves of 0 is no projection.
      let size = minimum.euclideanNorm
      if distance > 1e-9 * max(1, size) {
        remarks.append("+ projected from \(NumberText.brief(distance)) off it")
      }
    }
    return remarks.map { " \($0) " }.filter { Text.width(of: $0) <= plot.width }
  }
}
