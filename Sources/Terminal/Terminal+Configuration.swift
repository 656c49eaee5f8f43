package import Canvas

extension Terminal {
  /// What a caller can choose.
  package struct Configuration: Sendable {
    /// Whether frames are marked as one, so that the terminal draws them at once.
    package enum Sync: String, Sendable, CaseIterable {
      /// Always, never, or where the terminal says that it knows the mark.
      case on, off, auto
    }

    /// The colours to use; nil for what the terminal has.
    package var depth: ColourDepth?
    /// Whether frames are marked as one.
    package var sync: Sync
    /// Whether the mouse is reported; without it the terminal's own selection of text works.
    package var mouse: Bool

    /// A configuration; what is not given follows the terminal.
    package init(depth: ColourDepth? = nil, sync: Sync = .auto, mouse: Bool = true) {
      self.depth = depth
      self.sync = sync
      self.mouse = mouse
    }
  }
}
