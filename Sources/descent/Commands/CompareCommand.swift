import ArgumentParser
import Experiments
import Glibc
import Landscapes
import OptimizerCore
import Scenes

/// `descent compare`: which optimizer a recorded run is of, and where it parts from one.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.compare.rawValue,
    abstract: "Say which optimizer a recorded run is of, or where it parts from one.",
    discussion: """
      The first line names the best fit as a spec, and says so where it is not the run. With -o: where the run parts from that optimizer, by how much, and which
      other form of it would be the run. Without: every rule in every form that the registry knows is fitted to the first
      steps, and the simplest of the best is named. The status is 1 where nothing is the run, by the tolerance. Of a noisy
      run the closest is the rule of which there is the least to be said: n·ln(what it misses) + ½·ln n for each knob, form
      and wrapper that is not the usual. A column lr is taken for what it says. Differences are shares of how far the run
      gets.
      """)

  @Argument(help: ArgumentHelp("The recorded run: CSV or JSON, as for recorded(FILE).", valueName: "file"))
  var file: String

  @OptionGroup var options: RunOptions

  @Option(
    name: .customLong("run"), parsing: .unconditional,
    help: ArgumentHelp("Which run of a file of several.", valueName: "n"))
  var place: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest share that is no difference.", valueName: "share"))
  var tolerance: String = "1e-6"

  mutating func run() throws {
    guard options.scene != nil || options.landscape != nil || options.function != nil else {
      throw Failure(
        .usage,
        "say what it is a run on: a scene, --landscape NAME or --function EXPR, such as --landscape rosenbrock"
      )
    }
    try refuseWhatSaysNothing()
    guard let share = Double(written: tolerance), share >= 0, share < 1 else {
      let wanted = Excerpt.wanted("between 0 and 1", for: tolerance)
      throw Failure(.usage, "--tolerance must be \(wanted), got '\(Excerpt.of(tolerance))'")
    }
    let experiment = try options.makeScene().experiment
    let ground = experiment.landscape
    let recorded = try trajectory(on: ground)
    if let remark = experiment.lossRemark(on: recorded, name: recorded.title) { Output.remark(remark) }
    guard !options.optimizers.isEmpty else {
      tell("every rule in every form is tried: this takes some seconds")
      let search = RuleSearch(for: recorded, on: ground, tolerance: share)
      let fits = search.best.first?.fits == true
      if !fits { tell("no rule is the run: those are tried of which rows were left out") }
      let thinned = fits ? nil : Thinned(recorded, on: ground, tolerance: share)
      tell("")
      show(ComparisonText.lines(search, thinned: thinned))
      Output.standard.flush()
      guard fits else {
        throw Failure(
          .check,
          thinned == nil
            ? "no rule is the recorded run; --tolerance says how close is enough"
            : "no rule is the recorded run step by step; a column step says which step each row is")
      }
      return
    }
    let given = experiment.entries.map(\.spec).map { spec in
      let one = Comparison.of(spec, with: recorded, on: ground, tolerance: share)
      return (
        comparison: one,
        neighbours: one.fits
          ? [] : Comparison.neighbours(of: spec, with: recorded, on: ground, tolerance: share)
      )
    }
    let lines = ComparisonText.lines(given)
    show(lines)
    Output.standard.flush()
    if !given.contains(where: \.comparison.fits) {
      throw Failure(.check, "the recorded run parts from every optimizer that was named")
    }
  }

  /// Says at a terminal what is done, in a line that the next takes away.
  private func tell(_ words: String) { if Output.canRewrite { Output.rewriteLine(words) } }

  private func show(_ lines: [String]) {
    Output.standard.show(ListText.readable(lines.joined(separator: "\n") + "\n"))
  }

  /// A recorded run is what it is: options that would make another of it are refused.
  private func refuseWhatSaysNothing() throws {
    let given: [(option: RunOption, isGiven: Bool)] = [
      (.plane, options.plane != nil), (.evaluations, options.evaluations != nil),
      (.change, !options.changes.isEmpty), (.noise, options.noise != nil), (.seed, options.seed != nil),
      (.viewX, options.viewX != nil), (.viewY, options.viewY != nil),
    ]
    if let one = given.first(where: \.isGiven) {
      throw Failure(.usage, "\(one.option.name) says nothing of a run that is recorded: leave it out")
    }
    guard options.starts.count <= 1 else {
      throw Failure(.usage, "a recorded run has one start, got \(options.starts.count)")
    }
  }

  /// The recorded run with what the options make of it.
  private func trajectory(on landscape: Landscape) throws -> Trajectory {
    guard access(file, F_OK) == 0 else { throw Failure(.noInput, "no file '\(Excerpt.of(file))'") }
    var number: Int?
    if let place {
      number = Int(written: place)
      guard let number, number >= 1 else {
        throw Failure(.usage, "--run must be a whole number from 1 on, got '\(Excerpt.of(place))'")
      }
    }
    var recorded: Trajectory
    do throws(SpecError) {
      recorded = try Trajectory.reader(SceneLibrary.dataFiles)(file, number)
    } catch { throw Failure(.data, error.message) }
    if let obstacle = landscape.problem.obstacle(to: recorded) { throw Failure(.data, obstacle) }
    do throws(OptionError) {
      if let start = options.starts.first {
        recorded = recorded.starting(at: landscape.lift(try RunOption.start(start)))
      }
      if let steps = options.steps { recorded = recorded.prefix(steps: try RunOption.steps.count(steps)) }
    } catch { throw Failure(.usage, error.message) }
    guard recorded.rows.contains(where: { $0.point != recorded.rows[0].point }) else {
      let before = recorded.lostAt.map { " before step \($0), from which on it is not finite" } ?? ""
      throw Failure(
        .data, "'\(Excerpt.of(file))' has no step that goes anywhere\(before), so there is nothing to compare"
      )
    }
    // Beyond, the squares of distances are infinite.
    let most = 1e150
    for row in recorded.rows {
      guard let far = row.point.first(where: { $0.magnitude > most }) else { continue }
      throw Failure(
        .data,
        "'\(Excerpt.of(file))' has \(far) at step \(row.step): up to \(most) runs can be compared, "
          + "so leave out the rows from there on")
    }
    return recorded
  }
}
