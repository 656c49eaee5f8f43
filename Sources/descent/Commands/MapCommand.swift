import ArgumentParser
import Experiments
import Explorer
import Exports
import OptimizerCore
import Scenes

/// `descent map`: many runs over two axes, as numbers.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.map.rawValue,
    abstract: "Run a grid of runs over two axes and write what became of each to standard output.",
    discussion: """
      An axis is NAME.KEY=LO:HI, with :log or :linear behind it where the knob's own scale is not meant: a knob of an \
      entry (momentum.lr=1e-3:1), a constant of the landscape (landscape.kappa=1:1000), or the start (start.x=-2:2, \
      start.y, start.distance=0.1:10, measured from the known minimum). The first cell stands at LO, the last at HI; \
      start.x and start.y alone are the pixels of the window, each a start in its middle. Runs begin at the first start.

      CSV with one line a cell, x fastest: x, y, outcome, steps, evaluations, loss, minimum. reached: the loss came below \
      the target, and steps and evaluations say when first; diverged: they say since when; not-reached and growing: they \
      are those of the whole run. loss is the last one, minimum the number of the known minimum it is near.

      --fair gives every optimizer of the race the same budget in gradient evaluations and the same learning rates \
      (--x lr=LO:HI, --cells N), from the starts of the race; where that is one, \(FairRace.usualStarts - 1) random ones \
      join it. Each line then begins with the optimizer; x is the rate, y the number of the start.

      --shard I/N writes the I-th of N parts. The parts in order are the whole, byte for byte, in CSV as in JSON.
      """)

  @OptionGroup var options: RunOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("What varies from the left to the right.", valueName: "axis"))
  var x: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("What varies upwards.", valueName: "axis"))
  var y: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The size of the grid (default: 64x32).", valueName: "columns x rows"))
  var cells: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The loss to come below; left out, a ten-thousandth of the way from the lowest known loss up to that of the start.",
      valueName: "loss"))
  var target: String?

  @Flag(help: "Compare the optimizers fairly: same budget in gradient evaluations, same learning rates.")
  var fair = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Write one part of several, such as 3/10.", valueName: "i/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "csv or json for the numbers, text, ansi or png for a frame of the map.", valueName: "format"),
    completion: .list(["csv", "json", "text", "ansi", "png"]))
  var format: String = "csv"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The size of a frame in cells; it decides how many runs there are.", valueName: "columns x rows"))
  var size: String = "120x36"

  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions
  @OptionGroup var waiting: WaitOptions

  mutating func run() throws {
    if let form = FrameText.Form(rawValue: format), form != .svg { return try writeFrame(form) }
    guard ["csv", "json"].contains(format) else {
      throw Failure(.usage, "--format must be csv, json, text, ansi or png, got '\(Excerpt.of(format))'")
    }
    let part = try chosenShard()
    let loss = try chosenTarget()
    let experiment = try options.makeScene().experiment
    let sweeps: [Sweep]
    do throws(SweepError) {
      sweeps = fair ? try fairRace(experiment, loss).sweeps : [try sweep(experiment, loss)]
    } catch {
      throw Failure(.usage, error.message)
    }
    if loss == nil {
      Output.remark(
        "the target is a loss of \(NumberText.exact(sweeps[0].target)); --target sets another")
    }
    let text = SweepText(
      sweeps, form: format == "csv" ? .csv : .json, namesOptimizer: fair,
      preface: [("landscape", ListText.json(experiment.landscape))])
    write(text, sweeps, text.cells(ofPart: part.number, of: part.count))
  }

  /// Writes the frame that the explorer would show of the map.
  private func writeFrame(_ form: FrameText.Form) throws {
    guard cells == nil, shard == nil else {
      throw Failure(.usage, "a frame takes neither --cells nor --shard: give its --size, or --format csv")
    }
    let frame = FrameText(
      form, size: try FrameSize(size), appearance: appearance, config: config, waiting: waiting)
    let loss = try chosenTarget()
    let scene = try options.makeScene()
    guard !fair else {
      return try frame.write(scene) { explorer in
        explorer.show(.fair)
      }
    }
    let axes: (x: Axis?, y: Axis?)
    do throws(SweepError) {
      axes = (
        try x.map { text throws(SweepError) in try Axis(text, in: scene.experiment) },
        try y.map { text throws(SweepError) in try Axis(text, in: scene.experiment) }
      )
    } catch {
      throw Failure(.usage, error.message)
    }
    try frame.write(scene) { explorer in
      explorer.openMap(x: axes.x, y: axes.y, target: loss)
    }
  }

  /// Computes and writes some cells of all maps, counted through.
  private func write(_ text: SweepText, _ sweeps: [Sweep], _ wanted: Range<Int>) {
    let out = Output.standard
    guard !wanted.isEmpty else { return }
    out.write(text.opening(before: wanted.lowerBound))
    var first = 0
    for (number, sweep) in sweeps.enumerated() {
      let all = first..<(first + sweep.count)
      let range = all.clamped(to: wanted)
      defer { first = all.upperBound }
      guard !range.isEmpty else { continue }
      let indices = (range.lowerBound - first)..<(range.upperBound - first)
      let grid = SweepJob(sweep, cells: indices).wait().grid
      for index in indices {
        guard let cell = grid.cells[index] else { preconditionFailure("a finished map knows its cells") }
        out.write(text.line(cell, sweep: number, index: index))
      }
    }
    out.write(text.closing(after: wanted.upperBound - 1))
  }

  // MARK: Values

  private func sweep(_ experiment: Experiment, _ target: Double?) throws(SweepError) -> Sweep {
    guard let x, let y else {
      throw SweepError(
        "a map has two axes: give --x and --y, such as --x momentum.lr=1e-3:1 --y momentum.beta=0:0.99")
    }
    let size = try chosenCells()
    return try Sweep(
      experiment, x: try Axis(x, in: experiment), y: try Axis(y, in: experiment), columns: size.columns,
      rows: size.rows, target: target)
  }

  private func fairRace(_ experiment: Experiment, _ target: Double?) throws(SweepError) -> FairRace {
    if y != nil {
      throw SweepError(
        "a fair race goes over learning rates and starts: leave --y out, and give several --start")
    }
    var count = FairRace.usualCount
    if let cells {
      guard let value = Int(cells), value >= 2, value <= 10_000 else {
        throw SweepError(
          "with --fair, --cells is the number of learning rates from 2 to 10000, got '\(Excerpt.of(cells))'")
      }
      count = value
    }
    var rates = FairRace.usualRates
    if let x {
      let parts = x.hasPrefix("lr=") ? x.dropFirst(3).split(separator: ":").map { Double($0) } : []
      guard parts.count == 2, let low = parts[0], let high = parts[1], low > 0, low < high, high.isFinite
      else {
        throw SweepError("with --fair, --x is the learning rates, such as lr=1e-5:10, got '\(Excerpt.of(x))'")
      }
      rates = low...high
    }
    return try FairRace(experiment, rates: rates, count: count, target: target)
  }

  private func chosenCells() throws(SweepError) -> (columns: Int, rows: Int) {
    guard let cells else { return (64, 32) }
    let parts = cells.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1] else {
      throw SweepError("--cells takes columns and rows, such as 120x64, got '\(Excerpt.of(cells))'")
    }
    return (columns, rows)
  }

  private func chosenTarget() throws -> Double? {
    guard let target else { return nil }
    guard let value = Double(target), value.isFinite else {
      throw Failure(.usage, "--target must be a number, got '\(Excerpt.of(target))'")
    }
    return value
  }

  private func chosenShard() throws -> (number: Int, count: Int) {
    guard let shard else { return (1, 1) }
    let parts = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count,
      count <= 1_000_000
    else {
      throw Failure(
        .usage,
        "--shard takes a part and their number, the first being 1, such as 3/10, got '\(Excerpt.of(shard))'")
    }
    return (number, count)
  }
}
