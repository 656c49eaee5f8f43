package import Experiments
package import Landscapes
import OptimizerCore

extension Portrait {
  /// Who is portrayed, and what of it is asked for.
  package struct Subject {
    /// The race at its playhead.
    package private(set) var race: Race
    /// The landscape in force there.
    package private(set) var landscape: Landscape
    /// The part of the landscape that is asked for.
    package var window: Window
    /// About how many contour lines there are to be.
    package var levelCount = Landscape.levelCount
    /// The entry that lies over the others.
    package var selectedEntry = 0
    /// Whether it is looked at alone.
    package var isSpotlit = false
    /// What of the ways and marks is shown.
    package var overlays = Overlay.usual
    /// Runs kept beside the race.
    package var ghosts: [Ghost] = []
    /// Many draws of the noise for the selected entry.
    package var fan: Fan?
    /// Whether runs are shown at all: the entries', the ghosts', the fan's.
    package var hasRuns = true
    /// Whether the runs may be called by their names.
    package var hasNames = true

    /// A race at its playhead, shown as usual.
    ///
    /// - Parameter landscape: the one in force at the playhead.
    package init(_ race: Race, on landscape: Landscape) {
      (self.race, self.landscape, window) = (race, landscape, race.experiment.window)
    }

    /// A race at its playhead, shown as a place in a scene says.
    package init(_ race: Race, at stage: LectureState) {
      self.init(race, on: race.landscape)
      selectedEntry = stage.selectedEntry
      overlays = stage.shownOverlays
      hasNames = !stage.isBlind
    }

    /// Goes to another step, with the ghosts. The fan only goes forward.
    package mutating func seek(to step: Int) {
      race.seek(to: step)
      landscape = race.landscape
      for index in ghosts.indices { ghosts[index].race.seek(to: step) }
    }
  }

  /// A run kept beside a race: an entry of a race of its own.
  package struct Ghost {
    /// What is written on its head.
    package let letter: Character
    /// Its race at its playhead.
    package internal(set) var race: Race
    /// The place of the entry in it.
    package let entry: Int

    /// The ghost of an entry.
    package init(letter: Character, race: Race, entry: Int) {
      (self.letter, self.race, self.entry) = (letter, race, entry)
    }

    /// Whether its way can be drawn on a landscape: the formula is the same, its constants may differ.
    package func isAtHome(on landscape: Landscape) -> Bool {
      let its = race.experiment.landscape
      return landscape.id == its.id && landscape.text == its.text && landscape.dimension == its.dimension
    }
  }
}

extension Portrait.Subject {
  /// The entries that take part: the first over the later ones, the selected one over all.
  var order: [Int] {
    race.experiment.entries.indices.filter { hasRuns && race.experiment.entries[$0].isOn }
      .sorted { ($0 == selectedEntry ? 1 : 0, -$0) < ($1 == selectedEntry ? 1 : 0, -$1) }
  }

  /// The ghosts that can be shown.
  var shownGhosts: [Portrait.Ghost] {
    hasRuns ? ghosts.filter { $0.isAtHome(on: race.experiment.landscape) } : []
  }

  var crowd: Portrait.Crowd? {
    guard hasRuns, let fan, race.experiment.entries.indices.contains(selectedEntry) else { return nil }
    return Portrait.Crowd(
      fan, sign: "\(selectedEntry + 1)", colour: race.experiment.entries[selectedEntry].colour,
      until: race.step, on: landscape)
  }

  /// Known points and starts.
  var marks: [Portrait.Mark] {
    let hasKnown = overlays.contains(.minima)
    let saddles = hasKnown ? landscape.saddles.map { Portrait.Mark(kind: .saddle, point: $0) } : []
    let minima = hasKnown ? landscape.minima.map { Portrait.Mark(kind: .minimum, point: $0) } : []
    let starts = race.experiment.starts.map { start in
      // A start is a point of the plane at the start, and a turned constant may have moved the plane since.
      let here = landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start))
      return Portrait.Mark(kind: .start, point: here)
    }
    return saddles + minima + starts
  }
}

extension LectureState {
  /// The place of the entry that is selected.
  package var selectedEntry: Int {
    selected.flatMap { name in experiment.entries.firstIndex { $0.name == name } } ?? 0
  }

  /// What is drawn over the picture, said or usual.
  package var shownOverlays: Set<Overlay> { overlays.map { Set($0) } ?? Overlay.usual }
}
