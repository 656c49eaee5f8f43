import Canvas
import Experiments
@testable public import Explorer
import Foundation
import Landscapes
import OptimizerCore
import Scenes
public import Testing
import TestSupport

/// A bundled scene.
func scene(_ name: String) throws -> Scene { try SceneLibrary().scene(name) }

/// An explorer on a bundled scene.
func explorer(
  _ name: String = "ravine", width: Int = 120, height: Int = 36,
  appearance: Appearance = Appearance(depth: .direct)
) throws -> Explorer {
  Explorer(scene: try scene(name), appearance: appearance, width: width, height: height)
}

/// An explorer on a race of its own.
///
/// - Parameter landscape: the name of one of the catalog, the text of one over data, or a formula.
func explorer(
  _ landscape: String, _ optimizers: [String], constants: [String: Double] = [:], plane: String? = nil,
  noise: Noise = .none, steps: Int = 0, width: Int = 120, height: Int = 36,
  appearance: Appearance = Appearance(glyphs: .braille, depth: .none)
) throws -> Explorer {
  var found =
    LandscapeText.isOne(landscape)
    ? try LandscapeText.landscape(landscape)
    : try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape)
  for (name, value) in constants { found = try found.setting(name, to: value) }
  if let plane { found = try found.showing(plane: plane) }
  let experiment = Experiment(
    landscape: found, entries: Entry.entries(try optimizers.map { try OptimizerSpec($0) }), noise: noise)
  var explorer = Explorer(
    scene: Scene(name: landscape, title: found.title, caption: found.watch, experiment: experiment),
    appearance: appearance, width: width, height: height)
  explorer.seek(to: steps)
  return explorer
}

/// Frames that a person has looked at, in the folder `Golden`.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Expects a frame to be what its file holds.
  static func expect(_ text: String, with name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    try RecordedText.expect(text, in: folder.appending(path: name), sourceLocation: sourceLocation)
  }
}

extension Explorer {
  /// Types keys by name, separated by blanks: `space n Right Ctrl-C`; any other word is typed letter by letter.
  mutating func type(_ keys: String) {
    for word in keys.split(separator: " ") {
      let named: [Substring: Key] = [
        "space": .character(" "), "Up": .up, "Down": .down, "Left": .left, "Right": .right, "Home": .home,
        "End": .end,
        "Enter": .enter, "Esc": .escape, "Tab": .tab, "BackTab": .backTab, "Backspace": .backspace,
        "PageDown": .pageDown, "PageUp": .pageUp, "Delete": .delete,
      ]
      if let key = named[word] {
        handle(.key(key))
      } else {
        for character in word { handle(.key(.character(character))) }
      }
    }
  }

  /// The rows of the frame as it is now.
  func rows() -> [String] {
    var copy = self
    return copy.frame().rows
  }

  /// Where the plot stands on the screen.
  var plotArea: Rect { layout.plot }

  /// Whether no dialog stands over the picture.
  var dialogIsClosed: Bool { !rows().contains { $0.contains("┌─") } }

  /// Whether some row of the frame holds a text.
  func shows(_ text: String) -> Bool { rows().contains { $0.contains(text) } }

  /// The bits of the points of every run that takes part, at the playhead.
  var bits: [[UInt64]] {
    race.experiment.entries.indices.filter { race.experiment.entries[$0].isOn }.map {
      let point = race.run(entry: $0).point
      return [point.x.bitPattern, point.y.bitPattern]
    }
  }
}

/// A failed expectation says where the explorer stands, not all that it holds.
extension Explorer: CustomTestStringConvertible {
  /// The replay line.
  public var testDescription: String { replayLine }
}
