import Testing

@testable import OptimizerCore

/// Every optimizer of `torch.optim` under its name and the names of its arguments is understood, or answered with what is
/// right here.
@Suite struct TorchSpellingTests {
  /// What becomes of an argument.
  enum Answer {
    /// It is taken as this spec.
    case means(String)
    /// It is refused, with this advice; and this is what the advice comes to.
    case says(String, right: String)
    /// It is refused, with this advice, and there is nothing to write.
    case leaveOut(String)
  }

  struct Argument: CustomTestStringConvertible {
    let type: String
    let text: String
    let answer: Answer
    var testDescription: String { "\(type)(\(text))" }
  }

  private static func arguments(_ type: String, _ rows: KeyValuePairs<String, Answer>) -> [Argument] {
    rows.map { Argument(type: type, text: $0.key, answer: $0.value) }
      + ["maximize", "foreach", "differentiable", "capturable", "fused"].map {
        Argument(
          type: type, text: "\($0)=True",
          answer: .leaveOut($0 == "maximize" ? "--function '-(…)' turns it over" : "leave it out"))
      }
  }

  private static func penalty(_ id: String) -> Answer {
    .says("is l2=0.01 here; beside the gradient it is decay(\(id)):weight_decay=0.01", right: "\(id):l2=0.01")
  }

  /// The arguments of the classes of PyTorch 2.9.
  static let all: [Argument] =
    arguments(
      "SGD",
      [
        "lr=1e-3": .means("sgd:lr=0.001"),
        "momentum=0.9": .says("write momentum:beta=0.9", right: "momentum:beta=0.9"),
        "dampening=0.5": .says("write momentum:dampening=0.5", right: "momentum:dampening=0.5"),
        "weight_decay=0.01": penalty("sgd"),
        "nesterov=True": .says("write nesterov:form=torch", right: "nesterov:form=torch"),
        "nesterov=False": .leaveOut("leave it out"),
      ])
    + arguments(
      "Adam",
      [
        "lr=0.1": .means("adam:lr=0.1"), "betas=(0.9,0.99)": .means("adam:beta1=0.9,beta2=0.99"),
        "eps=1e-8": .means("adam:eps=1e-8"), "weight_decay=0.01": penalty("adam"),
        "amsgrad=True": .says("write amsgrad", right: "amsgrad"), "amsgrad=False": .leaveOut("leave it out"),
        "decoupled_weight_decay=True": .says("write adamw", right: "adamw"),
      ])
    + arguments(
      "AdamW",
      [
        "lr=0.1": .means("adamw:lr=0.1"), "betas=(0.9, 0.99)": .means("adamw:beta1=0.9,beta2=0.99"),
        "eps=1e-8": .means("adamw:eps=1e-8"), "weight_decay=0.02": .means("adamw:weight_decay=0.02"),
        "amsgrad=True": .means("adamw:amsgrad=on"), "amsgrad=False": .means("adamw:amsgrad=off"),
      ])
    + arguments(
      "Adamax",
      [
        "lr=0.1": .means("adamax:lr=0.1"), "betas=(0.9,0.99)": .means("adamax:beta1=0.9,beta2=0.99"),
        "eps=1e-8": .means("adamax:eps=1e-8"), "weight_decay=0.01": penalty("adamax"),
      ])
    + arguments(
      "NAdam",
      [
        "lr=0.1": .means("nadam:lr=0.1"), "betas=(0.9,0.99)": .means("nadam:beta1=0.9,beta2=0.99"),
        "eps=1e-8": .means("nadam:eps=1e-8"), "momentum_decay=4e-3": .means("nadam:momentum_decay=0.004"),
        "weight_decay=0.01": .means("nadam:weight_decay=0.01"),
        "decoupled_weight_decay=True": .leaveOut("decay beside the gradient is weight_decay"),
      ])
    + arguments(
      "RAdam",
      [
        "lr=0.1": .means("radam:lr=0.1"), "betas=(0.9,0.99)": .means("radam:beta1=0.9,beta2=0.99"),
        "eps=1e-8": .means("radam:eps=1e-8"), "weight_decay=0.01": .means("radam:weight_decay=0.01"),
        "decoupled_weight_decay=True": .leaveOut("a part of the gradient l2"),
      ])
    + arguments(
      "Adadelta",
      [
        "lr=1.0": .means("adadelta:lr=1"), "rho=0.9": .means("adadelta:rho=0.9"),
        "eps=1e-6": .means("adadelta:eps=1e-6"),
        "weight_decay=0.01": penalty("adadelta"),
      ])
    + arguments(
      "Adafactor",
      [
        "lr=0.01": .means("adafactor:lr=0.01"), "beta2_decay=-0.8": .means("adafactor:beta2_decay=-0.8"),
        "eps=(None,1e-3)": .means("adafactor:eps1=auto,eps2=0.001"), "d=1.0": .means("adafactor:d=1"),
        "weight_decay=0.01": .means("adafactor:weight_decay=0.01"),
      ])
    + arguments(
      "Adagrad",
      [
        "lr=0.01": .means("adagrad:lr=0.01"), "lr_decay=0.1": .means("adagrad:lr_decay=0.1"),
        "weight_decay=0.01": penalty("adagrad"), "eps=1e-10": .means("adagrad:eps=1e-10"),
        "initial_accumulator_value=0.1": .means("adagrad:initial=0.1"),
      ])
    + arguments(
      "ASGD",
      [
        "lr=0.01": .means("asgd:lr=0.01"), "lambd=1e-4": .means("asgd:lambd=0.0001"),
        "alpha=0.75": .means("asgd:alpha=0.75"),
        "t0=1e6": .means("asgd:t0=1000000"),
        "weight_decay=0.01": .says("decay(asgd):weight_decay=0.01", right: "decay(asgd):weight_decay=0.01"),
      ])
    + arguments(
      "LBFGS",
      [
        "lr=1": .means("lbfgs:lr=1"), "history_size=20": .means("lbfgs:history=20"),
        "line_search_fn=strong_wolfe": .means("lbfgs:line_search=strong-wolfe"),
        "max_iter=20": .leaveOut("--steps"), "max_eval=25": .leaveOut("--evaluations"),
        "tolerance_grad=1e-7": .leaveOut("until its budget is spent"),
        "tolerance_change=1e-9": .leaveOut("until its budget is spent"),
      ])
    + arguments(
      "Muon",
      [
        "lr=1e-3": .means("muon:lr=0.001"), "weight_decay=0.1": .means("muon:weight_decay=0.1"),
        "momentum=0.95": .means("muon:beta=0.95"), "nesterov=True": .means("muon:nesterov=on"),
        "ns_coefficients=(3.4445,-4.775,2.0315)": .says(
          "coefficients=quintic", right: "muon:coefficients=quintic"),
        "eps=1e-7": .means("muon:eps=1e-7"), "ns_steps=5": .means("muon:ns_steps=5"),
        "adjust_lr_fn=match_rms_adamw": .says("scale=match-rms", right: "muon:scale=match-rms"),
        "adjust_lr_fn=original": .says("original is scale=torch", right: "muon:scale=torch"),
        "use_addmm=True": .leaveOut("leave it out"),
      ])
    + arguments(
      "RMSprop",
      [
        "lr=0.01": .means("rmsprop:lr=0.01"), "alpha=0.99": .means("rmsprop:rho=0.99"),
        "eps=1e-8": .means("rmsprop:eps=1e-8"),
        "weight_decay=0.01": penalty("rmsprop"), "momentum=0.9": .means("rmsprop:momentum=0.9"),
        "centered=True": .means("rmsprop:centered=on"),
      ])
    + arguments(
      "Rprop",
      [
        "lr=0.01": .means("rprop:lr=0.01"), "etas=(0.5,1.2)": .means("rprop:eta_minus=0.5,eta_plus=1.2"),
        "step_sizes=(1e-6,50)": .means("rprop:step_min=1e-6,step_max=50"),
      ])

  @Test(arguments: all) func anArgumentIsUnderstoodOrAnswered(_ argument: Argument) throws {
    for name in [argument.type, argument.type.lowercased(), "torch.optim.\(argument.type)"] {
      let text = "\(name):\(argument.text)"
      switch argument.answer {
      case .means(let spec): #expect(try OptimizerSpec(text).description == spec)
      case .says(let advice, _), .leaveOut(let advice):
        #expect {
          try OptimizerSpec(text)
        } throws: { error in
          let error = error as? SpecError
          return error?.message.contains(advice) == true && error?.column == name.count + 2
        }
      }
    }
    // What is advised is right.
    if case .says(_, let right) = argument.answer { #expect(try OptimizerSpec(right).description == right) }
  }

  @Test func theSparseOneIsNamed() {
    #expect {
      try OptimizerSpec("SparseAdam:lr=0.1")
    } throws: { ($0 as? SpecError)?.message == "every gradient here is dense: write adam, not SparseAdam" }
  }

  /// Calls and values without a name.
  @Test(arguments: [
    ("adam:0.1", "a setting has a name: write adam:lr=0.1", 6),
    ("SGD:1e-3", "a setting has a name: write sgd:lr=1e-3", 5),
    ("adam(lr=0.1)", "settings stand behind a colon: write adam:lr=0.1", 1),
    (
      "Adam(lr=0.1, betas=(0.9, 0.999))",
      "settings stand behind a colon: write adam:lr=0.1,betas=(0.9,0.999)", 1
    ),
    ("lookahead(k=5)", "settings stand behind a colon: write lookahead(sgd):k=5", 1),
    ("lookahead(adam(lr=0.1))", "settings stand behind a colon: write adam:lr=0.1", 11),
    ("adam:betas=0.9", "betas takes (beta1,beta2), got '0.9'", 6),
    ("adam:betas=(0.9,0.99,0.999)", "betas takes (beta1,beta2), got '(0.9,0.99,0.999)'", 6),
    ("adam:betas=(0.9,2)", "beta2 must be between 0 and 0.999999, got '2'", 12),
    ("adam:beta1=0.9,betas=(0.9,0.99)", "beta1 is given twice", 16),
  ]) func theMessageSpellsItRight(_ text: String, _ message: String, _ column: Int) {
    #expect {
      try OptimizerSpec(text)
    } throws: { error in
      error as? SpecError == SpecError(message, column: column)
    }
  }

  /// An alias names keys that are there, and is no key itself.
  @Test func aliasesLeadToKeys() {
    for entry in OptimizerRegistry.all {
      let keys = Set(entry.knobs.map(\.key))
      #expect(Set(entry.aliases.map(\.word)).count == entry.aliases.count, "\(entry.about.id)")
      for alias in entry.aliases {
        #expect(!keys.contains(alias.word), "\(entry.about.id) \(alias.word)")
        if case .keys(let own) = alias.meaning {
          #expect(keys.isSuperset(of: own), "\(entry.about.id) \(alias.word)")
        }
      }
    }
  }

  @Test func wrappersTakeAWrappedOneInCapitals() throws {
    #expect(try OptimizerSpec("Lookahead(SGD:lr=0.1):k=5").description == "lookahead(sgd:lr=0.1):k=5")
    #expect(
      try OptimizerSpec("sam(adam:betas=(0.8,0.9)):rho=0.1").description
        == "sam(adam:beta1=0.8,beta2=0.9):rho=0.1")
  }
}
