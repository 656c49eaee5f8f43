import ArgumentParser
import Experiments
import Exports
import Landscapes
import OptimizerCore
import Scenes

/// `descent trace`: the race without a screen.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.trace.rawValue,
    abstract: "Run headless and write the trajectories to standard output.",
    discussion: """
      CSV with one row a step: run, optimizer, step, evaluations, x, y, loss, gradient_norm, lr. Loss and gradient norm
      are those of the true loss; lr is the rate used to arrive at the row. A loss made of data adds epoch, test_loss,
      train_accuracy and test_accuracy, under minibatches noise_covariance, the trace of the covariance of a batch's
      gradient, and with sampling=fresh expected_loss. More than 20 parameters are left out unless --parameters all asks for them.
      """)

  @OptionGroup var options: RunOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Write every k-th step, and always the last.", valueName: "k"))
  var every: String?

  @Option(help: ArgumentHelp("csv or json.", valueName: "format"))
  var format: String = "csv"

  @Option(help: ArgumentHelp("all or none; all up to 20 parameters, if nothing is said.", valueName: "which"))
  var parameters: String?

  mutating func run() throws {
    guard parameters.map({ ["all", "none"].contains($0) }) ?? true else {
      throw Failure(.usage, "--parameters must be all or none, got '\(Excerpt.of(parameters ?? ""))'")
    }
    guard ["csv", "json"].contains(format) else {
      throw Failure(.usage, "--format must be csv or json, got '\(Excerpt.of(format))'")
    }
    let step = every.map { Int(written: $0) } ?? 1
    guard let step, step >= 1 else {
      throw Failure(.usage, "--every must be a whole number from 1 on, got '\(Excerpt.of(every ?? ""))'")
    }
    let scene = try options.makeScene()
    if format == "csv" {
      writeCSV(scene.experiment, every: step)
    } else {
      writeJSON(scene.experiment, every: step)
    }
  }

  private func writeCSV(_ experiment: Experiment, every: Int) {
    let table = TraceTable(of: experiment, showsParameters: parameters.map { $0 == "all" })
    Output.standard.write(table.header)
    experiment.trace(every: every) {
      Output.standard.write(table.csvLine($0))
    } end: {
      report($0)
    }
  }

  private func writeJSON(_ experiment: Experiment, every: Int) {
    let out = Output.standard
    let table = TraceTable(of: experiment, showsParameters: parameters.map { $0 == "all" })
    out.write("{\"landscape\": \(ListText.json(experiment.landscape)), \"runs\": [")
    var run = 0
    var rows = 0
    experiment.trace(every: every) { trace in
      if trace.run != run {
        out.write(run == 0 ? "\n" : ",\n")
        out.write(" {\"optimizer\": \(JSONText.string(trace.entry.spec.description)), \"steps\": [")
        run = trace.run
        rows = 0
      }
      out.write((rows == 0 ? "\n  " : ",\n  ") + table.json(trace.row))
      rows += 1
    } end: { end in
      out.write("],\n  \"outcome\": \(JSONText.string(end.outcome.name))")
      out.write(", \"outcome_words\": \(JSONText.string(end.outcome.words))}")
      report(end)
    }
    out.write("\n]}\n")
  }

  /// A run that reached a value that is not finite says so on standard error; that is an outcome, not an error.
  private func report(_ end: Experiment.TraceEnd) {
    guard case .diverged(let step, let reason) = end.outcome else { return }
    Output.standard.flush()
    Output.remark(
      reason.map { "\(end.entry.name) ended at step \(step): \($0)" }
        ?? "\(end.entry.name) diverged at step \(step)")
  }
}
