import Canvas
import Experiments

/// The screen of a lecture.
extension Explorer {
  /// Paints the picture with what belongs beside it; what the last key did stands over the footer.
  mutating func paintLectureScreen(_ lecture: Lecture, on canvas: inout Canvas, _ context: ViewContext) {
    let (layout, look) = (context.layout, context.look)
    let name = isBlind ? Explorer.blindTitle : Text.sanitised(title)
    canvas.text(
      Text.truncated(name, to: layout.header.width), x: layout.header.x, y: layout.header.y,
      style: look.strong.bold)
    hits.add(view.paint(on: &canvas, layout.stage, context))
    viewWasShown()
    if let panel = layout.panel {
      let showsRace = openView.isSilent
      let side = LecturePanel(
        caption: LectureCaption(lecture), step: race.step,
        race: showsRace ? context.raceTable(width: 0) { _ in false }.rows : [], selected: selectedEntry,
        knobs: context.liveKnobs
      ) { context.curvePlot(width: $0) }
      .paint(on: &canvas, panel, look)
      hits.add(side.hits)
      if !showsRace, side.rest.height >= 3 {
        hits.add(view.paintPanel(on: &canvas, side.rest, context))
      }
    }
    if let status {
      canvas.text(
        Text.truncated(status.text, to: layout.caption.width), x: layout.caption.x, y: layout.caption.y,
        style: status.kind == .warning ? look.warning : look.accent)
      hits.add([HitRegion(layout.caption, .status)])
    } else {
      LectureFooter(lecture: lecture, isAtBeat: isAtBeat).paint(on: &canvas, layout.caption, look)
    }
  }
}

extension ViewContext {
  /// The knobs that the scene leaves to the class, if it leaves only some.
  fileprivate var liveKnobs: KnobList {
    let live = knobs.indices.filter { knobs[$0].isLive }
    guard !isBlind, live.count < knobs.count else { return KnobList(rows: [], selected: 0) }
    return KnobList(
      rows: live.map { KnobList.Row(knob: knobs[$0].knob, isLive: true, limit: nil) },
      selected: live.firstIndex(of: selectedKnob) ?? -1)
  }
}
