import ArgumentParser
import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing
import TestSupport

@testable import descent

/// Landscapes over the entries of a matrix, on the command line.
struct MatrixCommandTests {
  private static let lines: [String] = [
    "--landscape matrix-tall -o muon:lr=0.05 -o shampoo:lr=0.1 --steps 25",
    "--landscape matrix-wide --plane W11,W35 --start=0.5,-1.25 --start 2,1 -o adam:lr=0.1 --steps 9",
    "--landscape matrix-2x2 --plane minimum,gradient --set kappa=40 --set angle=-20 -o muon:lr=0.1 --steps 30 --change 12:landscape.kappa=7.5",
    "--landscape matrix-3x2 --plane sharpest,W12 -o sgd:lr=0.001 -o newton --noise gaussian(0.3) --seed 4 --steps 20",
    "--landscape matrix-3x2 --steps 12",
  ]

  @Test(arguments: lines) func tracesAndReplayLinesAreExact(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let experiment = try RunOptions.parse(words).makeScene().experiment
    let finished = try Program.run(["trace"] + words)
    #expect(finished.status == 0 && finished.errors.isEmpty)
    let d = experiment.landscape.dimension
    #expect(d > 2)
    let header =
      ["run", "optimizer", "step", "evaluations"] + (0..<d).map { "p\($0)" } + [
        "loss", "gradient_norm", "lr",
      ]
    let rows = CSVReader.records(finished.text)
    #expect(rows.first == header && rows.allSatisfy { $0.count == header.count })
    var race = Race(experiment)
    race.seek(to: 1000)
    race.seek(to: 2)
    let recorded = race.runs.flatMap { run in
      (0..<run.history.count).map { index in
        (run.history[index].point + [run.history[index].loss, run.history[index].gradientNorm])
          .map(\.bitPattern)
      }
    }
    #expect(rows.dropFirst().map { $0[4..<(6 + d)].map { strtod($0, nil).bitPattern } } == recorded)

    let again = try Program.shell(
      experiment.replayLine(steps: experiment.budget.steps ?? 0)
        .replacingOccurrences(of: "descent ", with: "descent trace "))
    #expect(again.status == 0 && again.output == finished.output && again.errors == finished.errors)
  }

  @Test func jsonHoldsAllParameters() throws {
    struct Trace: Decodable {
      struct Place: Decodable {
        let id: String
        let parameters: [String]
        let plane: String
        let A: [[Double]]
        let minimiser: [Double]
      }
      struct Run: Decodable {
        struct Step: Decodable { let point: [Double] }
        let outcome: String
        let steps: [Step]
      }
      let landscape: Place
      let runs: [Run]
    }
    let words = "--landscape matrix-tall -o newton --steps 3"
    let csv = CSVReader.records(try Program.run("trace \(words)").text).dropFirst()
    let trace = try JSONDecoder().decode(
      Trace.self, from: try Program.run("trace \(words) --format json").output)
    #expect(trace.landscape.parameters.count == 12 && trace.landscape.parameters[5] == "W23")
    #expect(trace.landscape.plane == "W11,W33" && trace.landscape.A.count == 5)
    #expect(trace.runs.map(\.outcome) == ["converged"])
    #expect(trace.runs[0].steps.map(\.point) == csv.map { $0[4..<16].compactMap { Double($0) } })
    for (ours, lowest) in zip(trace.runs[0].steps[3].point, trace.landscape.minimiser) {
      #expect((ours - lowest).magnitude < 1e-10)
    }
  }

  @Test(arguments: [
    (
      "--landscape matrix-2x2 --plane W11,W24",
      "--plane: unknown direction 'W24', did you mean 'W21'?"
    ),
    (
      "--landscape matrix-2x2 --plane north,W11",
      "--plane: unknown direction 'north', there are W11 to W22, minimum, gradient, sharpest, flattest"
    ),
    (
      "--landscape matrix-2x2 --plane W11",
      "--plane: a plane is two directions with a comma between, such as W11,W22 or minimum,gradient, got 'W11'"
    ),
    (
      "--landscape matrix-2x2 --plane W11,W11",
      "--plane: 'W11' and 'W11' span no plane: two directions that differ are needed"
    ),
    (
      "bowl --plane W11,W22",
      "--plane: a plane is chosen among more than two parameters, and the landscape 'bowl' has two: x and y"
    ),
    (
      "--function x^2+y^2 --plane W11,W22",
      "--plane: a plane is chosen among more than two parameters, and a formula has two: x and y"
    ),
  ])
  func planesThatAreNoneAreBadUsage(_ line: String, _ message: String) throws {
    let finished = try Program.run("trace \(line)")
    #expect(finished.status == 64 && finished.output.isEmpty)
    #expect(finished.errors == "descent: error: \(message)\n")
  }

  @Test func noiseOfTwoDimensionsIsRefused() throws {
    let finished = try Program.run("trace --landscape matrix-2x2 --noise gaussian(xx=1,xy=0,yy=1)")
    #expect(finished.status == 64)
    #expect(finished.errors.contains("noise in 2 dimensions, the problem has 4"))
  }

  @Test func framesHaveTheAskedSize() throws {
    for (width, height) in [
      (1, 1), (20, 6), (21, 7), (40, 12), (60, 14), (80, 24), (100, 20), (120, 36), (200, 60),
    ] {
      let finished = try Program.run(
        "render --landscape matrix-tall -o muon:lr=0.1 --step 20 --size \(width)x\(height)")
      #expect(finished.status == 0 && finished.errors.isEmpty && finished.lines.count == height)
      #expect(finished.lines.allSatisfy { Text.width(of: $0) <= width })
    }
  }

  @Test func describeShowsTheMatrices() throws {
    let text = try Program.run("describe matrix-3x2").text
    for part in ["3×2", "6 parameters", "W11 … W32", "plane   W11,W32", "minimum", "kappa"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(try Program.run("list landscapes").text.contains("matrix-wide"))
  }
}
