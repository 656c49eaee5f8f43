public import Canvas
import Experiments
import Landscapes
import Scenes

extension Explorer {
  /// The frame as it is now. What it computes for the plot is kept for the next one.
  public mutating func frame() -> Canvas {
    hits = HitMap()
    if lecture?.isBlack ?? false {
      hits.add([HitRegion(Rect(x: 0, y: 0, width: width, height: height), .key(.character("b")))])
      return Canvas(width: width, height: height, style: Style(.ansi(0), on: .ansi(0)))
    }
    guard !ScreenLayout.isTooSmall(width, height) else { return noticeOfSize() }
    session.followPlayhead()
    followRates()
    followSamples()
    let context = context
    let (layout, look) = (context.layout, context.look)
    var canvas = Canvas(width: width, height: height, style: look.text, isSpelled: look.glyphs == .ascii)
    if layout.isLecture, let lecture {
      paintLectureScreen(lecture, on: &canvas, context)
    } else {
      paintScreen(on: &canvas, context)
    }
    if let dialog {
      hits.beginDialog()
      hits.add(dialog.paint(on: &canvas, context))
    }
    return look.glyphs == .ascii ? canvas.ascii : canvas
  }

  /// All there is: the view with what belongs beside it, and the rows below.
  private mutating func paintScreen(on canvas: inout Canvas, _ context: ViewContext) {
    let (layout, look) = (context.layout, context.look)
    hits.add(header(context).paint(on: &canvas, layout.header, look))
    hits.add(view.paint(on: &canvas, layout.stage, context))
    viewWasShown()
    if let curve = layout.curve {
      hits.add(context.curvePlot(width: curve.width).paint(on: &canvas, curve, look))
    }
    if let strip = layout.strip { hits.add(context.entryStrip.paint(on: &canvas, strip, look)) }
    if let panel = layout.panel { hits.add(view.paintPanel(on: &canvas, panel, context)) }
    if let strip = layout.knobStrip { hits.add(context.knobStrip.paint(on: &canvas, strip, look)) }
    hits.add(paintFooter(on: &canvas, context))
  }

  /// What stands on a screen without room for a picture. Nothing that cannot be seen is computed.
  private mutating func noticeOfSize() -> Canvas {
    view.stopWork()
    let look = Look(appearance)
    var canvas = Canvas(width: width, height: height, style: look.text)
    let smallest = ScreenLayout.smallest
    for (row, line) in ["descent", "needs \(smallest.width)x\(smallest.height)", "has \(width)x\(height)"]
      .enumerated()
    {
      canvas.text(line, x: 0, y: row, style: look.text)
    }
    return canvas
  }

  private func header(_ context: ViewContext) -> Header {
    let landscape = context.nextLandscape
    var facts: [String] = []
    if let plane = landscape.planeName { facts.append("plane \(plane)") }
    // Names can be told apart where symbols cannot.
    let isASCII = appearance.glyphs == .ascii
    facts += landscape.constants.map {
      "\(isASCII ? $0.name : $0.symbol) = \($0.text(of: $0.value, NumberText.setting))"
    }
    return Header(
      title: isBlind ? Explorer.blindTitle : Text.sanitised(title),
      formula: title == landscape.text ? nil : isASCII ? landscape.text : landscape.display, facts: facts,
      step: race.step,
      isPlaying: isPlaying, speed: speed, isUnbounded: session.playback.isUnbounded)
  }

  // MARK: The rows below

  private func paintFooter(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let (layout, look) = (context.layout, context.look)
    let row = layout.caption
    var hits: [HitRegion] = []
    if let lecture {
      hits += paintLecture(lecture, on: &canvas, context)
    } else {
      let (text, style) = caption(context)
      canvas.text(Text.truncated(text, to: row.width), x: row.x, y: row.y, style: style)
    }
    if isBlind {
      hits.append(HitRegion(row, .key(.character("B"))))
    } else if status != nil {
      // What was read can go.
      hits.append(HitRegion(row, .status))
    }
    if let row = layout.replay, !isBlind, lecture == nil || status == nil {
      let used = canvas.text("replay ", x: row.x, y: row.y, style: look.faint)
      canvas.text(
        Text.truncated(Text.sanitised(replayLine), to: row.width - used), x: row.x + used, y: row.y,
        style: look.muted)
    }
    if let row = layout.hints {
      let reserved = lecture.map {
        LecturePlace(lecture: $0, isAtBeat: isAtBeat).paint(on: &canvas, row, look)
      }
      hits += Hints(own: ownBindings, others: KeyMap.bindings, isPlaying: isPlaying)
        .paint(on: &canvas, row, reserved: reserved ?? 0, look)
    }
    return hits
  }

  /// What the caption says: of what the last key did, of what the arrows do, of the ghosts, or of the scene.
  private func caption(_ context: ViewContext) -> (String, Style) {
    let (layout, look) = (context.layout, context.look)
    if let status { return (status.text, status.kind == .warning ? look.warning : look.accent) }
    if isMovingStart { return ("arrows move the start, Enter ends, Esc takes it back", look.accent) }
    let tableHasWords = layout.panel.map { context.panelLayout($0).rowsPerEntry == 2 } ?? false
    if !isBlind, !ghosts.isEmpty, !tableHasWords,
      let text = GhostList.caption(of: ghosts, beside: race, width: layout.caption.width)
    {
      return (text, look.muted)
    }
    return (isBlind ? Explorer.blindCaption : Text.sanitised(caption), look.caption)
  }
}
