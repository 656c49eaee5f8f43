import Landscapes
import OptimizerCore
import Testing

/// Which class counts as told.
@Suite struct ToldClassTests {
  @Test func theLikeliestAndTheFirstOfEquals() {
    let probabilities = [
      [0.2, 0.4, 0.25, 0.5, .nan, 0.3], [0.5, 0.4, 0.25, 0, 1, 0.3], [0.3, 0.2, 0.5, 0.5, 0, .nan],
    ]
    #expect((0..<6).map { ToldClass.of(probabilities, row: $0) } == [1, 0, 2, 0, nil, nil])
  }

  /// A network of zeros says the same of every class, so the first is told of every row, in whatever order they come.
  @Test func aNetworkOfZerosTellsTheFirstClass() throws {
    for classes in ["mod(row,4)", "3 - mod(row,4)", "if(row < 3, 0, 3)", "if(row == 7, 0, 1 + mod(row,3))"] {
      let landscape = try LandscapeText.landscape(
        "network(data={x: normal(1); class: \(classes)}, rows=12, hidden=3, init=zero)")
      let data = try #require(landscape.data)
      let zero = try #require(landscape.problem.defaultStart)
      #expect(zero.allSatisfy { $0 == 0 })
      let answers = try #require(data.training.column("class"))
      let share = Double(answers.count { $0 == 0 }) / 12
      #expect(share < 1 && data.accuracy(at: zero, over: data.training) == share)
      let turned = DataTable(names: data.training.names, columns: data.training.columns.map { $0.reversed() })
      #expect(data.accuracy(at: zero, over: turned) == share)
      #expect(data.report(at: zero).trainAccuracy == share)
    }
  }

  /// Two outputs alike and above the third.
  @Test func twoOfThreeMayBeAlike() throws {
    let table = DataTable(names: ["x", "class"], columns: [[1, 1, 1, -1], [0, 1, 2, 2]])
    var settings = NetworkSettings(source: .table(name: "t.csv", table))
    (settings.hidden, settings.bias) = ([], false)
    let problem = try NetworkProblem(settings)
    // Outputs x, x, −x: of x = 1 the first of two equals, of x = −1 the third.
    #expect(problem.accuracy(at: [1, 1, -1], over: problem.training) == 0.5)
    #expect(problem.accuracy(at: [-1, 1, 1], over: problem.training) == 0.25)
    // What is no number tells nothing.
    #expect(problem.accuracy(at: [.nan, 0, 0], over: problem.training) == 0)
  }

  /// Even odds are the first class too.
  @Test func evenOddsAreTheFirst() throws {
    let table = DataTable(names: ["x", "y"], columns: [[1, 2, 3, 4, 5], [0, 1, 1, 1, 0]])
    let settings = SampleSettings(
      source: .table(name: "t.csv", table), model: ["a*x"], loss: .bernoulli, target: "y",
      parameters: [.init("a", start: 0)])
    let problem = try SamplesProblem(settings)
    #expect(problem.accuracy(at: [0], over: problem.training) == 0.4)
    #expect(problem.accuracy(at: [1], over: problem.training) == 0.6)
    #expect(problem.accuracy(at: [.nan], over: problem.training) == 0)
  }
}
