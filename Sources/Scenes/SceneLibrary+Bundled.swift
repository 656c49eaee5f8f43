extension SceneLibrary {
  /// The scenes that were built into the binary: their names and their documents as text.
  public static var bundled: [(name: String, text: String)] { BundledScenes.documents }
}
