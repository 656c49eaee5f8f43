import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Planes made of runs, chosen on the screen, and the way between two runs.
@Suite struct RunPlaneTests {
  private static let network = "network(data=xor, rows=16, hidden=3, activation=tanh)"

  private func raced(_ steps: Int = 30) throws -> Explorer {
    try explorer(Self.network, ["sgd:lr=0.5", "adam:lr=0.05"], steps: steps)
  }

  private func parameters(_ explorer: Explorer) -> [[UInt64]] {
    (0..<2).map { explorer.race.run(entry: $0).parameters.map(\.bitPattern) }
  }

  @Test func aListHasThePlanesThereAre() throws {
    var explorer = try raced()
    let before = parameters(explorer)
    explorer.type("K")
    #expect(explorer.shows("the path of 1 SGD") && explorer.shows("the ends of 1 SGD and 2 Adam"))
    #expect(explorer.shows("random1,random2") && explorer.shows("sharpest,flattest"))
    for letter in "path" { explorer.handle(.key(.character(letter))) }
    explorer.type("Enter")
    #expect(explorer.race.landscape.planeName == "path(sgd:lr=0.5; 30)")
    #expect(parameters(explorer) == before, "another view of the same runs")
    #expect(explorer.replayLine.contains("--plane 'path(sgd:lr=0.5; 30)'"))
    // The plane of a path holds the most of it.
    let gauge = ProjectionGauge(explorer.race.run(entry: 0), on: explorer.race.landscape)
    #expect((gauge.pathShare ?? 0) > 0.95)
    explorer.type("u")
    #expect(explorer.race.landscape.planeName == "random1,random2")
    #expect(parameters(explorer) == before)
  }

  @Test func theCommandLineHasShortWords() throws {
    var explorer = try raced()
    explorer.command("plane path")
    #expect(explorer.race.landscape.planeName == "path(sgd:lr=0.5; 30)")
    explorer.command("plane ends")
    #expect(explorer.race.landscape.planeName == "ends(sgd:lr=0.5; adam:lr=0.05; 30)")
    #expect(explorer.race.run(entry: 1).distanceFromPlane < 1e-9)
    explorer.command("plane ends 7")
    #expect(explorer.shows("ends takes the number of another entry that is on, got '7'"))
    explorer.type("Esc")
    explorer.command("plane path(sgd; 0)")
    #expect(explorer.shows("a plane of runs takes 2 to 10000 steps"))
  }

  /// A plane is written down with all that its runs depend on; where that cannot be, it is said what to do.
  @Test func whatCannotBeWrittenDownIsRefused() throws {
    var explorer = try raced()
    explorer.command("set sgd.lr=0.2")
    // The reason is whole below the list, for the row that is selected.
    explorer.type("n n K Up Up")
    #expect(explorer.shows("knobs were turned on the way: R reruns with the knobs as they are"))
    explorer.type("Esc R n n K Enter")
    explorer.command("plane path")
    #expect(explorer.race.landscape.planeName == "path(sgd:lr=0.2; 2)")
    var early = try raced(0)
    early.command("plane path")
    #expect(early.shows("nothing was run yet"))
    var bowl = try ExplorerTests.explorer("bowl", ["sgd"])
    bowl.type("K")
    #expect(bowl.dialogIsClosed && bowl.shows("this landscape has two parameters, x and y"))
  }

  /// The height of a barrier by the definition, from losses that are taken one by one.
  @Test func theSliceLeadsFromOneRunToTheOther() throws {
    let explorer = try raced(60)
    let (a, b) = (explorer.race.run(entry: 0), explorer.race.run(entry: 1))
    let slice = Slice(a, in: explorer.race.experiment, along: .between, to: (1, b.parameters))
    #expect(slice.other == 1 && slice.shown == .between)
    let distance = zip(a.parameters, b.parameters).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      .squareRoot()
    #expect(abs((slice.length ?? 0) - distance) < 1e-12 * distance)
    var height = -Double.infinity
    for place in 0...200 {
      let t = Double(place) / 200
      let between = zip(a.parameters, b.parameters).map { (1 - t) * $0 + t * $1 }
      height = max(height, explorer.race.landscape.value(at: between) - ((1 - t) * a.loss + t * b.loss))
    }
    let barrier = try #require(slice.barrier)
    #expect(abs(barrier - height) < 1e-9)
    #expect(abs(slice.loss(at: slice.length ?? 0) - b.loss) < 1e-9)
    var shown = explorer
    shown.type("y Y Y Y Y")
    #expect(shown.shows("to another run") && shown.shows("on the straight way to 2"))
    // Without another there is no such line.
    let alone = Slice(a, in: explorer.race.experiment, along: .between)
    #expect(alone.other == nil && alone.barrier == nil && alone.shown == .downhill)
  }
}
