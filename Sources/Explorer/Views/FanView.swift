import Canvas
import Experiments
import OptimizerCore
import Scenes

/// The landscape from above with the fan of seeded runs of the selected entry, for scenes; by hand the fan opens over any
/// view.
struct FanView: View {
  static let name = ViewName.fan
  static let key: Character? = nil
  static let title = "many draws of the noise"
  static let allowsNarrowPanel = true

  private var contour: ContourView

  static func obstacle(in context: ViewContext) -> String? {
    if context.race.experiment.noise.isNone {
      return "a fan shows draws of the noise, and there is none: F opens it with a knob for the noise"
    }
    return context.entries.isEmpty ? "no entry yet: a adds one" : nil
  }

  init(_ context: ViewContext) { contour = ContourView(context) }

  func contour(in stage: Rect) -> Rect? { stage }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    contour.paint(on: &canvas, stage, context)
  }
}
