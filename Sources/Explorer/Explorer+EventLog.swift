import Canvas
import Experiments
import OptimizerCore

extension Explorer {
  /// What happened when, by step: the last event before the playhead is selected, and what lies ahead of it is faint.
  func eventLog() -> PickList {
    let lines = race.log()
    let last = lines.map { NumberText.count($0.event.lastStep) }.map { Text.width(of: $0) }.max() ?? 1
    var list = PickList(
      title: "What happened when",
      items: lines.map { line in
        let event = line.event
        let digit = line.entry.map { "\($0 + 1)" } ?? " "
        let first = NumberText.count(event.step)
        let padding = String(repeating: " ", count: max(0, last - Text.width(of: first)))
        let stretch = event.lastStep > event.step ? " to \(NumberText.count(event.lastStep))" : ""
        let text = Text.sanitised(event.text) + stretch
        return PickList.Item(
          id: "\(event.step)", title: "\(padding)\(first)  \(digit)", detail: text,
          obstacle: line.isAhead ? "\(text), ahead of the playhead" : nil)
      })
    let reached = lines.lastIndex { !$0.isAhead } ?? 0
    list.select(reached)
    return list
  }

  /// Goes to the step of the chosen event.
  mutating func go(to list: PickList) {
    guard let choice = list.choice, let step = Int(choice.id) else {
      status = .note(
        list.items.isEmpty ? "nothing has happened yet but plain steps" : "nothing in the log matches that")
      return
    }
    isPlaying = false
    race.seek(to: step)
    status = .note("step \(NumberText.count(race.step)): \(choice.detail)")
  }
}
