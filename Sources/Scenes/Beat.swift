public import Experiments
public import Landscapes
public import OptimizerCore

/// One beat of a lecture: what happens when the lecturer presses the key.
///
/// Effects happen in the order of the properties: knobs and what is run are set, the race is restarted, what is looked at
/// changes, the race plays until a step, and pauses. A question is open before the race plays; the answer is revealed, then it does.
public struct Beat: Sendable, Hashable {
  /// What is set.
  public var settings: [Setting]
  /// Where the runs start from here on.
  public var start: Point?
  /// The noise from here on.
  public var noise: Noise?
  /// The seed of everything random from here on.
  public var seed: UInt64?
  /// Whether the race begins again at step 0, with the knobs as they are now.
  public var restarts: Bool
  /// The view to change to, if it changes.
  public var view: ViewName?
  /// What pictures show from here on, if another part of the landscape.
  public var window: Window?
  /// What is drawn over the picture from here on.
  public var overlays: [Overlay]?
  /// The entry, by its name, whose arrows, fan and rates are shown from here on.
  public var selected: String?
  /// What the curves show from here on.
  public var curve: CurveChoice?
  /// What the view of the data shows of the models from here on.
  public var picture: DataPicture?
  /// Whether the names of the entries are hidden from here on; nil leaves it as it is.
  public var isBlind: Bool?
  /// What the caption says, if it changes.
  public var say: String?
  /// What the class is asked, if anything.
  public var question: Question?
  /// The step to play to; nil plays nothing.
  public var until: Int?
  /// For the lecturer.
  public var notes: String

  /// A beat as it is.
  public init(
    settings: [Setting] = [], start: Point? = nil, noise: Noise? = nil, seed: UInt64? = nil,
    restarts: Bool = false, view: ViewName? = nil, window: Window? = nil, overlays: [Overlay]? = nil,
    selected: String? = nil, curve: CurveChoice? = nil, picture: DataPicture? = nil, isBlind: Bool? = nil,
    say: String? = nil, question: Question? = nil, until: Int? = nil, notes: String = ""
  ) {
    self.settings = settings
    self.start = start
    self.noise = noise
    self.seed = seed
    self.restarts = restarts
    self.view = view
    self.window = window
    self.overlays = overlays
    self.selected = selected
    self.curve = curve
    self.picture = picture
    self.isBlind = isBlind
    self.say = say
    self.question = question
    self.until = until
    self.notes = notes
  }

  /// Whether it makes another run of the whole race, which then has to begin again.
  var changesRun: Bool { start != nil || noise != nil || seed != nil }

  /// Something that a beat, or an expectation, sets.
  public enum Setting: Sendable, Hashable {
    /// A knob of an entry or a constant of the landscape.
    case knob(KnobPath, Double)
    /// Whether an entry takes part, by its name: `sgd.on`.
    case entry(String, isOn: Bool)
  }

  /// A question to the class.
  public struct Question: Sendable, Hashable {
    /// What is asked.
    public var text: String
    /// What to choose from; at least two, or none for an open question.
    public var choices: [String]
    /// Which of the choices is right, from 1; nil for an open question.
    public var answer: Int?

    /// A question as it is.
    public init(_ text: String, choices: [String] = [], answer: Int? = nil) {
      self.text = text
      self.choices = choices
      self.answer = answer
    }

    /// The most choices: one a digit key.
    package static let mostChoices = 9
  }
}
