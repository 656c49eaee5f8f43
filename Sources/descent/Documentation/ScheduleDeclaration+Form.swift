import OptimizerCore

extension ScheduleDeclaration {
  /// The form in a spec: `cosine(steps, end=0, periodic=off)`, `warmup(steps, start=1/steps)`; of arguments that exclude
  /// each other, one: `exponential(rate=… or factor=…)`.
  var form: String {
    var parts: [String] = []
    for argument in arguments {
      let key = argument.knob.key
      if argument.isRequired {
        parts.append(key)
      } else if let other = argument.alternative {
        let isFirst = arguments.first { $0.knob.key == key || $0.knob.key == other }?.knob.key == key
        if isFirst { parts.append("\(key)=… or \(other)=…") }
      } else {
        parts.append("\(key)=\(argument.defaultText)")
      }
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}
