/// Optax's lines.
extension Phrase {
  private static let rate: (String, Value) = ("learning_rate", .knob("lr"))
  private static let betas: [(String, Value)] = [("b1", .knob("beta1")), ("b2", .knob("beta2"))]
  private static let eps: (String, Value) = ("eps", .knob("eps"))
  private static let corrected = ["bias_correction": "on", "eps_inside": "off", "l2": "0"]

  static let optax: [Phrase] = [
    .init(id: "sgd", call: "optax.sgd", arguments: [rate], fixed: ["l2": "0"]),
    .init(
      id: "momentum", call: "optax.sgd",
      arguments: [rate, ("momentum", .knob("beta")), ("nesterov", .literal("False"))],
      fixed: ["dampening": "0", "l2": "0"]),
    .init(
      id: "nesterov", call: "optax.sgd",
      arguments: [rate, ("momentum", .knob("beta")), ("nesterov", .literal("True"))],
      fixed: ["form": "torch", "l2": "0"]),
    .init(
      id: "adagrad", call: "optax.adagrad",
      arguments: [rate, ("initial_accumulator_value", .knob("initial")), eps],
      fixed: ["lr_decay": "0", "eps_inside": "on", "l2": "0"]),
    .init(
      id: "rmsprop", call: "optax.rmsprop",
      arguments: [
        rate, ("decay", .knob("rho")), eps, ("eps_in_sqrt", .knob("eps_inside")),
        ("centered", .knob("centered")), ("momentum", .knob("momentum")),
      ], fixed: ["l2": "0"]),
    .init(
      id: "adadelta", call: "optax.adadelta", arguments: [rate, ("rho", .knob("rho")), eps],
      fixed: ["l2": "0"]),
    .init(id: "adam", call: "optax.adam", arguments: [rate] + betas + [eps], fixed: corrected),
    .init(
      id: "adam", call: "optax.adam",
      arguments: [rate] + betas + [("eps", .literal("0.0")), ("eps_root", .knob("eps"))],
      fixed: corrected.merging(["eps_inside": "on"]) { $1 }),
    .init(
      id: "amsgrad", call: "optax.amsgrad", arguments: [rate] + betas + [eps],
      fixed: corrected.merging(["form": "optax"]) { $1 }),
    .init(
      id: "adamw", call: "optax.adamw",
      arguments: [rate] + betas + [eps, ("weight_decay", .knob("weight_decay"))],
      fixed: ["bias_correction": "on", "eps_inside": "off", "amsgrad": "off"]),
    .init(id: "adamax", call: "optax.adamax", arguments: [rate] + betas + [eps], fixed: ["l2": "0"]),
    .init(
      id: "nadam", call: "optax.nadam", arguments: [rate] + betas + [eps],
      fixed: ["form": "optax", "weight_decay": "0", "l2": "0"], idle: ["momentum_decay"]),
    .init(
      id: "radam", call: "optax.radam", arguments: [rate] + betas + [eps],
      fixed: ["form": "optax", "weight_decay": "0", "l2": "0"]),
    .init(
      id: "adabelief", call: "optax.adabelief",
      arguments: [rate] + betas + [eps, ("eps_root", .knob("eps_root"))], fixed: [:]),
    .init(id: "yogi", call: "optax.yogi", arguments: [rate] + betas + [eps], fixed: ["initial": "1e-6"]),
    .init(
      id: "adan", call: "optax.adan",
      arguments: [rate] + betas + [
        ("b3", .knob("beta3")), eps, ("eps_root", .knob("eps_root")), ("weight_decay", .knob("weight_decay")),
      ], fixed: ["form": "optax"]),
    .init(
      id: "novograd", call: "optax.novograd",
      arguments: [rate] + betas + [
        eps, ("eps_root", .knob("eps_root")), ("weight_decay", .knob("weight_decay")),
      ], fixed: [:]),
    .init(
      id: "lion", call: "optax.lion", arguments: [rate] + betas + [("weight_decay", .knob("weight_decay"))],
      fixed: [:]),
    .init(id: "signsgd", call: "optax.sign_sgd", arguments: [rate], fixed: ["beta": "0"]),
  ]
}
