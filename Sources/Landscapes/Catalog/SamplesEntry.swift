/// A landscape of the catalog that is a mean over samples, in which constants may stand.
struct SamplesEntry: CatalogEntry {
  let id: String
  let title: String
  let source: String
  let model: [String]
  var loss = SampleLoss.squared
  var target: String?
  let start: [SampleSettings.Parameter]
  var rows: String?
  var penalty = "0"
  var testShare = 0.0
  var spacing: Spacing?
  var constants: [Constant] = []
  var window: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  var plane: String?
  let watch: String
  let origin: String
  var note: String?

  func makeLandscape() throws(LandscapeError) -> Landscape {
    let data: DataSource
    if let known = DataSets.named(source) {
      data = known
    } else {
      do throws(DataError) {
        data = .recipe(name: nil, try DataGenerator(source, constants: constants.map(\.name)))
      } catch {
        throw LandscapeError(error.description)
      }
    }
    var settings = SampleSettings(
      source: data, model: model, loss: loss, target: target ?? (loss.hasTarget ? data.names.last : nil),
      parameters: start)
    settings.rows = rows
    settings.penalty = penalty
    settings.testShare = testShare
    let problem = try SamplesProblem(
      settings, constants: constants.map { (name: $0.name, value: $0.value) })
    return try Landscape(
      id: id, title: title, problem: problem, constants: constants, plane: plane,
      window: window.map { Window(x: $0.x, y: $0.y) }, spacing: spacing, watch: watch, source: origin,
      note: note)
  }
}
