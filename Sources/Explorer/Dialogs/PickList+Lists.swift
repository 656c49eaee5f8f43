import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The lists there are.
extension PickList {
  /// The landscapes of the catalogue.
  static func landscapes(selected id: String) -> PickList {
    PickList(
      title: "Landscapes",
      items: LandscapeCatalog.listings.map {
        Item(
          title: $0.title, detail: $0.watch, answer: .landscape(id: $0.id), keywords: $0.id, landscape: $0.id)
      },
      selected: LandscapeCatalog.listings.firstIndex { $0.id == id } ?? 0,
      otherwise: { .note("no landscape matches '\($0)'") })
  }

  /// Every typed rule, every optimizer, and every wrapper over a base, if there is one to wrap.
  static func optimizers(
    on landscape: Landscape, rules: [TypedRule] = [], over base: OptimizerSpec?
  ) -> PickList {
    PickList(
      title: "Add an optimizer: choose, or type a spec such as adam:lr=0.1",
      items: (rules.map(\.entry) + OptimizerRegistry.all).map { entry in
        let about = entry.about
        var (title, spec) = (about.name, about.id)
        var obstacle: String?
        if entry.isWrapper {
          if let base {
            spec = "\(about.id)(\(base))"
            title = "\(about.name) over \(base.displayName)"
          } else {
            obstacle = "\(about.name) wraps the selected entry, and there is none"
          }
        }
        if obstacle == nil, let spec = try? OptimizerSpec(spec, rules: rules) {
          obstacle = landscape.obstacle(to: spec)
        }
        return Item(
          title: title, detail: about.summary, answer: .optimizer(spec),
          keywords: "\(spec) \(about.group.title)", obstacle: obstacle)
      },
      takesSpecs: true, otherwise: { .optimizer($0) })
  }

  /// What happened when, by step: the last event before the playhead is selected, and what lies ahead of it is faint.
  static func log(of race: Race) -> PickList {
    let lines = race.log()
    let last = lines.map { Text.width(of: NumberText.count($0.event.lastStep)) }.max() ?? 1
    return PickList(
      title: "What happened when",
      items: lines.map { line in
        let event = line.event
        let digit = line.entry.map { "\($0 + 1)" } ?? " "
        let first = NumberText.count(event.step)
        let padding = String(repeating: " ", count: max(0, last - Text.width(of: first)))
        let stretch = event.lastStep > event.step ? " to \(NumberText.count(event.lastStep))" : ""
        let text = Text.sanitised(event.text) + stretch
        return Item(
          title: "step \(padding)\(first)  \(digit)",
          detail: line.isAhead ? "\(text), ahead of the playhead" : text,
          answer: .step(event.step, words: text), keywords: "\(event.step)", isFaint: line.isAhead)
      },
      selected: lines.lastIndex { !$0.isAhead } ?? 0,
      emptyWords: "nothing has happened yet but plain steps",
      otherwise: { _ in
        .note(lines.isEmpty ? "nothing has happened yet but plain steps" : "nothing in the log matches that")
      })
  }

  /// The scenes of a lecture with their beats; the one that is on is selected.
  static func beats(of lecture: Lecture) -> PickList {
    var items: [Item] = []
    var selected = 0
    for (index, scene) in lecture.scenes.enumerated() {
      if index == lecture.sceneIndex { selected = items.count + lecture.beat + 1 }
      items.append(
        Item(
          title: "\(index + 1)  \(scene.title)", detail: scene.caption, answer: .beat(scene: index, beat: -1))
      )
      for (number, beat) in scene.beats.enumerated() {
        items.append(
          Item(
            title: "     beat \(number + 1)", detail: beat.question?.text ?? beat.say ?? "",
            answer: .beat(scene: index, beat: number)))
      }
    }
    return PickList(
      title: "Jump", items: items, selected: selected, otherwise: { .note("no beat matches '\($0)'") })
  }

  /// The planes through more than two parameters: those of what was run first.
  static func planes(of context: ViewContext) -> PickList {
    let landscape = context.race.experiment.landscape
    let meanings = Dictionary(
      landscape.problem.directions.map { ($0.name, $0.meaning) }, uniquingKeysWith: { first, _ in first })
    let named = landscape.planeChoices.map { name in
      let parts = name.split(separator: ",").compactMap { meanings[String($0)] }
      return Item(
        title: name, detail: parts.isEmpty ? "two parameters" : parts.joined(separator: "; "),
        answer: .plane(name))
    }
    let runs = context.runPlanes.map {
      Item(
        title: $0.title, detail: $0.detail, answer: .plane($0.name ?? ""),
        obstacle: $0.name == nil ? $0.detail : nil)
    }
    return PickList(
      title: "Planes: what is shown of more than two parameters", items: runs + named,
      selected: runs.count + (landscape.planeChoices.firstIndex { $0 == landscape.planeName } ?? 0),
      otherwise: { .plane($0) })
  }
}
