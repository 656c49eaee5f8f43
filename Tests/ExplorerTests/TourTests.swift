import Canvas
import Experiments
@testable import Explorer
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// The five minutes of the README are true: what stands there in code marks is read from it and typed, and what it says of
/// that is looked for on the screen.
@Suite struct TourTests {
  private static let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "README.md")

  /// The code marks of each step of the tour, in order.
  private static func tour() throws -> [[String]] {
    let text = try String(contentsOf: readme, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## Five minutes\n").dropFirst().first)
      .components(separatedBy: "\n![")[0]
    let steps = section.components(separatedBy: .newlines).reduce(into: [String]()) { steps, line in
      if line.first?.isNumber == true {
        steps.append(line)
      } else if !steps.isEmpty {
        steps[steps.count - 1] += " " + line
      }
    }
    // Between backquotes stands every second piece.
    return steps.map { step in
      step.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
  }

  /// One of the marks: what is on the screen once it was typed.
  private struct Mark {
    let text: String
    /// Whether Enter ends it, as it does what is typed into a field.
    var isEntered = false
    let isTrue: (inout Explorer) throws -> Void

    init(_ text: String, entered: Bool = false, _ isTrue: @escaping (inout Explorer) throws -> Void) {
      self.text = text
      isEntered = entered
      self.isTrue = isTrue
    }
  }

  private static func type(_ mark: String, into explorer: inout Explorer) -> Effect? {
    let named: [String: Key] = [
      "space": .character(" "), "→": .right, "↑": .up, "↓": .down, "Tab": .tab, "Esc": .escape,
    ]
    // Keys that stand together are typed one after the other.
    let words = mark.split(separator: " ").map(String.init)
    let keys =
      words.allSatisfy { named[$0] != nil || $0.count == 1 }
      ? words.map { named[$0] ?? .character(Character($0)) } : mark.map { .character($0) }
    var effect: Effect?
    for key in keys { effect = explorer.handle(.key(key)) }
    return effect
  }

  @Test(arguments: [(120, 36), (80, 24)]) func whatTheTourSaysHappens(width: Int, height: Int) throws {
    var explorer = try explorer("ravine", width: width, height: height)
    let tour = try Self.tour()
    let script = [
      Self.first, Self.second, Self.third, Self.fourth, Self.fifth, Self.sixth, Self.seventh,
      Self.eighth,
    ].map { $0() }
    #expect(tour == script.map { $0.map(\.text) }, "every mark of the tour is looked at, in order")
    try Self.expectOpening(explorer)
    for (step, marks) in zip(tour, script) {
      for (text, mark) in zip(step, marks) {
        let effect = Self.type(text, into: &explorer)
        if mark.isEntered { explorer.type("Enter") }
        if text == "q" { #expect(effect == .quit) }
        try mark.isTrue(&explorer)
      }
    }
  }

  // MARK: What is said

  /// "The program opens on a ravine, paused at step 0, with four optimizers at the white diamond."
  private static func expectOpening(_ explorer: Explorer) throws {
    #expect(explorer.race.experiment.landscape.id == "rotated-ravine")
    #expect(explorer.shows("step 0  paused"))
    #expect(explorer.race.experiment.entries.count == 4)
    #expect(explorer.plotRows.contains { $0.contains("◆") })
  }

  private static func first() -> [Mark] {
    [
      Mark("space") { explorer in
        #expect(explorer.isPlaying)
        explorer.advance(by: 0.4)
        #expect(explorer.race.step == 4)
        // "The digits are the optimizers": Newton is at the minimum, and the others on their way.
        for digit in 1...4 { #expect(explorer.plotRows.contains { $0.contains("\(digit)") }, "\(digit)") }
        // "The table gives each one's loss."
        let rows = explorer.rows()
        #expect(rows.contains { $0.contains(" Race ") && $0.contains("loss") })
        for (index, entry) in explorer.race.experiment.entries.enumerated() {
          let loss = NumberText.brief(explorer.race.run(entry: index).loss)
          #expect(
            rows.contains { $0.contains("\(index + 1) \(entry.label)") && $0.contains(loss) },
            "\(entry.label)")
        }
        // "Where there is room, what it has cost."
        #expect(rows.contains { $0.contains("evals") } == (explorer.width >= 100))
      },
      Mark("space") { #expect(!$0.isPlaying && $0.race.step == 4) },
      Mark("n") { #expect($0.race.step == 5) }, Mark("p") { #expect($0.race.step == 4) },
      Mark("0") { #expect($0.race.step == 0) },
    ]
  }

  /// The learning rate of the first entry at the playhead.
  private static func rate(_ explorer: Explorer) -> Double? { explorer.race.value(entry: 0, key: "lr") }

  private static func second() -> [Mark] {
    [
      Mark("→") { explorer in
        // "At once, while it runs."
        explorer.type("space")
        explorer.advance(by: 1)
        let before = try #require(rate(explorer))
        explorer.type("Right Right")
        #expect(rate(explorer) ?? 0 > before)
        #expect(explorer.isPlaying)
        explorer.advance(by: 0.1)
        #expect(explorer.race.run(entry: 0).learningRate == rate(explorer))
        explorer.type("space")
        // "The tick on its slider."
        #expect(explorer.rows().contains { $0.contains("learning rate") && $0.contains("┃") })
      },
      Mark("c") { explorer in
        #expect(rate(explorer) == 2.0 / 30, "the stability limit of gradient descent is 2/L")
      },
      Mark("o") { #expect(abs((rate($0) ?? 0) - 2.0 / 31) < 1e-12, "2/(L + μ)") },
      Mark("#") { #expect($0.shows("lr = ")) },
      Mark("0.08", entered: true) { explorer in
        #expect(rate(explorer) == 0.08)
        // "Beyond the tick it diverges": it leaves the picture, and the edge says where to.
        explorer.type("N N N N")
        #expect(explorer.race.run(entry: 0).loss > 1e3)
        #expect(
          explorer.plotRows.contains {
            ["1→", "1↗", "1↘", "←1", "↖1", "↙1", "↑1", "1↑", "↓1", "1↓"].contains(where: $0.contains)
          })
        explorer.type("P P P P")
      },
      Mark("u") { #expect(rate($0) != 0.08) },
    ]
  }

  private static func third() -> [Mark] {
    [
      Mark("Tab") { #expect($0.selectedEntry == 1) }, Mark("↑ ↓") { #expect($0.selectedKnob == 0) },
      Mark(">") { #expect($0.race.nextLandscape.constant("kappa")?.value ?? 0 > 30) },
      Mark("w") { #expect($0.race.nextLandscape.constant("angle")?.value ?? 25 != 25) },
      Mark("p") { explorer in
        let landscape = explorer.race.nextLandscape
        #expect(landscape.constant("kappa")?.value == 30 && landscape.constant("angle")?.value == 25)
      },
    ]
  }

  private static func fourth() -> [Mark] {
    [
      Mark("a") { #expect($0.shows("Add an optimizer")) },
      Mark("adam:lr=0.1,beta1=0.5", entered: true) { explorer in
        #expect(explorer.race.experiment.entries.map(\.spec.description).last == "adam:lr=0.1,beta1=0.5")
      },
      Mark("x") { #expect($0.race.experiment.entries.count == 4) },
      Mark("1") { explorer in
        #expect(!explorer.race.experiment.entries[0].isOn)
        explorer.type("1")
        #expect(explorer.race.experiment.entries[0].isOn)
      },
      Mark("9") { #expect($0.shows("there is no entry 9")) },
    ]
  }

  private static func fifth() -> [Mark] {
    [
      Mark("L") { explorer in
        #expect(explorer.shows(" Landscapes "))
        explorer.dialog?.paste("rosenbrock")
        #expect(explorer.shows("Rosenbrock"))
        explorer.type("Esc")
      },
      Mark("f") { #expect($0.shows("f(x, y) = ")) },
      Mark("(1-x)^2 + 100*(y - x^2)^2", entered: true) { explorer in
        #expect(explorer.dialogIsClosed)
        #expect(explorer.race.experiment.landscape.formula?.text == "(1-x)^2 + 100*(y - x^2)^2")
        // "A click moves the start."
        let (plot, start) = (explorer.plotArea, explorer.race.experiment.starts[0])
        explorer.handle(.mouse(Mouse(.press, x: plot.x + plot.width / 3, y: plot.y + plot.height / 3)))
        explorer.handle(.mouse(Mouse(.release, x: plot.x, y: plot.y)))
        #expect(explorer.race.experiment.starts[0] != start)
      },
      Mark("s") { explorer in
        let start = explorer.race.experiment.starts[0]
        explorer.type("Right Up Enter")
        #expect(
          explorer.race.experiment.starts[0].x > start.x && explorer.race.experiment.starts[0].y > start.y)
        let (plot, window) = (explorer.plotArea, explorer.window)
        explorer.handle(.mouse(Mouse(.wheelUp, x: plot.x + 3, y: plot.y + 3)))
        #expect(explorer.window.width < window.width)
      },
      Mark("+") { explorer in
        let width = explorer.window.width
        explorer.type("+")
        #expect(explorer.window.width < width)
      },
      Mark("-") { explorer in
        let width = explorer.window.width
        explorer.type("-")
        #expect(explorer.window.width > width)
      },
      Mark("h j k l") { explorer in
        let window = explorer.window
        explorer.type("h")
        #expect(explorer.window.x.lowerBound < window.x.lowerBound)
        explorer.type("k")
        #expect(explorer.window.y.lowerBound > window.y.lowerBound)
      },
      Mark("z") { #expect($0.window == $0.race.experiment.window) },
    ]
  }

  private static func sixth() -> [Mark] {
    [
      Mark("e") { explorer in
        explorer.type("n")
        #expect(explorer.openView == .step)
        #expect(explorer.shows("∇f"))
      },
      Mark("v") { #expect($0.openView == .surface) }, Mark("m") { #expect($0.openView == .map) },
      Mark("Esc") { #expect($0.openView == .contour) },
    ]
  }

  private static func seventh() -> [Mark] {
    [
      Mark("Tab") { explorer in
        #expect(explorer.race.experiment.entries[explorer.selectedEntry].spec.id == "sgd")
      },
      Mark("E") { explorer in
        #expect(explorer.dialog is RuleEditor)
        let entries = explorer.race.experiment.entries
        explorer.type("Down Down Down Down Down Down End")
        explorer.dialog?.paste("*0.5")
        explorer.type("Enter")
        #expect(explorer.dialogIsClosed)
        #expect(explorer.race.experiment.entries.count == entries.count + 1)
        let rule = try #require(explorer.race.experiment.entries.last?.spec.rule)
        #expect(rule.text.contains("*0.5"))
      },
    ]
  }

  private static func eighth() -> [Mark] {
    [
      Mark("?") { explorer in
        #expect(explorer.shows(" Keys ") && explorer.shows("play, pause"))
        explorer.dialog?.paste("other axes")
        #expect(explorer.shows("not now: this landscape has two parameters"))
        // "Finds what formulas and scenes take."
        for _ in 0..<10 { explorer.type("Backspace") }
        explorer.type("erf")
        #expect(explorer.shows("the error function"))
        explorer.type("Esc")
      },
      Mark(":") { explorer in
        explorer.type("opt Tab adam Enter")
        #expect(explorer.race.experiment.entries.last?.spec.description == "adam")
      },
      Mark("q") { _ in },
    ]
  }
}

extension Explorer {
  /// The rows of the frame within the plot.
  fileprivate var plotRows: [String] {
    let plot = plotArea
    return rows()[plot.y..<plot.bottom].map { String($0.dropFirst(plot.x).prefix(plot.width)) }
  }
}
