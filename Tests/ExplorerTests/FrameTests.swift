import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Frames as a person has looked at them. `DESCENT_RECORD=1` writes them anew, and fails the run.
@Suite struct FrameTests {
  @Test(arguments: ["bowl", "ravine", "saddle", "plateau"], ["80x24", "120x36"])
  func goldenText(_ name: String, _ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer(
      name, width: parts[0], height: parts[1], appearance: Appearance(glyphs: .braille, depth: .none))
    explorer.seek(to: 24)
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "\(name)-\(size).txt")
  }

  @Test(arguments: ["bowl", "ravine", "saddle", "plateau"])
  func goldenASCII(_ name: String) throws {
    var explorer = try explorer(
      name, width: 80, height: 24, appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false))
    explorer.seek(to: 24)
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "\(name)-ascii.txt")
  }

  @Test(arguments: [
    ("dark-256", Appearance(theme: .dark, depth: .indexed256)),
    ("light-256", Appearance(theme: .light, depth: .indexed256)),
    ("dark-8", Appearance(theme: .dark, depth: .ansi8)),
    ("dark-16", Appearance(theme: .dark, depth: .ansi16)),
  ])
  func goldenColours(_ name: String, _ appearance: Appearance) throws {
    var explorer = try explorer("ravine", width: 80, height: 24, appearance: appearance)
    explorer.seek(to: 24)
    try Golden.expect(
      AnsiWriter.text(of: explorer.frame(), depth: appearance.depth), with: "ravine-\(name).ansi")
  }

  /// What the lists of the golden frames hold: an addition to the catalogues does not change them.
  private static let listed: Set<String> = [
    "SGD", "Momentum", "EMA momentum", "Nesterov", "Nesterov (convex)", "Conjugate gradient", "Line search",
    "AdaGrad", "RMSprop", "Adadelta", "Adam", "AMSGrad", "AdamW", "Lion",
    "Bowl", "Elliptical bowl", "Ravine", "Rotated ravine", "Matyas", "One equation, two unknowns", "Saddle",
    "Monkey saddle", "Double well", "Plateau", "Cliff", "Staircase", "Long valley",
    "Sigmoid neuron, cross-entropy",
  ]

  private static func shortened(_ list: PickList) -> PickList {
    let items = list.items.filter { listed.contains($0.title) }
    return PickList(
      title: list.title, items: items, selected: items.firstIndex { $0.title == list.choice?.title } ?? 0,
      takesSpecs: list.takesSpecs, otherwise: list.otherwise)
  }

  @Test(arguments: ["?", "L", "a", "f"])
  func goldenDialogs(_ key: String) throws {
    var explorer = try explorer(
      "ravine", width: 80, height: 24, appearance: Appearance(glyphs: .braille, depth: .none))
    explorer.type(key)
    if let list = explorer.dialog as? PickList { explorer.dialog = Self.shortened(list) }
    let names = ["?": "help", "L": "landscapes", "a": "optimizers", "f": "formula"]
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "dialog-\(names[key] ?? "").txt")
  }

  @Test func everySizeIsServedWithAndWithoutDialogs() throws {
    for dialog in ["", "?", "L", "a", "f", "E"] {
      var explorer = try explorer()
      explorer.type("N")
      explorer.type(dialog)
      for width in [0, 1, 3, 19, 20, 29, 30, 40, 60, 80, 99, 100, 140, 200] {
        for height in [0, 1, 5, 6, 9, 10, 12, 14, 18, 20, 24, 30, 50] {
          explorer.handle(.resize(width: width, height: height))
          let frame = explorer.frame()
          #expect(frame.width == width && frame.height == height)
          #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
          if dialog.isEmpty, width >= 20, height >= 6 {
            // Down to the smallest size it says where the run stands.
            #expect(frame.rows[0].contains("10"), "\(width)x\(height): \(frame.rows[0])")
          }
        }
      }
    }
  }

  @Test func tooSmallSaysSo() throws {
    let explorer = try explorer(width: 19, height: 6)
    #expect(
      explorer.rows().prefix(3) == ["descent            ", "needs 20x6         ", "has 19x6           "])
  }

  @Test func numbersOnScreenAreThoseOfTheRun() throws {
    var explorer = try explorer()
    for step in [0, 1, 7, 24, 133] {
      explorer.seek(to: step)
      let rows = explorer.rows()
      #expect(rows[0].contains("step \(step)"))
      for (index, entry) in explorer.race.experiment.entries.enumerated() {
        let run = explorer.race.run(entry: index)
        let row = try #require(rows.first { $0.contains("\(index + 1) \(entry.label) ") })
        #expect(row.contains(NumberText.brief(run.loss)), "\(entry.label) at \(step)")
        #expect(row.contains(NumberText.brief(run.gradientNorm)), "\(entry.label) at \(step)")
        #expect(
          row.hasSuffix(" \(run.cost.evaluations) ") || row.contains(" \(run.cost.evaluations) "),
          "\(entry.label) at \(step)")
      }
    }
  }

  @Test func headsStandWhereTheRunsAre() throws {
    var explorer = try explorer("bowl")
    explorer.seek(to: 5)
    let frame = explorer.frame()
    let plot = explorer.plotArea
    let window = explorer.layout.area.shown(explorer.window)
    for (index, entry) in explorer.race.experiment.entries.enumerated() where entry.spec.id != "newton" {
      let point = explorer.race.run(entry: index).point
      let column = plot.x + Int((point.x - window.x.lowerBound) / window.width * Double(plot.width))
      let row = plot.y + Int((window.y.upperBound - point.y) / window.height * Double(plot.height))
      #expect(frame[column, row].glyph == Glyph(Character("\(index + 1)")), "\(entry.label) at \(point)")
    }
  }

  @Test func titlesCannotInjectControlSequences() throws {
    var hostile = try scene("bowl")
    hostile.title = "\u{1b}]0;owned\u{7}\u{202e}evil\u{9b}31m"
    hostile.caption = "a\u{1b}[2Jb\u{200b}c\u{0}d"
    hostile.experiment.entries[0].label = "\u{1b}[31mred\n\u{2066}x"
    let explorer = Explorer(scene: hostile, appearance: Appearance(), width: 120, height: 36)
    for row in explorer.rows() {
      for scalar in row.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value))
        #expect(!(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
        #expect(scalar.value != 0x200b)
      }
    }
  }

  @Test func aPausedFrameIsTheSameFrame() throws {
    var explorer = try explorer()
    explorer.seek(to: 12)
    let first = explorer.frame()
    let second = explorer.frame()
    #expect(first == second)
  }

  @Test func renderingDoesNotDependOnHowOneGotThere() throws {
    var straight = try explorer()
    straight.seek(to: 30)
    var roundabout = try explorer()
    roundabout.seek(to: 77)
    _ = roundabout.frame()
    roundabout.seek(to: 30)
    // The curves show what was run ahead of the playhead; all else is of the present step.
    #expect(straight.rows() != roundabout.rows())
    straight.type("H")
    roundabout.type("H")
    #expect(straight.rows() == roundabout.rows())
  }
}
