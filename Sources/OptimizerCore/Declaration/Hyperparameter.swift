/// A knob of an optimizer type, and how to read and write it.
public struct Hyperparameter<Owner: Optimizer>: Sendable {
  /// What it is to everybody else.
  public let knob: Knob
  /// Its value in an optimizer: a toggle is 0 or 1, a choice its index.
  public let read: @Sendable (Owner) -> Owner.Scalar
  /// Sets it in an optimizer; no state is reset.
  public let write: @Sendable (inout Owner, Owner.Scalar) -> Void

  /// A knob with its own way to be read and written.
  public init(
    _ knob: Knob, read: @escaping @Sendable (Owner) -> Owner.Scalar,
    write: @escaping @Sendable (inout Owner, Owner.Scalar) -> Void
  ) {
    self.knob = knob
    self.read = read
    self.write = write
  }

  /// A path to a stored property, safe to send.
  public typealias Path<Value> = any (WritableKeyPath<Owner, Value> & Sendable)

  /// A real number.
  public static func real(
    _ key: String, _ symbol: String, _ label: String, role: Knob.Role, default value: Double,
    in range: ClosedRange<Double>,
    scale: Knob.Scale = .linear, floor: Double? = nil, onset: Double? = nil,
    zeroWord: String? = nil, _ path: Path<Owner.Scalar>
  ) -> Hyperparameter {
    let knob = Knob(
      key: key, symbol: symbol, label: label, role: role, defaultValue: value, range: range, scale: scale,
      floor: floor, onset: onset, zeroWord: zeroWord)
    return Hyperparameter(knob, read: { $0[keyPath: path] }, write: { $0[keyPath: path] = $1 })
  }

  /// A whole number, each lane its own.
  public static func integer(
    _ key: String, _ symbol: String, _ label: String, role: Knob.Role, default value: Int,
    in range: ClosedRange<Int>,
    scale: Knob.Scale = .linear, _ path: Path<Owner.Scalar>
  ) -> Hyperparameter {
    let knob = Knob(
      key: key, symbol: symbol, label: label, role: role, kind: .integer, defaultValue: Double(value),
      range: Double(range.lowerBound)...Double(range.upperBound), scale: scale)
    return Hyperparameter(knob, read: { $0[keyPath: path] }, write: { $0[keyPath: path] = $1 })
  }

  /// A whole number that all lanes share.
  public static func integer(
    _ key: String, _ symbol: String, _ label: String, role: Knob.Role, default value: Int,
    in range: ClosedRange<Int>,
    scale: Knob.Scale = .linear, _ path: Path<Int>
  ) -> Hyperparameter {
    let knob = Knob(
      key: key, symbol: symbol, label: label, role: role, kind: .integer, defaultValue: Double(value),
      range: Double(range.lowerBound)...Double(range.upperBound), scale: scale, variesByLane: false)
    return Hyperparameter(
      knob, read: { Owner.Scalar(repeating: Double($0[keyPath: path])) },
      write: { $0[keyPath: path] = Int(knob.clamped($1[lane: 0].rounded())) })
  }

  /// A switch that all lanes share.
  public static func toggle(
    _ key: String, _ symbol: String, _ label: String, default value: Bool, _ path: Path<Bool>
  ) -> Hyperparameter {
    let knob = Knob(
      key: key, symbol: symbol, label: label, role: .form, kind: .toggle, defaultValue: value ? 1 : 0,
      range: 0...1,
      variesByLane: false)
    return Hyperparameter(
      knob, read: { Owner.Scalar(repeating: $0[keyPath: path] ? 1 : 0) },
      write: { $0[keyPath: path] = $1[lane: 0] != 0 })
  }

  /// One of some words, stored as its index, that all lanes share.
  public static func choice(
    _ key: String, _ symbol: String, _ label: String, of words: [String], default value: Int = 0,
    _ path: Path<Int>
  ) -> Hyperparameter {
    let knob = Knob(
      key: key, symbol: symbol, label: label, role: .form, kind: .choice(words), defaultValue: Double(value),
      range: 0...Double(words.count - 1), variesByLane: false)
    return Hyperparameter(
      knob, read: { Owner.Scalar(repeating: Double($0[keyPath: path])) },
      write: { $0[keyPath: path] = Int(knob.clamped($1[lane: 0].rounded())) })
  }
}
