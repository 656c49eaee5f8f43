/// A library in whose words an optimizer can be written.
public enum Framework: String, CaseIterable, Sendable {
  case torch, optax, keras

  /// Its name.
  public var title: String {
    switch self {
    case .torch: "PyTorch"
    case .optax: "Optax"
    case .keras: "Keras"
    }
  }
}
