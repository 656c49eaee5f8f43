/// A landscape of the catalog over a matrix. Entries of the matrices may be expressions of the constants.
struct MatrixEntry: CatalogEntry {
  let id: String
  let title: String
  let a: String
  let b: String
  let target: MatrixFamily.Target
  /// Where runs start.
  let start: String
  var constants: [Constant] = []
  let plane: String?
  let watch: String
  let source: String
  var note: String?

  func makeLandscape() throws(LandscapeError) -> Landscape {
    let family = try MatrixFamily(
      a: a, b: b, target: target, start: start, constants: constants.map(\.name))
    return try Landscape(
      id: id, title: title, problem: family.problem(constants.map(\.value)), constants: constants,
      plane: plane, spacing: .log, watch: watch, source: source, note: note)
  }
}
