import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// A trajectory of a peer on a formula of two parameters, and what it is here.
struct PeerRun: Sendable, CustomTestStringConvertible {
  let name: String
  let formula: String
  let rows: [Trajectory.Row]
  /// The rule: its name, and the forms that are not the usual ones.
  let rule: String
  /// How far a right optimizer may be away, as a share of how far the run gets.
  let tolerance: Double

  var testDescription: String { "\(name): \(rule)" }

  func landscape() throws -> Landscape { try Landscape(formula: formula) }
  var trajectory: Trajectory { Trajectory(path: "run.csv", rows: rows) }

  // MARK: What it is

  /// What is left out, by the beginning of the name, with the reason.
  private static let leftOut = [
    "lookahead_jettify": "synchronises one step late: no rule here does",
    "optax_rprop": "applies the update of the step before: no rule here does",
    "gauss_newton": "needs residuals, which a formula has not",
    "natural_gradient": "needs a likelihood, which a formula has not",
    "plain_gradient": "on the likelihood of data",
    "lbfgs_defaults": "a step there is up to 20 iterations",
    "lbfgs_wolfe_defaults": "a step there is up to 20 iterations",
  ]

  /// The rule of a case by the peer's names; nil for what is none of the registry.
  private static func rule(_ optimizer: String, _ values: [String: Any], _ name: String) -> String? {
    func isOn(_ key: String) -> Bool { values[key] as? Bool ?? false }
    func number(_ key: String) -> Double { values[key] as? Double ?? 0 }
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
    case "optax_amsgrad": return "amsgrad:form=optax"
    case "optax_nadam": return "nadam:form=optax"
    case "optax_radam": return "radam:form=optax"
    case "optax_adamw", "optax_adamax", "optax_adadelta":
      return String(optimizer.dropFirst("optax_".count))
    case "adan": return name.contains("kozistr") ? "adan:form=paper" : "adan"
    case "sgdw": return isOn("nesterov") ? "sgdw:nesterov=on" : "sgdw"
    case "sign_sgd": return "signsgd"
    case "newton", "levenberg", "damped": return "newton"
    case "saddle_free": return "newton:saddle_free=on"
    case "full_matrix_adagrad": return "adagrad-full"
    case "lbfgs": return "lbfgs:line_search=none"
    case "lbfgs_strong_wolfe": return "lbfgs"
    case "lookahead", "sam":
      guard let inner = values["inner"] as? [String: Any], let id = inner["optimizer"] as? String,
        let base = rule(id, inner, name)
      else { return nil }
      return "\(optimizer)(\(base))" + (isOn("adaptive") ? ":adaptive=on" : "")
    case "adagrad", "adam", "amsgrad", "adamw", "adadelta", "adamax", "nadam", "radam", "adabelief", "yogi",
      "novograd", "lion", "rprop", "asgd", "adafactor":
      return optimizer
    default: return nil
    }
  }

  // MARK: All of them

  /// The files of the reference whose cases are runs.
  private static let files = [
    "sgd", "sgdw", "adagrad", "rmsprop", "adam", "adamw", "adamax", "adadelta", "nadam", "radam", "adabelief",
    "yogi", "adan", "novograd", "lion", "sign_sgd", "rprop", "optax_variants", "asgd", "adafactor",
    "lookahead", "sam", "second_order", "lbfgs", "scheduled_runs",
  ]

  /// Every run of every peer, but those of more than two parameters.
  static let all: [PeerRun] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "OptimizerCoreTests/Reference")
    return files.flatMap { file -> [PeerRun] in
      // A missing file must fail loudly.
      // swift-format-ignore: NeverUseForceTry
      let json = try! JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "\(file).json")))
      let cases = (json as? [String: Any])?["cases"] as? [[String: Any]] ?? []
      return cases.compactMap { PeerRun(file, $0) }
    }
  }()

  /// The first of each rule, those that were once not found, and some more.
  static func some(besides count: Int, including names: Set<String>) -> [PeerRun] {
    var known: Set<String> = []
    let first = all.indices.filter { known.insert(all[$0].rule).inserted || names.contains(all[$0].name) }
    var random = SplitMix64(state: 15)
    let more = all.indices.filter { !first.contains($0) }.shuffled(using: &random).prefix(count)
    return (first + more).map { all[$0] }
  }

  private init?(_ file: String, _ json: [String: Any]) {
    guard let start = json["start"] as? [Double], start.count == 2, let name = json["name"] as? String,
      let formula = json["surface_formula"] as? String, let indices = json["indices"] as? [Int],
      let points = json["trajectory"] as? [[Double]], let optimizer = json["optimizer"] as? String,
      let tolerance = json["suggested_tolerance"] as? Double,
      !Self.leftOut.keys.contains(where: { name.hasPrefix($0) }),
      let rule = Self.rule(optimizer, json["hyperparameters"] as? [String: Any] ?? [:], name)
    else { return nil }
    // The rate that leads to a row is that of the step before it.
    let rates = json["lr"] as? [Double]
    let isDense = zip(indices, 0...).allSatisfy { $0 == $1 }
    let kept = rates == nil || isDense ? indices.count : zip(indices, 0...).prefix { $0 == $1 }.count
    rows = (0..<kept).map { place in
      Trajectory.Row(
        step: indices[place], point: points[place], rate: place == 0 ? nil : rates?[place - 1], evaluations: 1
      )
    }
    self.name = "\(file) \(name)"
    self.formula = formula.replacing(", u =", with: " where u =")
    self.rule = rule
    self.tolerance = max(1e-6, tolerance)
  }
}
