public import Experiments

/// A prepared experiment with the words that go with it: one YAML document.
///
/// Whatever a lecture does with it follows from this value alone: `stage(_:)` says what each beat shows.
public struct Scene: Sendable, Hashable {
  /// The name by which the command line calls it.
  public var name: String
  /// One line: what the audience sees.
  public var title: String
  /// Where the claim is from.
  public var source: String
  /// One line under the picture.
  public var caption: String
  /// For the lecturer.
  public var notes: String
  /// The place in the course, if it has one.
  public var order: Double?
  /// The claims of the lectures that it shows, by their numbers.
  public var claims: [Int]
  /// The courses that it is part of besides those of the lectures whose claims it shows.
  public var courses: [String]
  /// What is run.
  public var experiment: Experiment
  /// Steps a second when it plays.
  public var speed: Double
  /// The view to open with.
  public var view: ViewName
  /// The axes of the map view, if the scene names them.
  public var map: MapAxes?
  /// What is drawn over the picture; nil leaves it to the view.
  public var overlays: [Overlay]?
  /// The entry that is selected when it opens, by its name; nil for the first.
  public var selected: String?
  /// What the curves show; nil for what is usual.
  public var curve: CurveChoice?
  /// What the view of the data shows of the models.
  public var picture: DataPicture
  /// The only live knobs; nil if all are.
  public var controls: [KnobPath]?
  /// The beats of the lecture, in order; none if the scene is only looked at.
  public var beats: [Beat]
  /// What the audience is about to see, as statements that can be checked.
  public var expectations: [Expectation]

  /// The speed of a scene that names none, in steps a second.
  public static let defaultSpeed = 20.0
  /// The speeds that a scene may ask for, in steps a second.
  public static let speeds = 0.1...10_000.0

  /// A scene as it is.
  public init(
    name: String, title: String, source: String = "", caption: String = "", notes: String = "",
    order: Double? = nil, claims: [Int] = [], courses: [String] = [], experiment: Experiment,
    speed: Double = Scene.defaultSpeed,
    view: ViewName = .contour, map: MapAxes? = nil, overlays: [Overlay]? = nil,
    selected: String? = nil, curve: CurveChoice? = nil, picture: DataPicture = .answers,
    controls: [KnobPath]? = nil, beats: [Beat] = [],
    expectations: [Expectation] = []
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.caption = caption
    self.notes = notes
    self.order = order
    self.claims = claims
    self.courses = courses
    self.experiment = experiment
    self.speed = speed
    self.view = view
    self.map = map
    self.overlays = overlays
    self.selected = selected
    self.curve = curve
    self.picture = picture
    self.controls = controls
    self.beats = beats
    self.expectations = expectations
  }

  /// Whether a knob may be turned: one of `controls`, or any if there are none.
  public func isLive(_ knob: KnobPath) -> Bool { controls?.contains(knob) ?? true }
}
