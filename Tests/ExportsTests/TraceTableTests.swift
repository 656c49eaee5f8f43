import Experiments
import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Exports

/// Traces of losses made of data, and of many parameters.
@Suite struct TraceTableTests {
  private static func experiment(_ landscape: String, noise: String = "none") throws -> Experiment {
    Experiment(
      landscape: try LandscapeText.landscape(landscape),
      entries: Entry.entries([try OptimizerSpec("adam:lr=0.05")]), budget: Budget(steps: 6),
      noise: try Noise(noise))
  }

  @Test func parametersAreLeftOutAboveTwentyUnlessAskedFor() throws {
    let large = try Self.experiment("network(data=moons, rows=20, hidden=4)").landscape
    #expect(large.dimension == 22)
    #expect(!TraceTable(of: large).header.contains("p0"))
    #expect(TraceTable(of: large, showsParameters: true).header.contains(",p21,loss,"))
    let small = try Self.experiment("network(data=moons, rows=20, hidden=3)").landscape
    #expect(TraceTable(of: small).header.contains(",p16,loss,"))
    #expect(!TraceTable(of: small, showsParameters: false).header.contains("p0"))
  }

  @Test func theDataHaveTheirColumns() throws {
    let experiment = try Self.experiment(
      "network(data=moons, rows=20, test=0.2, hidden=4)", noise: "minibatch(size=4)")
    let table = TraceTable(of: experiment.landscape)
    let names = table.header.dropLast().split(separator: ",").map(String.init)
    #expect(names.suffix(4) == ["epoch", "test_loss", "train_accuracy", "test_accuracy"])
    let data = try #require(experiment.landscape.data)
    var rows = 0
    experiment.trace { trace in
      let report = data.report(at: trace.row.point)
      let fields = CSVReader.records(table.csvLine(trace))[0]
      #expect(fields.count == names.count)
      // Four of sixteen rows a step.
      #expect(fields[names.count - 4] == "\(NumberText.exact(Double(trace.row.step) / 4))")
      #expect(Double(fields[names.count - 3]) == report.testLoss)
      #expect(Double(fields[names.count - 2]) == report.trainAccuracy)
      #expect(Double(fields[names.count - 1]) == report.testAccuracy)
      #expect(trace.row.evaluations == trace.row.step / 4)
      let json = table.json(trace.row)
      #expect(json.contains("\"test_loss\": \(JSONText.number(report.testLoss ?? .nan))"))
      #expect(
        json.contains("\"point\": []") && (try? JSONSerialization.jsonObject(with: Data(json.utf8))) != nil)
      rows += 1
    } end: { _ in
    }
    #expect(rows == 7)
  }

  @Test func whatIsNotKnownIsLeftEmpty() throws {
    let experiment = try Self.experiment("samples(data=line, rows=10, model=a*x + b, start=a=0 b=0)")
    let table = TraceTable(of: experiment.landscape)
    experiment.trace(every: 6) { trace in
      #expect(table.csvLine(trace).hasSuffix(",,,\n"))
      #expect(table.json(trace.row).contains("\"test_accuracy\": null"))
    } end: { _ in
    }
  }
}
