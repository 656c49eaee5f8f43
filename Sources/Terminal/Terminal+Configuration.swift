package import Canvas

extension Terminal {
  /// What a caller can choose.
  package struct Configuration: Sendable {
    /// Whether frames are marked as one, so that the terminal draws them at once.
    package enum Sync: String, Sendable, CaseIterable {
      /// Always, never, or where the terminal says that it knows the mark.
      case on, off, auto
    }

    /// Whether pictures stand beside the text.
    package enum Pictures: String, Sendable, CaseIterable {
      /// Never; wherever the terminal shows them; or only where it also reads them as fast as they are made.
      case off, on, auto
    }

    /// The colours to use; nil for what the terminal has.
    package var depth: ColourDepth?
    /// Whether frames are marked as one.
    package var sync: Sync
    /// Whether the mouse is reported; without it the terminal's own selection of text works.
    package var mouse: Bool
    /// Whether pictures stand beside the text.
    package var pictures: Pictures

    /// A configuration; what is not given follows the terminal.
    package init(
      depth: ColourDepth? = nil, sync: Sync = .auto, mouse: Bool = true, pictures: Pictures = .auto
    ) {
      self.depth = depth
      self.sync = sync
      self.mouse = mouse
      self.pictures = pictures
    }
  }
}
