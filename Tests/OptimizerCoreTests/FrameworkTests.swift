import Foundation
import Testing

@testable import OptimizerCore

/// Lines of other frameworks that mean the same as a spec.
@Suite struct FrameworkTests {
  /// What a framework made of its line.
  struct Case: Sendable, CustomTestStringConvertible {
    let framework: Framework
    let spec: String
    let line: String
    let trajectory: [[Double]]
    var testDescription: String { line }
  }

  // A missing or broken file must fail loudly.
  // swift-format-ignore: NeverUseForceTry
  static let cases: [Case] = (ReferenceCase.load("frameworks")["cases"] as! [[String: Any]]).map {
    Case(
      framework: Framework(rawValue: $0["framework"] as! String)!, spec: $0["spec"] as! String,
      line: $0["line"] as! String, trajectory: $0["trajectory"] as! [[Double]])
  }

  /// The line is printed, and run by its framework it goes where the spec goes.
  @Test(arguments: cases) func theLineMeansTheSame(_ c: Case) throws {
    var spec = try OptimizerSpec(c.spec)
    #expect(try c.framework.line(for: spec) == c.line)
    // Keras keeps a rate in single precision, whatever the parameters are.
    if c.framework == .keras, let knob = spec.knobs.first(where: { $0.role == .rate }) {
      spec.set(knob.key, to: Double(Float(try #require(spec.setting(knob.key)))))
    }
    let oracle = SurfaceOracle("six_hump_camel", dimension: 2)
    let points = try path(spec.description, on: oracle, from: c.trajectory[0], steps: c.trajectory.count - 1)
    #expect(c.trajectory.count == 31)
    for (t, point) in points.enumerated() {
      for i in 0..<2 { #expect((point[i] - c.trajectory[t][i]).magnitude <= 1e-10, "step \(t)") }
    }
  }

  /// The arguments of a call as Python writes them.
  private static func arguments(_ call: String) -> [String: String]? {
    guard let open = call.firstIndex(of: "("), call.hasSuffix(")") else { return nil }
    var found: [String: String] = [:]
    var (depth, part) = (0, "")
    for character in call[call.index(after: open)...].dropLast() + "," {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      guard character == ",", depth == 0 else {
        part.append(character)
        continue
      }
      let sides = part.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if sides.count == 2 { found[sides[0]] = sides[1] }
      part = ""
    }
    return found
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    func parts(_ text: String) -> [String] {
      text.trimmingCharacters(in: CharacterSet(charactersIn: "() ")).split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    let (left, right) = (parts(a), parts(b))
    return left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || (Double($0) != nil && Double($0) == Double($1)) }
  }

  /// What PyTorch's arguments are where a call leaves them out.
  private static let usual = [
    "weight_decay": "0", "dampening": "0", "nesterov": "False", "momentum": "0", "amsgrad": "False",
    "centered": "False",
    "lr_decay": "0", "initial_accumulator_value": "0", "momentum_decay": "0.004",
    "decoupled_weight_decay": "False",
    "alpha": "0.99", "eps": "1e-8", "beta2_decay": "-0.8", "d": "1", "lambd": "1e-4", "t0": "1e6",
  ]

  /// PyTorch's own calls that made the reference, from the specs that they are.
  @Test func torchsLinesAreTheCallsOfTheReference() throws {
    var count = 0
    for file in [
      "sgd", "adagrad", "rmsprop", "adam", "adamw", "adamax", "adadelta", "nadam", "radam", "rprop", "asgd",
      "adafactor",
      "lbfgs",
    ] {
      let cases = try #require(ReferenceCase.load(file)["cases"] as? [[String: Any]])
      for json in cases where json["trajectory"] != nil {
        let call = try #require(json["peer_call"] as? String)
        guard call.hasPrefix("torch.optim."), let theirs = Self.arguments(call) else { continue }
        let reference = ReferenceCase(file, json)
        guard !Translation.leftOut.keys.contains(where: { reference.name.hasPrefix($0) }) else { continue }
        let spec = try OptimizerSpec(Translation.spec(reference))
        let line = try Framework.torch.line(for: spec)
        let ours = try #require(Self.arguments(line))
        #expect(line.prefix { $0 != "(" } == call.prefix { $0 != "(" }, "\(spec)")
        for (word, value) in theirs where word != "max_eval" {
          let mine = ours[word] ?? Self.usual[word] ?? "absent"
          #expect(Self.isSame(mine, value), "\(spec): \(word)=\(value), got \(line)")
        }
        for (word, value) in ours where theirs[word] == nil {
          #expect(
            Self.usual[word].map { Self.isSame($0, value) } ?? false,
            "\(spec): \(word)=\(value), not in \(call)")
        }
        count += 1
      }
    }
    #expect(count > 120, "\(count)")
  }

  /// Optax's own calls that made the reference of matrices.
  @Test func optaxsMuonIsTheCallOfTheReference() throws {
    let cases = MatrixReferenceTests.cases.filter { $0.name.hasPrefix("muon_optax") }
    let json = try #require(ReferenceCase.load("muon")["cases"] as? [[String: Any]])
    #expect(cases.count == 8)
    for c in cases {
      let call = try #require(
        json.first { $0["name"] as? String == c.name }?["peer_call"] as? String, "\(c.name)")
      let line = try Framework.optax.line(for: OptimizerSpec(MatrixReferenceTests.spec(c)))
      #expect(line.prefix { $0 != "(" } == "optax.contrib.muon")
      let (theirs, ours) = (try #require(Self.arguments(call)), try #require(Self.arguments(line)))
      // The usual coefficients and its own eps need no words there.
      let usual = ["ns_coeffs": "(3.4445, -4.775, 2.0315)", "eps": "1e-8"]
      for word in Set(theirs.keys).union(ours.keys) {
        let (mine, other) = (ours[word] ?? usual[word] ?? "absent", theirs[word] ?? usual[word] ?? "absent")
        #expect(Self.isSame(mine, other), "\(c.name): \(word)=\(other), got \(line)")
      }
    }
  }

  /// The knobs that a value is made of.
  private static func keys(in value: Phrase.Value) -> [String] {
    switch value {
    case .knob(let key): [key]
    case .tuple(let keys): keys
    case .literal, .base: []
    case .call(_, let arguments): arguments.flatMap { keys(in: $0.value) }
    }
  }

  /// No knob is forgotten: each has a word, is taken for granted, or means nothing in the form.
  @Test func everyKnobHasItsPlace() throws {
    for framework in Framework.allCases {
      // What a wrapper adds to its base's line has no arguments of its own.
      let phrases = OptimizerRegistry.all.flatMap { entry in
        framework.phrases(of: entry.about.id).filter { if case .line = $0.place { true } else { false } }
          .map { (entry: entry, phrase: $0) }
      }
      #expect(phrases.count >= 10)
      for (entry, phrase) in phrases {
        let said = Set(phrase.arguments.flatMap { Self.keys(in: $0.value) })
        let known = said.union(phrase.fixed.keys).union(phrase.idle)
        let keys = Set(entry.knobs.map(\.key))
        // Optax says a penalty with a line of its own.
        #expect(keys.subtracting(known).isEmpty, "\(phrase.call): \(keys.subtracting(known))")
        #expect(known.subtracting(keys).isEmpty, "\(phrase.call): \(known.subtracting(keys))")
        for (key, text) in phrase.fixed {
          let knob = try #require(entry.knobs.first { $0.key == key })
          #expect(throws: Never.self) { try knob.parse(text) }
        }
      }
    }
  }

  @Test(arguments: [
    (
      "adamw:lr=0.1", Framework.torch,
      "torch.optim.AdamW(params, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=False)"
    ),
    (
      "nesterov:lr=0.1,form=torch", .torch,
      "torch.optim.SGD(params, lr=0.1, momentum=0.9, weight_decay=0.0, nesterov=True)"
    ),
    (
      "nadam:lr=0.1,weight_decay=0.2", .torch,
      "torch.optim.NAdam(params, lr=0.1, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004, weight_decay=0.2, decoupled_weight_decay=True)"
    ),
    (
      "decay(adam:lr=0.1):weight_decay=0.3", .torch,
      "torch.optim.AdamW(params, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.3, amsgrad=False)"
    ),
    // PyTorch's Nesterov wants a momentum; without one it is plain descent.
    (
      "nesterov:lr=0.1,form=torch,beta=0", .torch, "torch.optim.SGD(params, lr=0.1, weight_decay=0.0)"
    ),
    ("nesterov:lr=0.1,beta=0,l2=0.5", .torch, "torch.optim.SGD(params, lr=0.1, weight_decay=0.5)"),
    ("decay(sgd:lr=0.1):weight_decay=0.3", .torch, "torch.optim.SGD(params, lr=0.1, weight_decay=0.3)"),
    (
      "adafactor:d=1,eps1=0.1", .torch,
      "torch.optim.Adafactor(params, lr=0.01, beta2_decay=-0.8, eps=(0.1, 0.001), d=1.0, weight_decay=0.0)"
    ),
    (
      "rprop:eta_minus=0.9,eta_plus=1.1", .torch,
      "torch.optim.Rprop(params, lr=0.01, etas=(0.9, 1.1), step_sizes=(1e-6, 50.0))"
    ),
    (
      "lbfgs:history=5", .torch,
      "torch.optim.LBFGS(params, lr=1.0, history_size=5, line_search_fn='strong_wolfe', max_iter=1, tolerance_grad=1e-9, tolerance_change=1e-12)"
    ),
  ])
  func aLineIsPrinted(_ spec: String, _ framework: Framework, _ line: String) throws {
    #expect(try framework.line(for: OptimizerSpec(spec)) == line)
  }

  @Test(arguments: [
    (
      "adam:bias_correction=off", Framework.torch,
      "no line of PyTorch means the same as adam:bias_correction=off: torch.optim.Adam has bias_correction=on"
    ),
    ("nesterov", .torch, "no line of PyTorch means the same as nesterov: torch.optim.SGD has form=torch"),
    ("yogi", .torch, "no line of PyTorch means the same as yogi: no line for Yogi is known here"),
    ("newton", .optax, "no line of Optax means the same as newton: no line for Newton is known here"),
    (
      "muon:average=on,scale=torch", .torch,
      "no line of PyTorch means the same as muon:average=on,scale=torch: torch.optim.Muon orthogonalises in numbers of sixteen bits, so that two digits are the same"
    ),
    (
      "adam:lr=0.1", .keras,
      "no line of Keras means the same as adam:lr=0.1: keras.optimizers.Adam has eps=0; its epsilon acts before the bias correction, so that only 0 is the same"
    ),
    (
      "average(sgd)", .optax,
      "no line of Optax means the same as average(sgd): no line for Average is known here"
    ),
    // What PyTorch refuses, or does in another way.
    (
      "momentum:beta=0,dampening=0.5", .torch,
      "no line of PyTorch means the same as momentum:beta=0,dampening=0.5: torch.optim.SGD has dampening=0 where beta=0"
    ),
    (
      "adafactor:d=0.5", .torch,
      "no line of PyTorch means the same as adafactor:d=0.5: torch.optim.Adafactor has d>=1"
    ),
    (
      "rprop:eta_minus=1", .torch,
      "no line of PyTorch means the same as rprop:eta_minus=1: torch.optim.Rprop has eta_minus<1<eta_plus"
    ),
    (
      "rprop:eta_plus=1", .torch,
      "no line of PyTorch means the same as rprop:eta_plus=1: torch.optim.Rprop has eta_minus<1<eta_plus"
    ),
    (
      "rprop:step_min=2,step_max=1", .torch,
      "no line of PyTorch means the same as rprop:step_min=2,step_max=1: torch.optim.Rprop has step_min<=step_max"
    ),
    (
      "rprop", .optax,
      "no line of Optax means the same as rprop: optax.rprop takes the step of the gradient before, so its first is none"
    ),
    (
      "lion:beta1=0", .keras,
      "no line of Keras means the same as lion:beta1=0: keras.optimizers.Lion has beta1>0"
    ),
    (
      "amsgrad:eps=0,form=paper", .keras,
      "no line of Keras means the same as amsgrad:eps=0,form=paper: keras.optimizers.Adam has form=torch; its epsilon acts before the bias correction, so that only 0 is the same"
    ),
    (
      "sam(sgd):p=inf", .optax,
      "no line of Optax means the same as sam(sgd):p=inf: optax.contrib.sam has p=2"
    ),
    (
      "clip(sgd:schedule=cosine(9))", .keras,
      "a line of Keras says the optimizer alone: leave schedule=cosine(9) out, and multiply its rate by it"
    ),
    (
      "sgd:schedule=cosine(9)", .torch,
      "a line of PyTorch says the optimizer alone: leave schedule=cosine(9) out, and multiply its rate by it"
    ),
  ])
  func whereThereIsNoneItIsSaid(_ spec: String, _ framework: Framework, _ message: String) throws {
    let spec = try OptimizerSpec(spec)
    #expect(throws: SpecError(message)) { try framework.line(for: spec) }
  }
}
