/// Keras' lines. Its weight decay is always beside the gradient.
extension Phrase {
  private static let rate: (String, Value) = ("learning_rate", .knob("lr"))
  private static let betas: [(String, Value)] = [("beta_1", .knob("beta1")), ("beta_2", .knob("beta2"))]
  private static let epsilon: (String, Value) = ("epsilon", .knob("eps"))
  private static let uncorrected = "its epsilon acts before the bias correction, so that only 0 is the same"

  static let keras: [Phrase] = [
    .init(id: "sgd", call: "keras.optimizers.SGD", arguments: [rate], fixed: ["l2": "0"]),
    .init(
      id: "momentum", call: "keras.optimizers.SGD",
      arguments: [rate, ("momentum", .knob("beta")), ("nesterov", .literal("False"))],
      fixed: ["dampening": "0", "l2": "0"]),
    .init(
      id: "nesterov", call: "keras.optimizers.SGD",
      arguments: [rate, ("momentum", .knob("beta")), ("nesterov", .literal("True"))],
      fixed: ["form": "torch", "l2": "0"]),
    .init(
      id: "adagrad", call: "keras.optimizers.Adagrad",
      arguments: [rate, ("initial_accumulator_value", .knob("initial")), epsilon],
      fixed: ["lr_decay": "0", "eps_inside": "on", "l2": "0"]),
    .init(
      id: "rmsprop", call: "keras.optimizers.RMSprop",
      arguments: [
        rate, ("rho", .knob("rho")), ("momentum", .knob("momentum")), epsilon,
        ("centered", .knob("centered")),
      ], fixed: ["eps_inside": "on", "l2": "0"]),
    .init(
      id: "adadelta", call: "keras.optimizers.Adadelta", arguments: [rate, ("rho", .knob("rho")), epsilon],
      fixed: ["l2": "0"]),
    .init(
      id: "adam", call: "keras.optimizers.Adam", arguments: [rate] + betas + [epsilon],
      fixed: ["eps": "0", "bias_correction": "on", "l2": "0"], idle: ["eps_inside"], remark: uncorrected),
    .init(
      id: "adamw", call: "keras.optimizers.AdamW",
      arguments: [rate] + betas + [epsilon, ("weight_decay", .knob("weight_decay"))],
      fixed: ["eps": "0", "bias_correction": "on", "amsgrad": "off"], idle: ["eps_inside"],
      remark: uncorrected),
    .init(
      id: "adamax", call: "keras.optimizers.Adamax", arguments: [rate] + betas + [epsilon],
      fixed: ["eps": "0", "l2": "0"],
      remark: "its epsilon is added to the maximum, so that only 0 is the same"),
    .init(
      id: "lion", call: "keras.optimizers.Lion",
      arguments: [rate] + betas + [("weight_decay", .knob("weight_decay"))], fixed: [:]),
  ]
}
