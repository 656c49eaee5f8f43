import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// Which optimizer a recorded run is of: the trajectories of the peers, found by their points alone.
@Suite struct RuleSearchTests {
  /// All of them with `DESCENT_PEERS=1`, some three hundred searches of a second; else one of each rule and a few more.
  static let searched =
    ProcessInfo.processInfo.environment["DESCENT_PEERS"] == nil
    ? PeerRun.some(
      besides: 8,
      including: [
        "lookahead lookahead_momentum_k6/himmelblau", "adamw adamw_wd0.5/plateau",
        "sgdw sgdw_plain/styblinski_tang", "rprop rprop_clamped/ravine",
        "second_order levenberg_l30/himmelblau",
      ]) : PeerRun.all

  /// The name and the forms of a spec, its numbers aside.
  private func rule(_ spec: OptimizerSpec) -> String {
    let own = spec.knobs.filter {
      $0.kind != .real && $0.kind != .integer && KnobKey.inBase($0.key) == nil
    }
    let forms = own.compactMap { knob -> String? in
      let value = spec.setting(knob.key) ?? knob.defaultValue
      return value == knob.defaultValue ? nil : "\(knob.key)=\(knob.format(value))"
    }
    let name = spec.base.map { "\(spec.id)(\(rule($0)))" } ?? spec.id
    return name + (forms.isEmpty ? "" : ":" + forms.joined(separator: ","))
  }

  @Test func casesAreThere() {
    #expect(PeerRun.all.count >= 290, "\(PeerRun.all.count)")
    #expect(Set(PeerRun.all.map(\.rule)).count >= 44, "\(Set(PeerRun.all.map(\.rule)).count)")
    #expect(Set(Self.searched.map(\.rule)) == Set(PeerRun.all.map(\.rule)))
  }

  /// It is found, or among those that cannot be told apart from what is found; what is found is the run.
  @Test(arguments: searched) func aPeersRuleIsFound(_ peer: PeerRun) throws {
    let search = RuleSearch(for: peer.trajectory, on: try peer.landscape(), tolerance: peer.tolerance)
    let best = try #require(search.best.first)
    #expect(best.fits, "\(ComparisonText.lines(search))")
    #expect(
      search.best.contains { rule($0.spec) == peer.rule }, "\(ComparisonText.lines(search)), not \(peer.rule)"
    )
  }
}
