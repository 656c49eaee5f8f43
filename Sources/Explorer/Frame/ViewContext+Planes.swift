import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension ViewContext {
  /// A plane that can be chosen from the list, or why it cannot.
  struct PlaneChoice {
    /// The plane's name; nil where it cannot be shown.
    let name: String?
    let title: String
    let detail: String
  }

  /// The planes of what was run: the path of the selected entry up to the playhead, and between its end and every other's.
  var runPlanes: [PlaneChoice] {
    guard landscape.plane != nil, entries.indices.contains(selectedEntry), !isBlind else { return [] }
    let obstacle = runPlaneObstacle
    func choice(_ kind: RunPlane.Kind, with other: Int?, _ title: String, _ detail: String) -> PlaneChoice {
      guard obstacle == nil else { return PlaneChoice(name: nil, title: title, detail: obstacle ?? "") }
      let specs = [selectedEntry, other].compactMap { $0 }.map { entries[$0].spec }
      let plane = RunPlane(kind, specs, steps: race.step, noise: race.experiment.noise)
      return PlaneChoice(name: plane.text, title: title, detail: detail)
    }
    let own = "\(selectedEntry + 1) \(Text.sanitised(entries[selectedEntry].label))"
    let path = choice(
      .path, with: nil, "the path of \(own)", "the two directions along which its points vary most")
    return [path]
      + entries.indices.filter { $0 != selectedEntry && entries[$0].isOn }.map {
        choice(
          .ends, with: $0, "the ends of \(own) and \($0 + 1) \(Text.sanitised(entries[$0].label))",
          "the start and both ends lie in it: is there a barrier between them?")
      }
  }

  /// Why no plane can be made of what was run, with the way out: a plane is written down with all that its runs depend on.
  private var runPlaneObstacle: String? {
    let experiment = race.experiment
    if race.step < 2 { return "nothing was run yet: n steps" }
    if race.step > RunPlane.mostSteps { return "more than \(RunPlane.mostSteps) steps: P goes back" }
    if experiment.changes.contains(where: { $0.step <= race.step }) {
      return "knobs were turned on the way: R reruns with the knobs as they are"
    }
    if experiment.noise.isIndependent { return "every entry has noise of its own: set independent=off" }
    if experiment.starts[0] != experiment.landscape.start {
      return "the start was moved: u takes that back"
    }
    return nil
  }

  /// The plane that a word of the command line asks for: `path`, `ends` with the number of another entry, or a plane by its
  /// name.
  func plane(asked text: String) throws(OptionError) -> String {
    let words = text.split(separator: " ").map(String.init)
    guard let kind = words.first.flatMap(RunPlane.Kind.init), words.count <= 2 else { return text }
    let choices = runPlanes
    if choices.isEmpty { throw OptionError("there are no runs that span a plane here") }
    var choice = choices[0]
    if kind == .ends {
      let others = entries.indices.filter { $0 != selectedEntry && entries[$0].isOn }
      let wanted = words.count == 2 ? Int(written: words[1]) : others.first.map { $0 + 1 }
      guard let place = others.firstIndex(where: { $0 + 1 == wanted }) else {
        throw OptionError(
          "ends takes the number of another entry that is on"
            + (words.count == 2 ? ", got '\(Excerpt.of(words[1]))'" : ": a adds one"))
      }
      choice = choices[place + 1]
    }
    guard let name = choice.name else { throw OptionError(choice.detail) }
    return name
  }
}
