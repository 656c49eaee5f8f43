import TestSupport
import Testing

@testable import OptimizerCore

/// Specs of optimizers, schedules and noise, changed at random: whatever is written is a spec that is written the same again
/// and steps, or is refused in a line that can be shown; see `FuzzCases` for more cases than these.
@Suite struct SpecFuzzTests {
  private static let words =
    OptimizerRegistry.all.flatMap { [$0.about.id, "\($0.about.id)("] + $0.knobs.map { "\($0.key)=" } }
    + OptimizerRegistry.all.flatMap { $0.aliases.map { "\($0.word)=" } }
    + ScheduleRegistry.all.map { "\($0.declaration.name)(" } + NoiseRegistry.all.map(\.declaration.name)
    + [
      ":", ",", "=", "(", ")", ">", "*", "schedule=", "schedule.", "schedule.beta=", "on", "off", "True",
      "None", "(0.9,0.99)", "0.1", "3",
    ]

  /// Every optimizer with all its keys, some wrapped and scheduled.
  private static let specs = OptimizerRegistry.all.flatMap { entry -> [String] in
    let id = entry.about.id
    let settings = entry.knobs.map { "\($0.key)=\($0.format($0.defaultValue))" }.joined(separator: ",")
    let plain = entry.isWrapper ? "\(id)(sgd)" : id
    return [
      "\(plain):\(settings)", "lookahead(clip(\(plain):\(settings)):norm=1):k=5",
      "\(plain):schedule=warmup(20,start=0.1)>cosine(200)*step(10)",
      "\(plain):\(settings)"
        + entry.knobs.filter(\.canBeScheduled).map { ",schedule.\($0.key)=linear(20,start=0.9,end=1)" }
        .joined(),
    ]
  }

  /// One line, of a length that can be read, without what a terminal would obey.
  private func expectReadable(_ error: SpecError, _ name: String) {
    #expect(error.message.count < 400, "\(name): \(error.message)")
    #expect(!error.message.unicodeScalars.contains { $0.value == 0x0a }, "\(name)")
    #expect(error.column.map { $0 >= 1 && $0 <= 1001 } ?? true, "\(name): \(error)")
  }

  @Test func changedSpecs() {
    for seed in FuzzCases.seeds(300) {
      var random = TextMutator(seed: seed)
      let text = random.mutated(random.pick(Self.specs), words: Self.words)
      FuzzCases.begin("spec \(seed), \(text.debugDescription)")
      do throws(SpecError) {
        let spec = try OptimizerSpec(text)
        let again = try OptimizerSpec(spec.description)
        #expect(again == spec && again.description == spec.description, "\(seed): \(text.debugDescription)")
        var optimizer = spec.makeScalar()
        let end = run(&optimizer, on: Quadratic<Double>.diagonal([1, 8]), from: [1, -2], steps: 3)
        #expect(end.count == 2)
      } catch {
        expectReadable(error, "\(seed): \(text.debugDescription)")
      }
    }
  }

  @Test func changedSchedulesAndNoise() {
    let schedules = ScheduleRegistry.all.map { entry in
      "\(entry.declaration.name)(\(entry.declaration.arguments.map { "\($0.knob.key)=2" }.joined(separator: ",")))"
    }
    let noises = NoiseRegistry.all.map { entry in
      "\(entry.declaration.name)(\(entry.declaration.arguments.map { "\($0.knob.key)=1" }.joined(separator: ",")))"
    }
    for seed in FuzzCases.seeds(200) {
      var random = TextMutator(seed: seed)
      let text = random.mutated(
        "\(random.pick(schedules))\(random.pick([" > ", "*", ""]))\(random.pick(schedules))",
        words: Self.words)
      FuzzCases.begin("schedule \(seed), \(text.debugDescription)")
      do throws(SpecError) {
        let schedule = try Schedule(text)
        let again = try Schedule(schedule.description)
        #expect(again == schedule, "\(seed): \(text.debugDescription)")
        for t in [1, 2, 10, 1_000_000] { _ = schedule.multiplier(at: t) }
      } catch {
        expectReadable(error, "\(seed): \(text.debugDescription)")
      }
      let noise = random.mutated(random.pick(noises), words: Self.words)
      FuzzCases.begin("noise \(seed), \(noise.debugDescription)")
      do throws(SpecError) {
        let read = try Noise(noise)
        let again = try Noise(read.description)
        #expect(again == read, "\(seed): \(noise.debugDescription)")
      } catch {
        expectReadable(error, "\(seed): \(noise.debugDescription)")
      }
    }
  }
}
