internal import CNcurses

/// The size of a terminal's window.
struct WindowSize: Equatable {
  /// In cells.
  var columns: Int
  /// In cells.
  var rows: Int
  /// The size of a cell in pixels; nil where the terminal does not tell.
  var cell: (width: Int, height: Int)?

  /// The size that the kernel has for a terminal; 80 by 24 where it knows none. The variables `LINES` and `COLUMNS` are
  /// not asked: a shell may have exported them for another window.
  static func measured(_ terminal: Int32) -> WindowSize {
    var size = winsize()
    guard cnc_window_size(terminal, &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return WindowSize(columns: 80, rows: 24)
    }
    let (columns, rows) = (Int(min(size.ws_col, 2000)), Int(min(size.ws_row, 1000)))
    let cell = (width: Int(size.ws_xpixel / size.ws_col), height: Int(size.ws_ypixel / size.ws_row))
    return WindowSize(columns: columns, rows: rows, cell: cell.width > 0 && cell.height > 0 ? cell : nil)
  }

  static func == (one: WindowSize, other: WindowSize) -> Bool {
    one.columns == other.columns && one.rows == other.rows && one.cell?.width == other.cell?.width
      && one.cell?.height == other.cell?.height
  }
}
