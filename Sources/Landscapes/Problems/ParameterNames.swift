public import OptimizerCore

/// What parameters are called: a list of names, or the entries of the layout's blocks, which are named as they are asked
/// for because there may be millions.
public struct ParameterNames: Sendable, Hashable {
  private enum Source: Sendable, Hashable {
    case list([String])
    case layout(ParameterLayout)
  }

  private let source: Source

  /// Names in the order of the parameters.
  public init(_ names: [String]) { source = .list(names) }

  /// `W11`, `W12`, … for a matrix `W`, with a point between the numbers where one has two digits; `b1`, `b2`, … for a column.
  public init(entriesOf layout: ParameterLayout) { source = .layout(layout) }

  /// How many there are.
  public var count: Int {
    switch source {
    case .list(let names): names.count
    case .layout(let layout): layout.count
    }
  }

  /// The name of a parameter.
  public subscript(index: Int) -> String {
    switch source {
    case .list(let names): return names[index]
    case .layout(let layout):
      guard let block = layout.blocks.first(where: { $0.range.contains(index) }) else {
        preconditionFailure("there are \(layout.count) parameters, no number \(index)")
      }
      return Self.name(index - block.offset, in: block)
    }
  }

  private static func name(_ entry: Int, in block: ParameterLayout.Block) -> String {
    if block.columns == 1 { return "\(block.name)\(entry + 1)" }
    let separator = max(block.rows, block.columns) > 9 ? "." : ""
    return "\(block.name)\(entry / block.columns + 1)\(separator)\(entry % block.columns + 1)"
  }

  /// The parameter of a name; nil if there is none.
  public func index(of name: String) -> Int? {
    switch source {
    case .list(let names): return names.firstIndex(of: name)
    case .layout(let layout):
      for block in layout.blocks where name.hasPrefix(block.name) {
        guard let entry = Self.entry(of: name.dropFirst(block.name.count), in: block) else { continue }
        // Only the one spelling: `W011` is none.
        if Self.name(entry, in: block) == name { return block.offset + entry }
      }
      return nil
    }
  }

  private static func entry(of digits: Substring, in block: ParameterLayout.Block) -> Int? {
    if block.columns == 1 { return Int(digits).flatMap { (1...block.count).contains($0) ? $0 - 1 : nil } }
    let parts = digits.contains(".") ? digits.split(separator: ".") : [digits.prefix(1), digits.dropFirst()]
    guard parts.count == 2, let row = Int(parts[0]), let column = Int(parts[1]),
      (1...block.rows).contains(row), (1...block.columns).contains(column)
    else { return nil }
    return (row - 1) * block.columns + column - 1
  }

  /// The first names, at most so many.
  public func prefix(_ most: Int) -> [String] { (0..<min(count, most)).map { self[$0] } }
}
