import Landscapes

/// What has been read of a landscape.
struct LandscapeDraft {
  var plane: String?
  var formula: String?
  var constants: [Constant] = []
  var minima: [Point]?
  var saddles: [Point]?
}
