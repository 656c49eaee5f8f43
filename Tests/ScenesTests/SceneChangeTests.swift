import Experiments
import Landscapes
import OptimizerCore
import Testing

@testable import Scenes

/// The standard changes by which expectations are tried.
struct SceneChangeTests {
  private static let text = """
    landscape: {name: ravine, kappa: 10}
    start: [1, 10]
    optimizers: ["sgd:lr=0.05", "lookahead(momentum:lr=0.05,beta=0.5)", newton]
    steps: 40
    noise: gaussian(sigma=0.001)
    expect:
      - sgd.loss < 0.2*sgd.loss(0)
      - landscape.lowest == 0
      - lookahead.loss < 0.1*lookahead.loss(0)
    """

  @Test func theyAreTheStandardOnes() throws {
    let scene = try scene(Self.text)
    let changes = scene.standardChanges
    #expect(
      changes.map(\.name) == [
        "sgd frozen", "lookahead frozen", "newton frozen", "sgd and lookahead exchanged",
        "sgd and newton exchanged", "lookahead and newton exchanged", "rate of sgd +20 %",
        "rate of sgd -20 %",
        "rate of lookahead +20 %", "rate of lookahead -20 %", "rate of newton +20 %", "rate of newton -20 %",
        "start mirrored", "seed + 1000", "seed + 2000",
      ])
    #expect(changes.count { $0.kind == .falsifies } == 6)
    #expect(changes[1].experiment.entries[1].spec.setting("base.lr") == 1e-8)
    #expect(changes[1].experiment.entries[0] == scene.experiment.entries[0])
    #expect(changes[3].experiment.entries[0].spec == scene.experiment.entries[1].spec)
    #expect(changes[3].experiment.entries[0].name == "sgd")
    #expect(abs((changes[8].experiment.entries[1].spec.setting("base.lr") ?? 0) - 0.06) < 1e-12)
    #expect(changes[12].experiment.starts == [Point(-1, -10)])
    #expect(changes[13].experiment.seed == 1000)
    for change in changes { #expect(change.experiment != scene.experiment) }
  }

  /// A claim about an entry notices its freezing; one about the landscape notices nothing.
  @Test func claimsNoticeOrDoNot() throws {
    let scene = try scene(Self.text)
    #expect(scene.check().count { !$0.holds } == 0)
    let holds = scene.standardChanges.filter { $0.kind == .falsifies }.map {
      scene.check(under: $0).map(\.holds)
    }
    #expect(holds[0] == [false, true, true] && holds[1] == [true, true, false])
    #expect(holds.allSatisfy { $0[1] })
  }

  /// Without noise there is no other seed.
  @Test func aQuietSceneHasNoSeeds() throws {
    let scene = try scene("landscape: bowl\noptimizers: [sgd]\nsteps: 9\nexpect: [sgd.loss > 0]\n")
    #expect(!scene.standardChanges.contains { $0.name.contains("seed") })
  }

  /// A setting of a knob that the exchanged rule does not have is a finding and no crash.
  @Test func wordsOfAnotherRuleAreFaults() throws {
    let scene = try scene(
      "landscape: bowl\noptimizers: [adam, sgd]\nsteps: 9\nexpect: [\"with(adam.bias_correction=off, adam.loss > 0)\"]\n"
    )
    let change = try #require(scene.standardChanges.first { $0.name == "adam and sgd exchanged" })
    let finding = try #require(scene.check(under: change).first)
    #expect(!finding.holds && finding.reason.contains("there is no adam.bias_correction"))
  }

  /// The sides of comparisons are told of what holds, too.
  @Test func valuesAreTold() throws {
    let scene = try scene(
      "landscape: bowl\noptimizers: [sgd]\nsteps: 9\nexpect: [\"1 < 2 and not 5 < 3\", \"sgd.converged or 4 == 4\"]\n"
    )
    let findings = scene.check(tellingValues: true)
    #expect(findings.map(\.values) == ["1 < 2; 5 < 3", "4 == 4"])
    #expect(scene.check().map(\.values) == ["", ""])
  }
}
