/// A landscape of the catalog that is the loss of a network.
struct NetworkEntry: CatalogEntry {
  let id: String
  let title: String
  let data: String
  let rows: Int
  var testShare = 0.0
  let hidden: [Int]
  var activation = Activation.relu
  var initialisation = Network.Initialization.torch
  let parts: [NetworkFamily.Part]
  var plane: String? { "random1,random2" }
  let watch: String
  let origin: String
  var note: String?

  private var settings: NetworkSettings? {
    guard let source = DataSets.named(data) else { return nil }
    var settings = NetworkSettings(source: source)
    settings.rows = rows
    settings.testShare = testShare
    settings.hidden = hidden
    settings.activation = activation
    settings.initialisation = initialisation
    return settings
  }

  var constants: [Constant] { settings.map { settings in parts.map { $0.constant(settings) } } ?? [] }

  func makeLandscape() throws(LandscapeError) -> Landscape {
    guard let settings else { throw LandscapeError("there are no data called '\(data)'") }
    let problem = try NetworkProblem(settings, family: NetworkFamily(settings: settings, parts: parts))
    return try Landscape(
      id: id, title: title, problem: problem, constants: constants, plane: plane, spacing: .log, watch: watch,
      source: origin, note: note)
  }
}
