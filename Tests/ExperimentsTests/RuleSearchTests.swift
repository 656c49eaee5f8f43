import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// Which optimizer a recorded run is of: the trajectories of the peers, found by their points alone.
@Suite struct RuleSearchTests {
  /// A trajectory of a peer, and what it is here.
  struct Peer: Sendable, CustomTestStringConvertible {
    let name: String
    let formula: String
    let rows: [Trajectory.Row]
    /// The rule: its name, and the forms that are not the usual ones.
    let rule: String

    var testDescription: String { "\(name): \(rule)" }

    func landscape() throws -> Landscape { try Landscape(formula: formula) }
    var trajectory: Trajectory { Trajectory(path: "run.csv", rows: rows) }
  }

  /// The rule of a case by the peer's names; nil for what is no rule of the registry on two parameters.
  private static func rule(_ optimizer: String, _ values: [String: Any], _ name: String) -> String? {
    func isOn(_ key: String) -> Bool { values[key] as? Bool ?? false }
    func number(_ key: String) -> Double { values[key] as? Double ?? 0 }
    func decayed(_ id: String) -> String { id }
    switch optimizer {
    case "sgd", "momentum", "nesterov", "optax_sgd":
      return number("momentum") == 0 ? "sgd" : isOn("nesterov") ? "nesterov:form=torch" : "momentum"
    case "nesterov_textbook": return "nesterov"
    case "optax_adagrad": return "adagrad:eps_inside=on"
    case "rmsprop": return isOn("centered") ? "rmsprop:centered=on" : "rmsprop"
    case "optax_rmsprop":
      let forms = [isOn("centered") ? "centered=on" : nil, isOn("eps_in_sqrt") ? "eps_inside=on" : nil]
        .compactMap(\.self)
      return forms.isEmpty ? "rmsprop" : "rmsprop:" + forms.joined(separator: ",")
    case "optax_adam": return number("eps_root") == 0 ? "adam" : nil
    case "adamw_amsgrad": return "adamw:amsgrad=on"
    case "optax_adamw": return "adamw"
    case "optax_amsgrad": return "amsgrad:form=optax"
    case "optax_nadam": return "nadam:form=optax"
    case "optax_radam": return "radam:form=optax"
    case "optax_adamax": return "adamax"
    case "optax_adadelta": return "adadelta"
    case "adan": return name.contains("kozistr") ? "adan:form=paper" : "adan"
    case "sgdw": return isOn("nesterov") ? "sgdw:nesterov=on" : "sgdw"
    case "sign_sgd": return "signsgd"
    case "adagrad", "adam", "amsgrad", "adamw", "adadelta", "adamax", "nadam", "radam", "adabelief", "yogi",
      "novograd", "lion", "rprop":
      return optimizer
    default: return nil
    }
  }

  static func peers(_ files: [String], each most: Int) -> [Peer] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "OptimizerCoreTests/Reference")
    return files.flatMap { file -> [Peer] in
      // A missing file must fail loudly.
      // swift-format-ignore: NeverUseForceTry
      let json = try! JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "\(file).json")))
      let cases = (json as? [String: Any])?["cases"] as? [[String: Any]] ?? []
      var counts: [String: Int] = [:]
      return cases.compactMap { peer(file, $0) }.filter { peer in
        counts[peer.rule, default: 0] += 1
        return counts[peer.rule, default: 0] <= most
      }
    }
  }

  private static func peer(_ file: String, _ json: [String: Any]) -> Peer? {
    guard let start = json["start"] as? [Double], start.count == 2, let name = json["name"] as? String,
      let formula = json["surface_formula"] as? String, let indices = json["indices"] as? [Int],
      indices.count >= 25,
      let points = json["trajectory"] as? [[Double]], let optimizer = json["optimizer"] as? String,
      let rule = rule(optimizer, json["hyperparameters"] as? [String: Any] ?? [:], name)
    else { return nil }
    let rows = zip(indices, points).map { Trajectory.Row(step: $0, point: $1, evaluations: 1) }
    return Peer(
      name: "\(file) \(name)", formula: formula.replacing(", u =", with: " where u ="), rows: rows, rule: rule
    )
  }

  static let all = peers(
    [
      "sgd", "sgdw", "adagrad", "rmsprop", "adam", "adamw", "adamax", "adadelta", "nadam", "radam",
      "adabelief",
      "yogi", "adan", "novograd", "lion", "sign_sgd", "rprop", "optax_variants",
    ], each: 1)

  /// The name and the forms of a spec, its numbers aside.
  private func rule(_ spec: OptimizerSpec) -> String {
    let forms = spec.knobs.filter { $0.kind != .real && $0.kind != .integer }.compactMap { knob -> String? in
      let value = spec.setting(knob.key) ?? knob.defaultValue
      return value == knob.defaultValue ? nil : "\(knob.key)=\(knob.format(value))"
    }
    return spec.id + (forms.isEmpty ? "" : ":" + forms.joined(separator: ","))
  }

  @Test func casesAreThere() { #expect(Self.all.count >= 28, "\(Self.all.count)") }

  /// It is found, or among those that cannot be told apart from what is found; what is found is the run.
  @Test(arguments: all) func aPeersRuleIsFound(_ peer: Peer) throws {
    let search = RuleSearch(for: peer.trajectory, on: try peer.landscape(), tolerance: 1e-6)
    let best = try #require(search.best.first)
    #expect(best.fits, "\(ComparisonText.lines(search))")
    #expect(
      search.best.contains { rule($0.spec) == peer.rule }, "\(ComparisonText.lines(search)), not \(peer.rule)"
    )
  }
}
