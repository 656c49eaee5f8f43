import Canvas
import Experiments
import OptimizerCore

extension Explorer {
  /// What happened when, the newest last and selected.
  func eventLog() -> PickList {
    var events: [(step: Int, entry: Int?, text: String)] = []
    for change in race.experiment.changes {
      switch change.target {
      case .landscape(let constant):
        events.append(
          (change.step, nil, "landscape: \(constant) becomes \(NumberText.brief(change.value, digits: 4))"))
      case .entry(let name, let key):
        let entry = race.experiment.entries.firstIndex { $0.name == name }
        events.append((change.step, entry, "\(key) becomes \(NumberText.brief(change.value, digits: 4))"))
      }
    }
    for entry in race.experiment.entries.indices {
      let run = race.run(entry: entry)
      if let step = run.divergedAt { events.append((step, entry, "diverged")) }
      if let step = run.convergedAt { events.append((step, entry, "at rest at a minimum")) }
    }
    events.sort { $0.step < $1.step }
    var list = PickList(
      title: "What happened when",
      items: events.map { event in
        let digit = event.entry.map { "\($0 + 1)" } ?? " "
        return PickList.Item(id: "\(event.step)", title: "\(event.step)  \(digit)", detail: event.text)
      })
    list.select(events.count - 1)
    return list
  }

  /// Goes to the step of the chosen event.
  mutating func go(to list: PickList) {
    guard let choice = list.choice, let step = Int(choice.id) else {
      status = .note("nothing happened yet beyond the plain steps")
      return
    }
    isPlaying = false
    race.seek(to: step)
  }
}
