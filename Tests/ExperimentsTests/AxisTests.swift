import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

struct AxisTests {
  private let race: Experiment

  init() throws { race = try experiment("ravine", ["momentum", "lookahead(adam)", "nesterov"], steps: 10) }

  @Test func textsAreRead() throws {
    let lr = try Axis("momentum.lr=1e-3:1:log", in: race)
    #expect(lr.target == .knob(.entry(name: "momentum", key: "lr")) && lr.scale == .log && lr.symbol == "η")
    #expect(lr.low == 1e-3 && lr.high == 1)
    #expect(try Axis("momentum.lr=1e-3:1", in: race) == lr)
    #expect(try Axis("momentum.beta=0:0.99", in: race).scale == .logOneMinus)
    #expect(try Axis("momentum.beta=0:0.99:linear", in: race).scale == .linear)
    #expect(try Axis("lookahead.base.lr=1e-3:1", in: race).path == "lookahead.base.lr")
    #expect(try Axis("lookahead.k=1:9", in: race).isWhole)
    #expect(try Axis("nesterov.form=torch:lookahead", in: race).low == 1)
    #expect(try Axis("landscape.kappa=1:100", in: race).scale == .log)
    #expect(try Axis("landscape.kappa", in: race).high == race.landscape.constant("kappa")?.range.upperBound)
    #expect(try Axis("start.distance=0.1:10", in: race).scale == .log)
    let x = try Axis("start.x", in: race)
    #expect(x.isCentred && x.low == race.window.x.lowerBound && x.high == race.window.x.upperBound)
    #expect(try Axis("start.y=-1:2", in: race).isCentred == false)
  }

  @Test func writtenTextsReadBack() throws {
    for text in [
      "momentum.lr=0.001:1:log", "momentum.beta=0:0.99", "nesterov.form=torch:lookahead", "start.x",
      "start.y=-1:2:linear", "landscape.kappa=1:100:linear", "start.distance=0.1:10:log",
    ] {
      let axis = try Axis(text, in: race)
      #expect(axis.description == text)
      #expect(try Axis(axis.description, in: race) == axis)
    }
  }

  @Test(arguments: [
    ("momentum", "an axis is written NAME.KEY=LO:HI"), ("momentum.lr=1", "an axis is written NAME.KEY=LO:HI"),
    ("momentum.lr=1:2:3:4", "an axis is written"), (".lr=1:2", "an axis is written"),
    ("momentun.lr=1e-3:1", "no entry 'momentun', did you mean 'momentum'?"),
    ("landscap.kappa=1:2", "did you mean 'landscape'?"), ("xyz.lr=1:2", "there are momentum, lookahead"),
    ("momentum.bta=0:0.9", "momentum has no key 'bta', did you mean 'beta'?"),
    ("landscape.kapa=1:9", "has no constant 'kapa', did you mean 'kappa'?"),
    ("start.z=1:2", "an axis of the start is start.x, start.y, start.distance"),
    ("momentum.lr", "needs a range, as in momentum.lr=1e-3:1"),
    ("momentum.lr=a:1", "lr must be a number between"), ("momentum.lr=1e-3:1e9", "lr must be between"),
    ("start.x=nan:1", "goes from a number to a number"), ("start.x=1:1", "from one value to another"),
    ("landscape.kappa=-5:100", "landscape.kappa must be between"),
    ("momentum.lr=1e-3:1:lg", "log or linear, got 'lg', did you mean 'log'?"),
    ("momentum.l2=0:1", "a logarithmic axis lies above 0, got '0'; write momentum.l2=0:1:linear"),
  ])
  func errorsSayWhatIsWrong(_ text: String, _ part: String) {
    #expect {
      try Axis(text, in: race)
    } throws: { error in
      "\(error)".contains(part)
    }
  }

  @Test func endsAreCells() throws {
    for text in ["momentum.lr=1e-3:1", "momentum.beta=0:0.99", "start.x=-1:2", "momentum.lr=1:1e-3"] {
      let axis = try Axis(text, in: race)
      let values = axis.values(7)
      #expect(values[0] == axis.low && values[6] == axis.high)
      let isRising = axis.low < axis.high
      for (a, b) in zip(values, values.dropFirst()) { #expect(isRising ? a < b : a > b) }
      for (index, value) in values.enumerated() {
        let place = try #require(axis.position(of: value, of: 7))
        #expect((place - Double(index)).magnitude < 1e-9)
      }
    }
    let ratios = try Axis("momentum.lr=1e-3:1", in: race).values(4)
    for (value, wanted) in zip(ratios, [1e-3, 1e-2, 1e-1, 1]) {
      #expect((value / wanted - 1).magnitude < 1e-12)
    }
    let rates = try Axis("momentum.beta=0:0.99", in: race).values(3)
    #expect((rates[1] - 0.9).magnitude < 1e-12)
    #expect(try Axis("lookahead.k=1:9", in: race).values(4).allSatisfy { $0 == $0.rounded() })
    #expect(try Axis("momentum.lr=1e-3:1", in: race).spacing(of: 4) == 1)
  }

  /// A pixel's start is the middle of the pixel, as in a field of the same size.
  @Test func pixelsAreThoseOfTheField() throws {
    let (x, y) = Axis.pixels(of: race.window)
    let field = race.landscape.field(columns: 12, rows: 9, window: race.window)
    for column in 0..<12 {
      #expect((x.value(at: column, of: 12) - field.point(column, 0).x).magnitude < 1e-12)
    }
    for row in 0..<9 { #expect((y.value(at: 8 - row, of: 9) - field.point(0, row).y).magnitude < 1e-12) }
  }

  @Test func cellsAreExperimentsOfTheirOwn() throws {
    let map = try sweep(race, "momentum.lr=1e-3:1", "landscape.kappa=10:100", 4, 3)
    let cell = map.experiment(column: 3, row: 0)
    #expect(cell.entries[0].spec.setting("lr") == 1 && cell.landscape.constant("kappa")?.value == 10)
    #expect(cell.entries.count == race.entries.count && cell.starts == race.starts)
    let far = try sweep(race, "start.distance=0.5:50", "momentum.lr=1e-3:1", 3, 2)
    let start = race.starts[0]
    for column in 0..<3 {
      let point = far.experiment(column: column, row: 0).starts[0]
      #expect((point.norm - far.x.value(at: column, of: 3)).magnitude < 1e-12)
      #expect((point.x * start.y - point.y * start.x).magnitude < 1e-9)
    }
  }

  @Test func mapsAreRefusedWithTheReason() throws {
    func refused(_ x: String, _ y: String, _ part: String, _ columns: Int = 3, _ rows: Int = 3) {
      #expect {
        try sweep(race, x, y, columns, rows)
      } throws: { error in
        "\(error)".contains(part)
      }
    }
    refused("momentum.lr=1e-3:1", "momentum.lr=1e-3:1", "both axes are momentum.lr")
    refused("momentum.lr=1e-3:1", "nesterov.lr=1e-3:1", "a map is of one entry")
    refused("momentum.lr=1e-3:1", "start.x", "from 1 to", 0, 3)
    var endless = race
    endless.budget = Budget()
    #expect(throws: SweepError.self) { try sweep(endless, "start.x", "start.y", 3, 3) }
  }

  @Test func theTargetIsAShareOfTheWayDown() throws {
    let start = race.landscape.value(at: race.starts[0])
    #expect(Sweep.standardTarget(of: race) == 1e-4 * start)
    // Without a known minimum the lowest sample takes its place, at the minimum the median.
    let typed = try experiment("x^2+y^2+3", ["sgd"], starts: [Point(2, 2)], steps: 1)
    let target = Sweep.standardTarget(of: typed)
    #expect(target > 3 && target < 3.02)
    var resting = race
    resting.starts = [Point(0, 0)]
    #expect(Sweep.standardTarget(of: resting) > 0)
  }

  @Test func suggestedRangesHoldTheLimit() throws {
    let lr = try Axis.suggested(for: "lr", of: race.entries[0], in: race)
    guard
      case .known(let limit, _) = Theory(
        of: race.entries[0].spec, on: race.landscape, at: race.starts[0]
      ).limit(of: "lr")
    else {
      Issue.record("the limit of momentum is known")
      return
    }
    #expect(lr.low < limit / 100 && lr.high > limit)
    for entry in race.entries {
      for knob in entry.spec.knobs {
        let axis = try Axis.suggested(for: knob.key, of: entry, in: race)
        #expect(knob.range.contains(axis.low) && knob.range.contains(axis.high) && axis.low < axis.high)
      }
    }
  }
}
