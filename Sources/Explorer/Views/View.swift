import Canvas
import Experiments
import Landscapes
import Scenes

/// A way of looking at the race: what fills the stage beside the panel, and what keys mean there.
///
/// A view is a value that holds what is its own: a cursor, an angle, pictures kept for the next frame. The race, its playhead
/// and the selected entry are the application's, so all views show the same moment; a view reads them in its context, and
/// asks for what is to become of them. A new view is one file and one line in `Views.all`.
protocol View {
  /// What scenes and `--view` call it.
  static var name: ViewName { get }
  /// The key that opens it, and leaves it again; nil for the view that all others return to.
  static var key: Character? { get }
  /// What it shows, as the help says it.
  static var title: String { get }
  /// Why it cannot be opened now, with the way out; nil if it can.
  static func obstacle(in context: ViewContext) -> String?
  /// The keys that mean something of their own here. They come before the application's.
  static var bindings: [ViewBinding<Self>] { get }

  /// Whether it leaves room for the race beside it on a screen that is not wide.
  static var allowsNarrowPanel: Bool { get }

  /// As it opens.
  init(_ context: ViewContext)

  /// Where on the stage the landscape is seen from above, if it is; there the mouse sets the start and zooms.
  func contour(in stage: Rect) -> Rect?

  /// The same for a view that divides the stage another way where no panel stands beside it.
  func contour(in stage: Rect, panel: Rect?) -> Rect?

  /// The part of the landscape that the view would rather show than the window, for a run up to the playhead; nil for the
  /// window.
  func frame(of run: Run, on landscape: Landscape, within window: PlotWindow) -> PlotWindow?

  /// Paints the stage, and returns what the mouse can hit on it. What takes long is begun here and computed in the
  /// background.
  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion]

  /// Paints the panel beside the stage, on screens that have room for one; the default is the race with its knobs.
  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion]

  /// Takes a mouse event that hit no region; nil leaves it to the application.
  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]?

  /// Takes a mouse event in a region that the view calls `part`.
  mutating func handle(_ mouse: Mouse, inPart part: Int, _ context: ViewContext) -> [ViewRequest]

  /// How much of what it computes the last frame shows, from 0 to 1. Frames are made until it is 1.
  var progress: Double { get }

  /// Goes on with what it computes itself, as long as `goesOn` says yes.
  mutating func work(_ context: ViewContext, while goesOn: () -> Bool)

  /// Waits until all is computed, or `goesOn` says no: for frames without a terminal.
  func finishWork(while goesOn: (() -> Bool)?)

  /// Calls off what is being computed, until the view is painted again.
  mutating func stopWork()
}

extension View {
  /// Nothing stands in its way.
  static func obstacle(in context: ViewContext) -> String? { nil }
  /// No keys of its own.
  static var bindings: [ViewBinding<Self>] { [] }
  /// It needs the whole width.
  static var allowsNarrowPanel: Bool { false }
  /// The landscape is not seen from above.
  func contour(in stage: Rect) -> Rect? { nil }
  /// The window.
  func frame(of run: Run, on landscape: Landscape, within window: PlotWindow) -> PlotWindow? { nil }
  /// As without a panel.
  func contour(in stage: Rect, panel: Rect?) -> Rect? { contour(in: stage) }
  /// The race with its knobs.
  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    RacePanel(context: context).paint(on: &canvas, panel)
  }
  /// Leaves everything to the application.
  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? { nil }
  /// It has no parts.
  mutating func handle(_ mouse: Mouse, inPart part: Int, _ context: ViewContext) -> [ViewRequest] { [] }
  /// Nothing is computed in the background.
  var progress: Double { 1 }
  /// Nothing is computed between frames.
  mutating func work(_ context: ViewContext, while goesOn: () -> Bool) {}
  /// Nothing to wait for.
  func finishWork(while goesOn: (() -> Bool)?) {}
  /// Nothing to call off.
  mutating func stopWork() {}

  /// Takes a key that has a meaning here; nil leaves it to the application.
  mutating func handle(_ key: Key, _ context: ViewContext) -> [ViewRequest]? {
    for binding in Self.bindings {
      for stroke in binding.strokes where stroke.key == key { return stroke.act(&self, context) }
    }
    return nil
  }
}
