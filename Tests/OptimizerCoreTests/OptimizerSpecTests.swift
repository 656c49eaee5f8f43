import Testing
import TestSupport

@testable import OptimizerCore

@Suite struct OptimizerSpecTests {
  @Test(arguments: [
    ("adam", "adam"), ("adam:lr=0.10,beta2=0.99", "adam:lr=0.1,beta2=0.99"),
    ("adam : beta2 = 0.99 , lr = 1e-1", "adam:lr=0.1,beta2=0.99"),
    ("lookahead(sgd:lr=0.1):k=5,alpha=0.5", "lookahead(sgd:lr=0.1):k=5,alpha=0.5"),
    ("lookahead( lookahead(sgd) : k=3 )", "lookahead(lookahead(sgd):k=3)"),
    ("adamw:lr=0.1,schedule=warmup(20)>cosine(200)", "adamw:lr=0.1,schedule=warmup(20)>cosine(200)"),
    (
      "adamw:schedule=warmup(20, start=0.0) > cosine(steps=200,end=1e-1)*step(10),lr=0.1",
      "adamw:lr=0.1,schedule=warmup(20,start=0)>cosine(200,end=0.1)*step(10)"
    ),
    ("adam:bias_correction=false,eps_inside=1", "adam:bias_correction=off,eps_inside=on"),
    ("nesterov:form=torch", "nesterov:form=torch"), ("sgd:lr=1e-7", "sgd:lr=1e-7"),
  ])
  func normalises(_ text: String, _ expected: String) throws {
    let spec = try OptimizerSpec(text)
    #expect(spec.description == expected)
    #expect(try OptimizerSpec(spec.description) == spec)
  }

  @Test(arguments: [
    ("adma", "unknown optimizer 'adma', did you mean 'adam'?", 1),
    ("sgd:beta=0.9", "sgd has no key 'beta', its keys are lr, l2", 5),
    ("xyzzy", "unknown optimizer 'xyzzy'; `descent list optimizers` names them all", 1),
    ("sam(xyzzy)", "unknown optimizer 'xyzzy'; `descent list optimizers` names them all", 5),
    ("adam:lr=abc", "lr must be a number between 1e-8 and 100, got 'abc'", 9),
    ("adam:lr=nan", "lr must be a number between 1e-8 and 100, got 'nan'", 9),
    ("adam:lr=1e3", "lr must be between 1e-8 and 100, got '1e3'", 9),
    ("sam(sgd):p=abc", "p must be a number from 1 up to below 1000, or inf, got 'abc'", 12),
    ("sgd:schedule=step(10,abc)", "step: factor must be a number between 0 and 100, got 'abc'", 22),
    (
      "sgd:schedule=zzzz",
      "unknown schedule 'zzzz', the schedules are \(ScheduleRegistry.all.map(\.declaration.name).joined(separator: ", "))",
      14
    ),
    ("adam:lx=1", "adam has no key 'lx', did you mean 'lr'?", 6),
    ("sgd:lr=-1", "lr must be between 1e-8 and 100, got '-1'", 8),
    ("sgd:lr=0\n.1\u{1b}[2J", "lr must be a number between 1e-8 and 100, got '0\\u{A}.1\\u{1B}[2J'", 8),
    ("sgd:lr=0.1,lr=0.2", "lr is given twice", 12),
    ("sgd:lr", "'lr' needs a value, as in lr=0.1", 7),
    ("", "an optimizer begins with its name, as in adam:lr=0.01, but the text ends", 1),
    ("lookahead(sgd", "the parenthesis after 'lookahead' is not closed", 1),
    ("sgd)", "a closing parenthesis too many", 4),
    ("lookahead", "lookahead wraps another optimizer, write lookahead(sgd)", 1),
    ("lookahead(sgd):k=2.5", "k must be a whole number between 1 and 1000, got '2.5'", 18),
    ("adam:bias_correction=maybe", "bias_correction must be on or off, got 'maybe'", 22),
    ("nesterov:form=tourch", "form must be one of lookahead, torch, got 'tourch', did you mean 'torch'?", 15),
    ("sgd:schedule=cosin(5)", "unknown schedule 'cosin', did you mean 'cosine'?", 14),
    ("sgd:schedule=cosine()", "cosine needs steps, as in cosine(steps=…)", 14),
    ("sgd:schedule=constant()>cosine(5)", "constant() never ends, so nothing can follow it", 25),
    ("sgd:schedule=step(5,fctor=1)", "step has no argument 'fctor', its arguments are every, factor", 21),
  ])
  func explains(_ text: String, _ message: String, _ column: Int) {
    let error = #expect(throws: SpecError.self) { try OptimizerSpec(text) }
    #expect(error?.message == message)
    #expect(error?.column == column)
  }

  @Test func limitsDepthAndLength() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "lookahead(", count: depth) + "sgd" + String(repeating: ")", count: depth)
    }
    #expect(try OptimizerSpec(nested(8)).description == nested(8))
    #expect(throws: SpecError.self) { try OptimizerSpec(nested(9)) }
    #expect(throws: SpecError.self) { try OptimizerSpec(String(repeating: "lookahead(", count: 50_000)) }
    #expect(throws: SpecError.self) {
      try OptimizerSpec("sgd:lr=" + String(repeating: "0", count: 1000) + "1")
    }
  }

  @Test func reachesTheBase() throws {
    var spec = try OptimizerSpec("lookahead(lookahead(sgd:lr=0.1):k=3)")
    #expect(spec.setting("base.base.lr") == 0.1)
    #expect(spec.setting("base.k") == 3)
    #expect(spec.setting("k") == 5)
    #expect(spec.setting("lr") == nil)
    spec.set("base.base.lr", to: 0.25)
    try spec.set("base.alpha", parsing: "0.75")
    #expect(spec.description == "lookahead(lookahead(sgd:lr=0.25):k=3,alpha=0.75)")
    #expect(spec.makeScalar().value(of: "base.base.lr") == 0.25)
    #expect(spec.makeScalar().learningRate == 0.25)
    #expect(spec.displayName == "Lookahead(Lookahead(SGD))")
    #expect(spec.knobs.map(\.key) == ["k", "alpha", "base.k", "base.alpha", "base.base.lr", "base.base.l2"])
    #expect(try OptimizerSpec("lookahead(newton)").needs == .hessian)
  }

  /// No text crashes the parser, and what it accepts reads back the same.
  @Test func fuzz() {
    var random = SplitMix64(state: 20_261_120)
    let words = [
      "adam", "sgd", "lookahead", "nesterov", "lr", "beta", "form", "schedule", "cosine", "warmup", "steps",
      "(", ")",
      "(", ")", ":", ":", "=", "=", ",", ",", "*", ">", "|", "0.1", "1e-3", "-1", "nan", "inf", "9e999",
      "0x1p3", "on",
      "torch", "step(5)", "cosine(20)", " ", "\n", "é", "👩‍🚀", "\u{0}", "β", "k", "base.lr", ".", "-", "_",
      "m\u{302}",
    ]
    var accepted = 0
    for _ in 0..<8_000 {
      var text = ""
      for _ in 0..<Int(random.next() % 14) { text += words[Int(random.next() % UInt64(words.count))] }
      if let spec = try? OptimizerSpec(text) {
        accepted += 1
        #expect((try? OptimizerSpec(spec.description)) == spec, "\(text)")
      }
      _ = try? Schedule(text)
      _ = try? Noise(text)
    }
    // Mutations of good texts reach deeper.
    let good = Array(
      "lookahead(adamw:lr=0.1,amsgrad=on,schedule=warmup(20)*step(5,factor=0.5)>cosine(200)):k=5,alpha=0.5")
    for _ in 0..<8_000 {
      var text = good
      for _ in 0...Int(random.next() % 3) {
        let place = Int(random.next() % UInt64(text.count))
        switch random.next() % 3 {
        case 0: text.remove(at: place)
        case 1: text.insert(contentsOf: words[Int(random.next() % UInt64(words.count))], at: place)
        default: text.swapAt(place, Int(random.next() % UInt64(text.count)))
        }
      }
      if let spec = try? OptimizerSpec(String(text)) {
        accepted += 1
        #expect((try? OptimizerSpec(spec.description)) == spec, "\(String(text))")
      }
    }
    #expect(accepted > 150, "the fuzz reaches the accepting side: \(accepted)")
  }
}
