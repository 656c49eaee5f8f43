import Canvas
import Experiments
import Scenes

extension Explorer {
  /// Goes to the step that a column of the curves stands for.
  mutating func movePlayhead(toColumn column: Int, of axis: CurveAxis) {
    isPlaying = false
    let place = axis.place(ofColumn: column)
    race.seek(to: axis.step(at: place, in: race, selected: selectedEntry))
    if !axis.countsEvaluations, place > Double(race.lastStep) + 1 {
      status = .note("nothing was run beyond step \(race.lastStep): space and n go on")
    }
  }

  /// Takes up the axes of the curves that a scene or a beat names; those that are usual where it names none.
  mutating func take(_ curve: CurveChoice?) {
    curveByEvaluations = curve?.countsEvaluations ?? false
    curveAxes = curve?.axes ?? .log
    regretPoint = curve?.point
  }

  /// `\`: the next way of counting along the axes.
  mutating func nextCurveAxes() {
    curveAxes = curveAxes.next
    status = .note("curve: \(curveAxes.rawValue)")
  }

  /// `C`: the next quantity. Where there is no panel it first opens the curves under the picture, and after the last
  /// quantity closes them.
  mutating func nextCurve() {
    let context = context
    if let panel = context.layout.panel {
      let parts = context.panelLayout(panel)
      guard parts.curve != nil else {
        status = .note(
          "the panel has no room for curves: H hides it, and C then shows them under the picture")
        return
      }
      curveQuantity = curveQuantity.next(on: race.landscape, against: regretPoint) ?? .loss
    } else if !showsCurve {
      guard ScreenLayout.hasRoomForCurve(context.layout.stage) else {
        status = .note("curves need a screen of at least 10 rows and 20 columns")
        return
      }
      showsCurve = true
    } else if let next = curveQuantity.next(on: race.landscape, against: regretPoint) {
      curveQuantity = next
    } else {
      curveQuantity = .loss
      showsCurve = false
      status = .note("curves closed; C shows them")
      return
    }
    status = .note("curve: \(curveQuantity.title.lowercased())")
  }
}
