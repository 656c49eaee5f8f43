/// The values of the arguments of one call, as given and checked.
public struct Arguments: Sendable, Hashable {
  private var given: [String: [Double]] = [:]
  private let declarations: [ArgumentDeclaration]

  /// Checks what was written against what is declared.
  init(_ call: CallText, declarations: [ArgumentDeclaration]) throws(SpecError) {
    self.declarations = declarations
    let keys = declarations.map(\.knob.key)
    for (index, argument) in call.arguments.enumerated() {
      let declaration: ArgumentDeclaration
      if let key = argument.key {
        guard let found = declarations.first(where: { $0.knob.key == key }) else {
          let list =
            keys.isEmpty ? "it takes no arguments" : "its arguments are \(keys.joined(separator: ", "))"
          throw SpecError("\(call.name) has no argument '\(key)', \(list)", column: argument.column)
        }
        declaration = found
      } else {
        guard index < declarations.count else {
          let list =
            keys.isEmpty
            ? "takes no arguments" : "takes at most \(keys.count) (\(keys.joined(separator: ", ")))"
          throw SpecError("\(call.name) \(list), got '\(argument.text)'", column: argument.column)
        }
        declaration = declarations[index]
      }
      let key = declaration.knob.key
      guard given[key] == nil else {
        throw SpecError("\(key) of \(call.name) is given twice", column: argument.column)
      }
      var values: [Double] = []
      let parts =
        declaration.isList
        ? argument.text.split(separator: "|", omittingEmptySubsequences: false) : [argument.text[...]]
      for part in parts {
        do {
          values.append(try declaration.knob.parse(part.filter { !$0.isWhitespace }))
        } catch {
          throw SpecError("\(call.name): \(error.message)", column: argument.column)
        }
      }
      given[key] = values
    }
    for declaration in declarations where declaration.isRequired && given[declaration.knob.key] == nil {
      throw SpecError(
        "\(call.name) needs \(declaration.knob.key), as in \(call.name)(\(declaration.knob.key)=…)",
        column: call.column)
    }
  }

  /// The value of an argument, its default if it was not given.
  subscript(key: String) -> Double {
    if let values = given[key] { return values[0] }
    guard let declaration = declarations.first(where: { $0.knob.key == key }) else {
      preconditionFailure("no argument '\(key)' is declared")
    }
    return declaration.knob.defaultValue
  }

  /// All values of an argument; none if it was not given.
  func list(_ key: String) -> [Double] { given[key] ?? [] }

  /// Whether an argument was given.
  func has(_ key: String) -> Bool { given[key] != nil }

  /// The arguments as text, in declared order, only those given; a required first one without its key.
  var text: String {
    var parts: [String] = []
    for (index, declaration) in declarations.enumerated() {
      guard let values = given[declaration.knob.key] else { continue }
      let value = values.map(declaration.knob.format).joined(separator: "|")
      parts.append(index == 0 && declaration.isRequired ? value : "\(declaration.knob.key)=\(value)")
    }
    return parts.joined(separator: ",")
  }
}
