import Foundation
import Testing

@testable import OptimizerCore

/// A trajectory that a peer library made.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let file: String
  let name: String
  let surface: String
  let optimizer: String
  let settings: [String: String]
  let inner: [String: String]
  let start: [Double]
  let steps: Int
  let indices: [Int]
  let trajectory: [[Double]]
  let gradients: [[Double]]
  let rates: [Double]
  let slow: [[Double]]
  let averaged: [[Double]]
  let tolerance: Double

  var testDescription: String { "\(file): \(name)" }

  static func load(_ file: String) -> [String: Any] {
    let url = Bundle.module.resourceURL!.appendingPathComponent("Reference/\(file).json")
    return try! JSONSerialization.jsonObject(with: Data(contentsOf: url)) as! [String: Any]
  }

  static func all(_ file: String) -> [ReferenceCase] {
    (load(file)["cases"] as! [[String: Any]]).filter { $0["trajectory"] != nil }.map {
      ReferenceCase(file, $0)
    }
  }

  init(_ file: String, _ json: [String: Any]) {
    func text(_ values: Any?) -> [String: String] {
      var result: [String: String] = [:]
      for (key, value) in values as? [String: Any] ?? [:] {
        if let number = value as? NSNumber {
          result[key] = CFGetBoolean(number) ?? number.doubleValue.shortest
        } else if let word = value as? String {
          result[key] = word
        }
      }
      return result
    }
    self.file = file
    name = json["name"] as! String
    surface = json["surface"] as? String ?? ""
    optimizer = json["optimizer"] as! String
    let hyperparameters = json["hyperparameters"] as! [String: Any]
    settings = text(hyperparameters)
    inner = text(hyperparameters["inner"])
    start = json["start"] as! [Double]
    steps = json["steps"] as! Int
    indices = json["indices"] as! [Int]
    trajectory = json["trajectory"] as! [[Double]]
    gradients = json["grad"] as? [[Double]] ?? []
    rates = json["lr"] as? [Double] ?? []
    slow = json["slow"] as? [[Double]] ?? []
    averaged = json["averaged"] as? [[Double]] ?? []
    tolerance = json["suggested_tolerance"] as! Double
  }

  /// How many steps at the front are stored without a gap.
  var denseCount: Int { zip(indices, 0...).prefix { $0 == $1 }.count }
}

/// `true` or `false` for a JSON boolean, nil for a number.
private func CFGetBoolean(_ number: NSNumber) -> String? {
  String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    ? (number.boolValue ? "on" : "off") : nil
}

/// The spec that says what a case of the reference says.
enum Translation {
  /// `key=value,…` from the peer's names; those that map to an empty key are dropped.
  static func settings(_ values: [String: String], _ names: [String: String] = [:]) -> String {
    let parts = values.sorted { $0.key < $1.key }.compactMap { key, value -> String? in
      let key = names[key] ?? key
      return key.isEmpty ? nil : "\(key)=\(value)"
    }
    return parts.joined(separator: ",")
  }

  static let l2 = ["weight_decay": "l2"]

  static func sgd(_ values: [String: String]) -> String {
    let names = ["momentum": "beta", "weight_decay": "l2", "nesterov": "", "optimizer": "", "schedule": ""]
    guard let momentum = values["momentum"], Double(momentum) ?? 0 != 0 else {
      return "sgd:" + settings(values, names.merging(["momentum": "", "dampening": ""]) { $1 })
    }
    if values["nesterov"] == "on" {
      return "nesterov:form=torch," + settings(values, names.merging(["dampening": ""]) { $1 })
    }
    return "momentum:" + settings(values, names)
  }

  static func inner(_ values: [String: String]) -> String {
    values["optimizer"] == "adam" ? "adam:" + settings(values, ["optimizer": ""]) : sgd(values)
  }

  static func spec(_ c: ReferenceCase) -> String {
    let s = c.settings
    switch c.optimizer {
    case "sgd", "momentum", "nesterov", "optax_sgd": return sgd(s)
    case "nesterov_textbook": return "nesterov:form=lookahead," + settings(s, ["momentum": "beta"])
    case "adagrad":
      return "adagrad:" + settings(s, ["initial_accumulator_value": "initial", "weight_decay": "l2"])
    case "optax_adagrad":
      return "adagrad:eps_inside=on," + settings(s, ["initial_accumulator_value": "initial"])
    case "rmsprop": return "rmsprop:" + settings(s, ["alpha": "rho", "weight_decay": "l2"])
    case "optax_rmsprop": return "rmsprop:" + settings(s, ["decay": "rho", "eps_in_sqrt": "eps_inside"])
    case "adam": return "adam:" + settings(s, l2)
    case "optax_adam": return "adam:" + settings(s, ["eps_root": ""])
    case "amsgrad": return "amsgrad:" + settings(s, ["amsgrad": ""])
    case "optax_amsgrad": return "amsgrad:form=optax," + settings(s)
    case "adamw", "adamw_amsgrad", "optax_adamw": return "adamw:" + settings(s)
    case "lion": return "lion:" + settings(s)
    case "lookahead": return "lookahead(\(inner(c.inner))):" + settings(s)
    case "newton", "levenberg", "damped":
      return "newton:" + settings(s, ["lambda": "damping", "step_length": "lr"])
    case "full_matrix_adagrad": return "adagrad-full:" + settings(s)
    case "lbfgs", "lbfgs_strong_wolfe":
      let search = c.optimizer == "lbfgs" ? "none" : "strong-wolfe"
      let names = [
        "max_iter": "", "max_eval": "", "tolerance_grad": "", "tolerance_change": "",
        "history_size": "history",
      ]
      return "lbfgs:line_search=\(search)," + settings(s, names)
    case "sam": return "sam(\(inner(c.inner))):" + settings(s)
    case "saddle_free":
      return "newton:saddle_free=on," + settings(s, ["lambda": "damping", "step_length": "lr"])
    case "adadelta", "adamax": return c.optimizer + ":" + settings(s, l2)
    case "nadam", "radam":
      let isDecoupled = s["decoupled_weight_decay"] == "on"
      return c.optimizer + ":" + settings(s, isDecoupled ? ["decoupled_weight_decay": ""] : l2)
    case "optax_nadam": return "nadam:form=optax," + settings(s)
    case "optax_radam": return "radam:form=optax," + settings(s, ["threshold": ""])
    case "optax_adamax": return "adamax:" + settings(s)
    case "optax_adadelta": return "adadelta:" + settings(s)
    case "adabelief":
      // torch_optimizer's has one eps for both places.
      return "adabelief:" + settings(s["eps_root"] == nil ? s.merging(["eps_root": s["eps"]!]) { $1 } : s)
    case "adan": return "adan:form=\(c.name.contains("kozistr") ? "paper" : "optax")," + settings(s)
    case "sgdw": return "sgdw:" + settings(s, ["momentum": "beta"])
    case "sign_sgd": return "signsgd:" + settings(s)
    case "asgd": return "asgd:" + settings(s, ["weight_decay": ""])
    default: return c.optimizer + ":" + settings(s)
    }
  }

  /// Cases left out, by the beginning of their name, with the reason.
  static let leftOut: [String: String] = [
    "lookahead_jettify": "synchronises one step late: its slow point starts after the first step",
    "natural_gradient": "needs a likelihood: among the tests of runs on data",
    "plain_gradient": "the surface is a likelihood of data: among the tests of runs on data",
    "gauss_newton": "needs residuals: among the tests of runs on data",
    "lbfgs_defaults": "a step there is up to 20 iterations",
    "lbfgs_wolfe_defaults": "a step there is up to 20 iterations",
    "optax_rprop": "applies the update of the step before, a defect of that release",
  ]

  static func cases(_ files: [String]) -> [ReferenceCase] {
    files.flatMap(ReferenceCase.all).filter { c in !leftOut.keys.contains { c.name.hasPrefix($0) } }
  }
}

@Suite struct ReferenceTests {
  static let surfaceCases = Translation.cases([
    "sgd", "adagrad", "rmsprop", "adam", "adamw", "lion", "lookahead", "second_order", "adadelta", "adamax",
    "nadam",
    "radam", "adabelief", "yogi", "adan", "novograd", "adafactor", "sgdw", "sign_sgd", "rprop", "asgd",
    "optax_variants", "sam", "lbfgs",
  ])

  /// The rule alone: recorded gradients in, the peer's points out.
  @Test(
    arguments: surfaceCases.filter {
      !["nesterov_textbook", "newton", "levenberg", "damped", "saddle_free", "sam", "lbfgs_strong_wolfe"]
        .contains($0.optimizer)
    })
  func replay(_ c: ReferenceCase) throws {
    let spec = Translation.spec(c)
    let oracle = Recording(c.gradients, layout: .vector(c.start.count))
    let points = try path(spec, on: oracle, from: c.start, steps: c.denseCount - 1)
    for (t, point) in points.enumerated() {
      for i in point.indices {
        #expect(
          (point[i] - c.trajectory[t][i]).magnitude <= c.tolerance, "\(spec), step \(t), coordinate \(i)")
      }
    }
  }

  /// The whole loop with gradients of our own.
  @Test(arguments: surfaceCases)
  func closedLoop(_ c: ReferenceCase) throws {
    let spec = Translation.spec(c)
    let oracle = SurfaceOracle(c.surface, dimension: c.start.count)
    let points = try path(spec, on: oracle, from: c.start, steps: c.steps)
    for (index, t) in c.indices.enumerated() {
      for i in c.start.indices {
        #expect(
          (points[t][i] - c.trajectory[index][i]).magnitude <= c.tolerance,
          "\(spec), step \(t), coordinate \(i)")
      }
    }
  }

  /// The average beside the path.
  @Test(arguments: ReferenceCase.all("asgd")) func average(_ c: ReferenceCase) throws {
    var optimizer = try OptimizerSpec(Translation.spec(c)).makeScalar()
    var averages: [[Double]] = []
    let oracle = SurfaceOracle(c.surface, dimension: c.start.count)
    _ = run(&optimizer, on: oracle, from: c.start, steps: c.steps) { _, _, now in
      averages.append(now.state.first { $0.symbol == "θ̄" }!.values)
    }
    for (index, t) in c.indices.enumerated() where t > 0 {
      for i in c.start.indices {
        #expect((averages[t][i] - c.averaged[index][i]).magnitude <= c.tolerance, "step \(t)")
      }
    }
  }

  /// The slow point beside the fast one.
  @Test(arguments: Translation.cases(["lookahead"])) func slowPoint(_ c: ReferenceCase) throws {
    var optimizer = try OptimizerSpec(Translation.spec(c)).makeScalar()
    var points: [[Double]] = []
    let oracle = SurfaceOracle(c.surface, dimension: c.start.count)
    _ = run(&optimizer, on: oracle, from: c.start, steps: c.steps) { _, _, now in
      points.append(now.state.first { $0.symbol == "φ" }!.values)
    }
    for (index, t) in c.indices.enumerated() where t > 0 {
      for i in c.start.indices {
        #expect((points[t][i] - c.slow[index][i]).magnitude <= c.tolerance, "step \(t)")
      }
    }
  }

  /// The derivatives that the closed loops stand on.
  @Test func surfacesAgree() throws {
    for c in ReferenceCase.load("surfaces")["cases"] as! [[String: Any]] {
      let name = c["surface"] as! String
      let oracle = SurfaceOracle(name, dimension: c["dim"] as! Int)
      for p in c["points"] as! [[String: Any]] {
        let x = p["point"] as! [Double]
        var gradient = x
        let value = oracle.gradient(at: x, into: &gradient)
        let scale = 1 + abs(p["value"] as! Double)
        #expect(abs(value - (p["value"] as! Double)) <= 1e-12 * scale, "\(name)")
        for (a, b) in zip(gradient, p["grad"] as! [Double]) {
          #expect(abs(a - b) <= 1e-12 * (scale + abs(b)), "gradient of \(name) at \(x)")
        }
        var hessian = [Double](repeating: 0, count: x.count * x.count)
        do {
          var target = hessian.mutableSpan
          oracle.hessian(at: x.span, into: &target)
        }
        let expected = (p["hessian"] as! [[Double]]).flatMap { $0 }
        for (a, b) in zip(hessian, expected) {
          #expect(abs(a - b) <= 1e-11 * (scale + abs(b)), "Hessian of \(name) at \(x)")
        }
      }
    }
  }
}
