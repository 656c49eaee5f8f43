import Canvas
import Experiments
import OptimizerCore
public import Scenes

extension Explorer {
  /// Opens a lecture at its beginning.
  public init(lecture scenes: [Scene], appearance: Appearance, width: Int, height: Int) {
    self.init(scene: scenes[0], appearance: appearance, width: width, height: height)
    lecture = Lecture(scenes)
    showBeat()
  }

  /// The keys that mean something of their own now: of the lecture, and of the view that is open.
  var ownBindings: [Binding] { (lecture?.bindings ?? []) + type(of: view).keyTable }

  // MARK: Keys

  /// A key of the lecture; the others have their usual meaning.
  mutating func handleInLecture(_ key: Key) -> KeyAnswer {
    guard let lecture else { return .unused }
    let wasEnding = lecture.isEnding
    self.lecture?.isEnding = false
    if lecture.isBlack {
      // Any key brings the picture back; those of the lecture do no more than that.
      self.lecture?.isBlack = false
      switch key {
      case .pageDown, .pageUp, .character("b"), .character("."), .escape, .function(5): return .used(nil)
      default: break
      }
    }
    switch key {
    case .pageDown: goOn()
    case .pageUp:
      if self.lecture?.goBack() ?? false {
        showBeat()
      } else {
        status = .note("this is the beginning: PageDown goes on")
      }
    case .enter where lecture.openQuestion != nil: reveal()
    case .character(let digit) where lecture.openQuestion != nil && ("1"..."9").contains(digit):
      pick(digit)
    case .character(let digit) where lecture.wasJustRevealed && ("1"..."9").contains(digit):
      // Meant for the question that has just been answered: entries are not switched off by surprise.
      break
    case .character("H"):
      self.lecture?.showsAll.toggle()
      status = .note(
        lecture.showsAll ? "the lecture's screen" : "knobs, replay line and keys: H hides them again")
    case .character("b"), .character("."): self.lecture?.isBlack = true
    case .character("J"): dialog = PickList.beats(of: lecture)
    case .backspace:
      showBeat()
      status = .note("back to the beat")
    case .character("q"):
      if wasEnding { return .used(.quit) }
      self.lecture?.isEnding = true
      status = .warning("q again ends the lecture")
    // Remotes send these.
    case .escape, .function(5): break
    default: return .unused
    }
    return .used(nil)
  }

  /// Takes a digit as the class's answer to the open question.
  private mutating func pick(_ digit: Character) {
    guard let number = digit.wholeNumberValue, let question = lecture?.openQuestion else { return }
    if question.choices.indices.contains(number - 1) {
      lecture?.picked = number
    } else {
      status = .note(
        question.choices.isEmpty
          ? "this question has no choices: Enter reveals" : "there are \(question.choices.count) choices")
    }
  }

  private mutating func goOn() {
    guard let lecture else { return }
    if lecture.openQuestion != nil, isAtBeat {
      reveal()
    } else if let until = session.playback.until, isPlaying {
      session.playback.until = nil
      pause(at: until)
    } else if self.lecture?.goOn() ?? false {
      showBeat()
    } else {
      status = .note("this was the last beat: PageUp goes back, q ends")
    }
  }

  private mutating func reveal() {
    if !isAtBeat { showBeat() }
    lecture?.reveal()
    playBeat()
  }

  /// Plays as far as the beat asks for.
  private mutating func playBeat() {
    guard let stage = lecture?.stage, stage.until > race.step else { return }
    session.playback.until = stage.until
    isPlaying = race.canStep
  }

  /// Shows the beat as its scene has it, and plays it unless a question is open.
  mutating func showBeat() {
    guard let lecture else { return }
    let stage = lecture.stage
    // Afresh: the curves show what was run ahead of the playhead, and nobody has yet.
    session = Session(lecture.scene, at: stage, frame: self.lecture?.frame() ?? lecture.scene.frame())
    undo = UndoStack()
    take(stage.curve)
    dialog = nil
    status = nil
    self.lecture?.hideAnswer()
    openSessionView()
    if stage.question == nil { playBeat() }
  }

  /// Whether what is shown is what the beat shows, or will.
  var isAtBeat: Bool {
    guard let lecture else { return true }
    let stage = lecture.stage
    return race.experiment == stage.experiment && openView == stage.view
      && (stage.step...max(stage.step, stage.until)).contains(race.step) && window == session.home
  }

  // MARK: Painting

  /// What is said to the class, and what the last key did.
  func paintLecture(_ lecture: Lecture, on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let (layout, look) = (context.layout, context.look)
    let area = layout.caption
    let hits = LectureCaption(lecture).paint(on: &canvas, area, showsPlace: layout.hints == nil, look)
    if let status {
      // Over the replay line, for as long as it says something: what the class is asked stays.
      let y = layout.replay?.y ?? area.bottom - 1
      canvas.fill(Rect(x: area.x, y: y, width: area.width, height: 1), .space, look.text)
      canvas.text(
        Text.truncated(status.text, to: area.width), x: area.x, y: y,
        style: status.kind == .warning ? look.warning : look.accent)
    }
    return hits
  }
}
