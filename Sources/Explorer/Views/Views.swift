import Canvas
import Scenes

/// The views there are.
enum Views {
  /// All of them; the first is where Esc leads.
  static var all: [any View.Type] {
    [
      ContourView.self, StepView.self, SliceView.self, TwinView.self, SurfaceView.self,
      MapView.self, BasinView.self, DifferenceView.self, RainView.self, FairView.self,
      DataView.self, SeedsView.self, FanView.self,
    ]
  }

  /// The view of a name.
  static func named(_ name: ViewName) -> (any View.Type)? { all.first { $0.name == name } }
}
