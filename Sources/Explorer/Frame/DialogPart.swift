import Canvas

/// A part of a dialog that the mouse can hit.
enum DialogPart: Hashable {
  /// The box: the wheel goes up and down in it.
  case box
  /// A row of a list, with the first row shown: a click selects it, one on the selected row takes it.
  case item(Int, firstRow: Int, isSelected: Bool)
  /// A line being typed from its character `first` on, at the column `x`: a click or a drag moves the cursor.
  case line(first: Int, x: Int, widths: [Int])
  /// A completion of the command line, which a click takes.
  case completion(Int)
  /// A key of the help, which a click closes the help for.
  case help(Key)
}
