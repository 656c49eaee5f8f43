import Foundation
import OptimizerCore

/// Measures the optimizers against scalar C, the picture, maps and rain, networks, and prints short tables.
///
///     swift run -c release --package-path Tests/Benchmarks
///     swift run -c release --package-path Tests/Benchmarks Benchmarks [--json] [NAME ...]
///
/// With names, only those measurements whose name contains one of them: an optimizer's id, `typed`, `field`, `frame`, `pixels`,
/// `map`, `rain`, `network`, `race`, `curvatures`, `start` (of the program as the README builds it, where it is built). Nothing is
/// asserted about time; an asterisk marks a missed target.
@main
enum Benchmarks {
  static func main() throws {
    var filters: [String] = []
    var writesJSON = false
    for argument in CommandLine.arguments.dropFirst() {
      if argument == "--json" {
        writesJSON = true
      } else if argument.hasPrefix("-") {
        let usage = "usage: Benchmarks [--json] [NAME ...]\n"
        FileHandle.standardError.write(Data("unknown option '\(argument)'\n\(usage)".utf8))
        exit(EX_USAGE)
      } else {
        filters.append(argument)
      }
    }
    func isWanted(_ name: String) -> Bool { filters.isEmpty || filters.contains { name.contains($0) } }

    var report = Report()
    var timings: [Timing] = []
    report.machine.noteLoad()
    let steps = StepBenchmark()
    for entry in OptimizerRegistry.all where isWanted(entry.about.id) {
      if entry.about.group == .firstOrder || entry.about.group == .adaptive {
        let (result, measured) = steps.time(entry)
        report.steps.append(result)
        timings += measured
      } else {
        report.allocations[entry.about.id] = steps.allocations(of: entry)
      }
    }
    for (id, compiled, spec) in Course.typed where isWanted(id) {
      var (result, measured) = steps.time(id, spec)
      result.read(against: report.steps.first { $0.optimizer == compiled })
      report.steps.append(result)
      timings += measured
    }
    let pictures = PictureBenchmark().time(where: isWanted)
    report.pictures = pictures.results
    timings += pictures.timings
    let sweeps = SweepBenchmark().time(where: isWanted)
    report.sweeps = sweeps.results
    timings += sweeps.timings
    let networks = NetworkBenchmark.time(where: isWanted)
    report.networks = networks.results
    timings += networks.timings
    report.starts = try StartBenchmark().measure(where: isWanted)
    report.machine.noteLoad()
    report.note(timings)
    guard !timings.isEmpty || !report.allocations.isEmpty || !report.starts.isEmpty else {
      FileHandle.standardError.write(
        Data("no measurement is called '\(filters.joined(separator: " "))'\n".utf8))
      exit(EX_USAGE)
    }
    print(writesJSON ? try report.json : report.text)
  }
}
