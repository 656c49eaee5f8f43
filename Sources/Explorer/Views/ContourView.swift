import Canvas
import Experiments
import Scenes

/// The landscape from above, with the paths on it: where every other view leads back to.
struct ContourView: View {
  static let name = ViewName.contour
  static let key: Character? = nil
  static let title = "the landscape from above"
  static let allowsNarrowPanel = true

  private var picture = PictureCache()
  private var steps = StepMemory()

  init(_ context: ViewContext) {}

  /// Without a moment, for an application that is being made.
  init() {}

  func contour(in stage: Rect) -> Rect? { stage }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let (area, look) = (context.layout.area, context.look)
    guard !context.overlays.isSubset(of: Overlay.usual) else {
      context.contourPlot.paint(on: &canvas, area, look, keeping: &picture)
      return []
    }
    let instruments = context.instruments(keeping: &steps)
    var legend = InstrumentLegend()
    context.contourPlot.paint(on: &canvas, area, look, keeping: &picture) { plot, scale in
      legend = instruments.draw(on: &plot, scale, highlighted: nil, look)
    }
    legend.paint(on: &canvas, area.plot, look)
    return []
  }
}
