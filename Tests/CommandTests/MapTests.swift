import Experiments
import Foundation
import Testing
import TestSupport

@testable import descent

struct MapTests {
  private let ravine = "map --landscape ravine -o momentum:lr=0.01 --steps 60 --x momentum.lr=1e-3:1"

  @Test func cellsAreWrittenAsNumbers() throws {
    let end = try Program.run("\(ravine) --y momentum.beta=0:0.99 --cells 5x3 --target 0.01")
    #expect(end.status == 0 && end.errors.isEmpty)
    let rows = CSVReader.records(end.text)
    #expect(rows[0] == ["x", "y", "outcome", "steps", "evaluations", "loss", "minimum"])
    #expect(rows.count == 16 && rows.allSatisfy { $0.count == 7 })
    // x is fastest, the ends are cells.
    #expect(rows[1][0] == "0.001" && rows[5][0] == "1.0" || rows[5][0] == "1")
    #expect(rows[1][1] == rows[5][1] && rows[15][1] == "0.99")
    #expect(
      Set(rows.dropFirst().map { $0[2] }).isSubset(of: ["reached", "not-reached", "growing", "diverged"]))
    // Each is the run that trace shows.
    for row in rows.dropFirst() {
      let trace = try Program.run(
        "trace --landscape ravine -o momentum:lr=\(row[0]),beta=\(row[1]) --steps 60")
      let steps = CSVReader.records(trace.text).dropFirst()
      let last = try #require(steps.last)
      #expect(last[6] == row[5])
      if let first = steps.first(where: { (Double($0[6]) ?? .nan) < 0.01 }) {
        #expect(row[2] == "reached" && row[3] == first[2] && row[4] == first[3])
      } else {
        #expect(row[2] != "reached")
      }
      #expect(trace.errors.contains("diverged") == (row[2] == "diverged"))
    }
  }

  @Test(arguments: ["csv", "json"]) func shardsMakeTheWhole(_ format: String) throws {
    let line = "\(ravine) --y start.y --cells 7x5 --format \(format)"
    let whole = try Program.run(line)
    #expect(whole.status == 0)
    for count in [1, 3, 50] {
      var joined = Data()
      for number in 1...count { joined += try Program.run("\(line) --shard \(number)/\(count)").output }
      #expect(joined == whole.output, "\(count) shards")
    }
  }

  @Test func fairShardsMakeTheWholeToo() throws {
    let line = "map --landscape ravine -o sgd -o sam(adam) --evaluations 40 --fair --cells 6"
    let whole = try Program.run(line)
    #expect(whole.status == 0)
    let rows = CSVReader.records(whole.text)
    #expect(rows[0] == ["optimizer", "x", "y", "outcome", "steps", "evaluations", "loss", "minimum"])
    #expect(rows.count == 1 + 2 * 6 * FairRace.usualStarts)
    #expect(rows[1][0] == "sgd" && rows[rows.count - 1][0] == "sam(adam)")
    var joined = Data()
    for number in 1...4 { joined += try Program.run("\(line) --shard \(number)/4").output }
    #expect(joined == whole.output)
  }

  @Test func jsonHoldsTheSame() throws {
    let line = "\(ravine) --y momentum.beta=0:0.9 --cells 4x3 --target 0.01"
    let rows = CSVReader.records(try Program.run(line).text).dropFirst()
    let end = try Program.run("\(line) --format json")
    let object = try #require(try JSONSerialization.jsonObject(with: end.output) as? [String: Any])
    let cells = try #require(object["cells"] as? [[String: Any]])
    #expect(
      cells.count == rows.count && object["columns"] as? Int == 4 && object["target"] as? Double == 0.01)
    #expect((object["x"] as? [String: Any])?["path"] as? String == "momentum.lr")
    for (cell, row) in zip(cells, rows) {
      #expect(cell["x"] as? Double == Double(row[0]) && cell["outcome"] as? String == row[2])
      #expect(cell["steps"] as? Int == Int(row[3]))
      // By its text, because what reads JSON here may lose the last bit.
      #expect(end.text.contains("\"loss\": \(row[5]),"))
      #expect((cell["minimum"] as? Int).map { "\($0)" } ?? "" == row[6])
    }
  }

  @Test func theTargetIsSaidWhereNobodyNamedIt() throws {
    let end = try Program.run("\(ravine) --y start.x --cells 2x2")
    #expect(end.status == 0 && end.errors.hasPrefix("descent: the target is a loss of "))
  }

  @Test(arguments: [
    ("map", "give --x and --y"), ("map --x sgd.lr=1:2", "give --x and --y"),
    ("map --x sgd.lr=1:2 --y sgd.lr=1:2 -o sgd", "they must differ"),
    ("map --x sdg.lr=1:2 --y start.x -o sgd", "did you mean 'sgd'?"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --cells 5", "--cells takes columns and rows"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --cells 0x5", "from 1 to"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --shard 0/5", "--shard takes a part"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --shard 6/5", "--shard takes a part"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --target low", "--target must be a number"),
    ("map --x sgd.lr=1:2 --y start.x -o sgd --format xml", "--format must be csv, json, text, ansi or png"),
    ("map --fair --y start.x", "leave --y out"), ("map --fair --x sgd.lr=1:2", "such as lr=1e-5:10"),
    ("map --fair --cells 5x5", "the number of learning rates"),
    ("map --fair -o conjugate-gradient", "with a learning rate"),
    ("map -o none --x start.x --y start.y", "-o"),
  ])
  func mistakesAreUsageErrors(_ line: String, _ part: String) throws {
    let end = try Program.run(line)
    #expect(end.status == 64 && end.output.isEmpty)
    #expect(end.errors.hasPrefix("descent: error: ") && end.errors.contains(part), "\(end.errors)")
  }
}
