import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Exports

/// Tables of every step with the state of the optimizers, read back.
struct StepDataTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var landscape: String
    var optimizers: [String]
    var starts = 1
    var testDescription: String { "\(landscape): \(optimizers.joined(separator: " "))" }

    func experiment() throws -> Experiment {
      let found = try #require(LandscapeCatalog.named(landscape))
      let starts = (0..<starts).map {
        Point(x: found.start.x + 0.1 * Double($0), y: found.start.y - 0.05 * Double($0))
      }
      return Experiment(
        landscape: found, entries: Entry.entries(try optimizers.map { try OptimizerSpec($0) }),
        starts: starts,
        budget: Budget(steps: 12), noise: try Noise("gaussian(sigma=0.1)"), seed: 3)
    }
  }

  static let cases = [
    Case(landscape: "ravine", optimizers: ["adam:lr=0.1", "sgd:lr=0.01", "newton"]),
    Case(landscape: "rosenbrock", optimizers: ["lookahead(adam:lr=0.1):k=3", "lbfgs"], starts: 3),
    Case(landscape: "matrix-3x2", optimizers: ["shampoo:lr=0.1", "muon", "adagrad-full"]),
    Case(landscape: "bowl", optimizers: ["sgd:lr=100", "sam(momentum:lr=0.01):rho=0.05"]),
  ]

  private func csv(_ experiment: Experiment) -> (header: [String], rows: [[String]]) {
    var text = ""
    StepData.writeCSV(experiment) { text += $0 }
    #expect(text.hasSuffix("\n"))
    let lines = CSVReader.records(text)
    return (lines[0], Array(lines.dropFirst()))
  }

  /// Stepped one at a time by a race, every run has the same points and the same state, to the last bit.
  @Test(arguments: cases) func theTableHoldsWhatARaceDoes(of example: Case) throws {
    let experiment = try example.experiment()
    let (header, rows) = csv(experiment)
    let dimension = experiment.landscape.dimension
    #expect(Set(header).count == header.count, "a column a name")
    let fixed = TraceText.csvHeader(dimension: dimension).dropLast().split(separator: ",").map(String.init)
    #expect(Array(header.prefix(fixed.count)) == fixed)
    #expect(rows.allSatisfy { $0.count == header.count })
    var race = Race(experiment)
    var seen = 0
    var filled: Set<Int> = []
    repeat {
      for (index, run) in race.runs.enumerated() where run.step == race.step {
        let row = try #require(rows.first { $0[0] == "\(index + 1)" && $0[2] == "\(run.step)" })
        seen += 1
        #expect(row[1] == run.entry.spec.description)
        #expect(row[4..<(4 + dimension)].map { Double($0)?.bitPattern } == run.parameters.map(\.bitPattern))
        let numbers = run.optimizer.state.flatMap(\.values)
        let state = row.indices.dropFirst(fixed.count).filter { !row[$0].isEmpty }
        filled.formUnion(state)
        // As many as there are, whatever the order of the columns.
        #expect(state.count == numbers.count)
        #expect(state.map { bits(Double(row[$0])!) }.sorted() == numbers.map(bits).sorted())
        for slot in run.optimizer.state where slot.drawing == .scalar && slot.values.count == 1 {
          let column = try #require(header.firstIndex(of: slot.symbol))
          #expect(Double(row[column])?.bitPattern == slot.values[0].bitPattern)
        }
      }
    } while race.advance()
    #expect(seen == rows.count)
    #expect(filled == Set(fixed.count..<header.count), "no column without a number")
  }

  /// The bits of a number; one NaN is as good as another.
  private func bits(_ value: Double) -> UInt64 { value.isNaN ? Double.nan.bitPattern : value.bitPattern }

  @Test func columnsNameTheCoordinates() throws {
    let header = csv(try Self.cases[0].experiment()).header
    for name in ["m.x", "m.y", "v.x", "v.y", "H.x.x", "H.x.y", "H.y.x", "H.y.y"] {
      #expect(header.contains(name))
    }
    let four = csv(try Self.cases[2].experiment()).header
    #expect(four.contains("p5") && four.contains("M.p0") && !four.contains("x"))
    func slot(_ symbol: String, _ role: SlotRole, _ values: [Double]) -> SlotValue<Double> {
      SlotValue(symbol: symbol, label: "", role: role, values: values)
    }
    let state = [
      slot("m", .average, [1, 2]), slot("m", .average, [3, 4]), slot("L", .matrix, [5]),
      slot("t", .number, [6]),
      slot("e", .place, []),
    ]
    let fields = StepData.fields(of: state, dimension: 2)
    #expect(fields.map(\.name) == ["m.x", "m.y", "m#2.x", "m#2.y", "L.0", "t"])
    #expect(fields.map(\.value) == [1, 2, 3, 4, 5, 6])
  }

  /// The JSON holds the same as the table.
  @Test(arguments: cases) func theJSONHoldsTheSame(of example: Case) throws {
    let experiment = try example.experiment()
    let (header, rows) = csv(experiment)
    var text = ""
    StepData.writeJSON(experiment) { text += $0 }
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(document.replay == experiment.replayLine(steps: 12))
    let start = 7 + experiment.landscape.dimension
    var number = 0
    for (index, run) in document.runs.enumerated() {
      for step in run.steps {
        let row = rows[number]
        number += 1
        #expect(row[0] == "\(index + 1)" && row[1] == run.optimizer && row[2] == "\(step.step)")
        #expect(row[4..<(start - 3)].map { Double($0) } == step.point)
        let table = Set(row[start...].filter { !$0.isEmpty }.compactMap { Double($0)?.bitPattern })
        #expect(
          Set(step.state.values.joined().compactMap { $0?.bitPattern })
            == table.filter { Double(bitPattern: $0).isFinite })
        #expect(Set(step.state.keys) == Set(run.state.map(\.symbol)))
      }
      #expect(!run.outcome.isEmpty && !run.outcome_words.isEmpty)
    }
    #expect(number == rows.count && header.count > start)
  }

  private struct Document: Decodable {
    struct Run: Decodable {
      struct Piece: Decodable {
        let symbol: String
        let label: String
        let drawn_as: String
      }
      struct Step: Decodable {
        let step: Int
        let point: [Double]
        let state: [String: [Double?]]
      }
      let optimizer: String
      let name: String
      let state: [Piece]
      let steps: [Step]
      let outcome: String
      let outcome_words: String
    }
    let replay: String
    let runs: [Run]
  }
}
