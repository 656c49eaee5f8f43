import Experiments

/// An entry with those before it, against which its name, its label and its colour are told.
struct PlacedEntry {
  let entry: Entry
  let before: [Entry]

  /// The entries of an experiment, in order.
  static func all(of experiment: Experiment) -> [PlacedEntry] {
    experiment.entries.enumerated().map {
      PlacedEntry(entry: $0.element, before: Array(experiment.entries[..<$0.offset]))
    }
  }
}
