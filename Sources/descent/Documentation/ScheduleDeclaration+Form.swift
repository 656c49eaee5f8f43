import OptimizerCore

extension ScheduleDeclaration {
  /// The form in a spec: `cosine(steps, end=0, periodic=off)`.
  var form: String {
    let arguments = arguments.map { argument in
      argument.isRequired
        ? argument.knob.key : "\(argument.knob.key)=\(argument.knob.format(argument.knob.defaultValue))"
    }
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }
}
