import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Exports

struct TraceTextTests {
  private func traced(_ optimizers: [String], steps: Int) throws -> [Experiment.TraceRow] {
    let landscape = try #require(LandscapeCatalog.named("rosenbrock"))
    let specs = try optimizers.map { try OptimizerSpec($0) }
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries(specs), budget: Budget(steps: steps))
    var rows: [Experiment.TraceRow] = []
    experiment.trace {
      rows.append($0)
    } end: { _ in
    }
    return rows
  }

  @Test func header() {
    #expect(
      TraceText.csvHeader(dimension: 2) == "run,optimizer,step,evaluations,x,y,loss,gradient_norm,lr\n")
    #expect(
      TraceText.csvHeader(dimension: 3) == "run,optimizer,step,evaluations,p0,p1,p2,loss,gradient_norm,lr\n")
    #expect(TraceText.csvHeader(dimension: 1).contains(",p0,loss,"))
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
    ("a\nb", "\"a\nb\""),
    ("a\r\nb", "\"a\r\nb\""), ("a\rb", "\"a\rb\""), ("\"", "\"\"\"\""), ("a;b", "a;b"), (",", "\",\""),
  ]) func quoting(text: String, field: String) {
    #expect(TraceText.quoted(text) == field)
    #expect(CSVReader.records(TraceText.quoted(text) + ",end\n") == [[text, "end"]])
  }

  @Test func linesReadBackBitExactly() throws {
    let rows = try traced(
      ["adam:lr=0.01,beta1=0.8", "sgd:lr=0.0005", "lookahead(adam:lr=0.1,beta2=0.9):k=3", "newton"], steps: 60
    )
    let text = rows.map(TraceText.csvLine).joined()
    let read = CSVReader.records(text)
    try #require(read.count == rows.count)
    for (fields, trace) in zip(read, rows) {
      let row = trace.row
      #expect(fields.count == 9)
      #expect(fields[0] == "\(trace.run)")
      #expect(fields[1] == trace.entry.spec.description)
      #expect(fields[2] == "\(row.step)" && fields[3] == "\(row.evaluations)")
      let numbers = [row.point[0], row.point[1], row.loss, row.gradientNorm]
      #expect(fields[4..<8].map { Double($0)?.bitPattern } == numbers.map(\.bitPattern))
      #expect(row.step == 0 ? fields[8] == "" : Double(fields[8])?.bitPattern == row.learningRate?.bitPattern)
    }
    #expect(read.contains { $0[1] == "lookahead(adam:lr=0.1,beta2=0.9):k=3" })
  }

  @Test func jsonHoldsTheSameAsTheCSV() throws {
    for trace in try traced(["adam:lr=0.01", "newton"], steps: 20) {
      let fields = try #require(CSVReader.records(TraceText.csvLine(trace)).first)
      let text = Data(TraceText.json(trace.row).utf8)
      let object = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
      #expect(Set(object.keys) == ["step", "evaluations", "values", "point", "loss", "gradient_norm", "lr"])
      // Numbers by the decoder, which reads them exactly.
      let step = try JSONDecoder().decode(Step.self, from: text)
      #expect(step.step == Int(fields[2]) && step.evaluations == Int(fields[3]) && step.values == 0)
      #expect(step.point.map(\.bitPattern) == fields[4...5].map { Double($0)!.bitPattern })
      #expect(step.loss.bitPattern == Double(fields[6])?.bitPattern)
      #expect(step.gradient_norm.bitPattern == Double(fields[7])?.bitPattern)
      #expect(step.lr == Double(fields[8]))
    }
  }

  private struct Step: Decodable {
    let step: Int
    let evaluations: Int
    let values: Int
    let point: [Double]
    let loss: Double
    let gradient_norm: Double
    let lr: Double?
  }

  /// JSON knows neither infinity nor NaN.
  @Test func numbersThatJSONLacksAreNull() throws {
    #expect(JSONText.number(.infinity) == "null" && JSONText.number(.nan) == "null")
    #expect(JSONText.number(-0.0) == "-0" && JSONText.number(1e300) == "1e300")
    var row = try #require(try traced(["sgd"], steps: 1).first).row
    row.loss = .infinity
    let read = try JSONSerialization.jsonObject(with: Data(TraceText.json(row).utf8))
    #expect((read as? [String: Any])?["loss"] is NSNull)
  }

  @Test func stringsSurviveJSON() throws {
    var random = SystemFree(state: 9)
    var texts = [
      "", "\"", "\\", "\n\r\t", "\u{0}\u{1}\u{1f}\u{7f}\u{9b}31m", "é😀", "\u{202e}abc\u{2066}", "</script>",
      "\\u0041",
    ]
    for _ in 0..<200 {
      texts.append(
        String(
          String.UnicodeScalarView(
            (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x2fff, using: &random)) })))
    }
    for text in texts {
      let literal = JSONText.string(text)
      let read = try JSONSerialization.jsonObject(with: Data(literal.utf8), options: .fragmentsAllowed)
      #expect(read as? String == text)
    }
  }

  /// What a terminal would obey is escaped even where JSON would allow it.
  @Test func stringsCarryNoControlsAndNoOverrides() {
    let hostile =
      "\u{1b}[31m\u{7f}\u{85}\u{9b}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{61c}\u{2028}\u{2029}"
    let literal = JSONText.string(hostile)
    #expect(literal.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7f })
  }

  @Test func objectsAndLists() {
    #expect(JSONText.object([("a", "1"), ("b\"", "[]")]) == "{\"a\": 1, \"b\\\"\": []}")
    #expect(JSONText.array([]) == "[]" && JSONText.array(["1", "null"]) == "[1, null]")
  }
}

/// A small deterministic generator.
private struct SystemFree: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
