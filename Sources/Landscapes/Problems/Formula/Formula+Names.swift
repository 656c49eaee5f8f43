extension Formula {
  /// The functions that a formula may call.
  public static var functionNames: [String] { FormulaFunction.names }
}
