/// What the view of the data shows of the models, by the name that scenes call it.
public enum DataPicture: String, CaseIterable, Sendable, Hashable {
  /// What each model makes of the data: regions of classes, or its curve.
  case answers
  /// The units of the selected network, a hidden layer at a time.
  case units
  /// The sizes of what goes forward and backward through the layers of the selected network.
  case layers
  /// A layer's Fisher matrix beside the product that K-FAC takes for it.
  case fisher
}
