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
  var ownBindings: [Binding] {
    guard let lecture else { return type(of: view).keyTable }
    var bindings = Explorer.lectureBindings
    // What an open question waits for comes first.
    if let question = lecture.openQuestion {
      for index in bindings.indices {
        if bindings[index].keys == [.enter] { bindings[index].hint = (-3000, "Enter", "reveal") }
        if bindings[index].keys.count == 9, !question.choices.isEmpty {
          bindings[index].hint = (-2999, "1…\(question.choices.count)", "answer")
        }
      }
    }
    return bindings + type(of: view).keyTable
  }

  /// The keys of a lecture, as the help prints them. They come before all others.
  static let lectureBindings: [Binding] = [
    Binding(
      .lecture, "PageDown / PageUp",
      "next, previous beat; an open question is answered first, what plays is finished",
      hint: (-2000, "PgDn", "next"), keys: [.pageDown, .pageUp], []),
    Binding(.lecture, "Enter", "reveal the answer, then run", keys: [.enter], []),
    Binding(
      .lecture, "1 … 9", "answer while a question is open",
      keys: (1...9).map { .character(Character("\($0)")) }, []),
    Binding(.lecture, "b .", "black screen, and back", keys: [.character("b"), .character(".")], []),
    Binding(
      .lecture, "J", "jump to a scene or a beat", hint: (-1999, "J", "jump"), keys: [.character("J")], []),
    Binding(
      .lecture, "Backspace", "back to the beat, whatever was explored", hint: (-1998, "Backspace", "back"),
      keys: [.backspace], []),
    Binding(.lecture, "q", "end the lecture: asks once", keys: [.character("q")], []),
  ]

  // MARK: Keys

  /// A key of the lecture; nil if it has its usual meaning.
  mutating func handleInLecture(_ key: Key) -> Effect?? {
    guard let lecture else { return nil }
    let wasEnding = lecture.isEnding
    self.lecture?.isEnding = false
    if lecture.isBlack {
      // Any key brings the picture back; those of the lecture do no more than that.
      self.lecture?.isBlack = false
      switch key {
      case .pageDown, .pageUp, .character("b"), .character("."), .escape, .function(5): return .some(nil)
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
      guard let number = digit.wholeNumberValue, let question = lecture.openQuestion else { break }
      if (1...max(1, question.choices.count)).contains(number), !question.choices.isEmpty {
        self.lecture?.picked = number
      } else {
        status = .note(
          question.choices.isEmpty
            ? "this question has no choices: Enter reveals" : "there are \(question.choices.count) choices")
      }
    case .character("b"), .character("."): self.lecture?.isBlack = true
    case .character("J"): dialog = .jump(jumpList(lecture))
    case .backspace:
      showBeat()
      status = .note("back to the beat")
    case .character("q"):
      if wasEnding { return .some(.quit) }
      self.lecture?.isEnding = true
      status = .warning("q again ends the lecture")
    // Remotes send these.
    case .escape, .function(5): break
    default: return nil
    }
    return .some(nil)
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
    lecture?.isRevealed = true
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
    session = Session(lecture.scene, at: stage)
    undo = UndoStack()
    curveByEvaluations = false
    curveIsLogarithmic = true
    dialog = nil
    status = nil
    self.lecture?.isRevealed = false
    openSessionView()
    if stage.question == nil { playBeat() }
  }

  /// Whether what is shown is what the beat shows, or will.
  var isAtBeat: Bool {
    guard let lecture else { return true }
    let stage = lecture.stage
    return race.experiment == stage.experiment && openView == stage.view
      && (stage.step...max(stage.step, stage.until)).contains(race.step) && window == scene.experiment.window
  }

  // MARK: The jump list

  private func jumpList(_ lecture: Lecture) -> PickList {
    var items: [PickList.Item] = []
    for (index, scene) in lecture.scenes.enumerated() {
      items.append(
        PickList.Item(id: "\(index) -1", title: "\(index + 1)  \(scene.title)", detail: scene.caption))
      for (number, beat) in scene.beats.enumerated() {
        let words = beat.question?.text ?? beat.say ?? ""
        items.append(PickList.Item(id: "\(index) \(number)", title: "     beat \(number + 1)", detail: words))
      }
    }
    return PickList(title: "Jump", items: items, selected: "\(lecture.sceneIndex) \(lecture.beat)")
  }

  /// Goes where the jump list says.
  mutating func jump(to list: PickList) {
    let numbers = (list.choice?.id ?? "").split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 2 else {
      status = .note("no beat matches '\(list.query.text)'")
      return
    }
    lecture?.go(toScene: numbers[0], beat: numbers[1])
    showBeat()
  }

  // MARK: Painting

  /// A row of what is said to the class.
  struct LectureLine {
    var text: String
    var role: Role
    /// The number of the choice that it begins.
    var choice: Int?
  }

  /// What is said to the class, wrapped: the caption, the question with its choices, the answer once it is revealed.
  func lectureLines(width: Int) -> [LectureLine] {
    guard let lecture else { return [] }
    let stage = lecture.stage
    var lines: [LectureLine] = []
    func add(_ text: String, _ role: Role, choice: Int? = nil, prefix: String = "") {
      let indent = Text.width(of: prefix)
      for (row, part) in Text.wrapped(Text.sanitised(text), to: max(8, width - indent)).enumerated() {
        lines.append(
          LectureLine(
            text: (row == 0 ? prefix : String(repeating: " ", count: indent)) + part, role: role,
            choice: row == 0 ? choice : nil))
      }
    }
    guard let question = stage.question else {
      if !stage.caption.isEmpty { add(stage.caption, .caption) }
      return lines
    }
    add(question.text, .strong)
    for (index, choice) in question.choices.enumerated() {
      let number = index + 1
      let isRight = question.answer == number
      let role: Role =
        lecture.isRevealed ? (isRight ? .good : .muted) : lecture.picked == number ? .accent : .text
      let mark =
        lecture.isRevealed
        ? (isRight ? "✓" : lecture.picked == number ? "✗" : " ") : lecture.picked == number ? "▸" : " "
      add(choice, role, choice: number, prefix: "\(mark) \(number)  ")
    }
    // Below the answer, so that where there is little room the answer is what stays.
    if lecture.isRevealed, !stage.caption.isEmpty { add(stage.caption, .caption) }
    return lines
  }

  /// The caption in large, and below it where the lecture is.
  func paintLecture(on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look) -> [HitRegion] {
    guard let lecture else { return [] }
    var hits: [HitRegion] = []
    let area = layout.caption
    let lines = lectureLines(width: area.width - 2)
    for (row, line) in lines.prefix(area.height).enumerated() {
      let y = area.y + row
      canvas.text("▌", x: area.x, y: y, style: look.accent)
      let style = look.palette.style(line.role).adding(.bold)
      canvas.text(Text.truncated(line.text, to: area.width - 2), x: area.x + 2, y: y, style: style)
      if let choice = line.choice, lecture.openQuestion != nil {
        hits.append(
          HitRegion(
            Rect(x: area.x, y: y, width: area.width, height: 1), .key(.character(Character("\(choice)")))))
      }
    }
    if lines.isEmpty, layout.hints == nil {
      canvas.text(Text.truncated(lecture.place, to: area.width), x: area.x, y: area.y, style: look.muted)
    }
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

  /// Where the lecture is, at the right end of the row of hints; returns the columns it takes.
  func paintLecturePlace(on canvas: inout Canvas, _ row: Rect, _ look: Look) -> Int {
    guard let lecture else { return 0 }
    let minutes = Int(lecture.elapsed / 60)
    var text = "\(lecture.place)  \(minutes) min"
    if !isAtBeat { text = "exploring  \(text)" }
    guard Text.width(of: text) + 16 <= row.width else { return 0 }
    canvas.text(rightAligned: text, right: row.right, y: row.y, style: isAtBeat ? look.muted : look.accent)
    let bar = 10
    let left = row.right - Text.width(of: text) - bar - 2
    guard left >= row.x + 40 else { return Text.width(of: text) + 2 }
    canvas.progress(lecture.progress, x: left, y: row.y, width: bar, look)
    return row.right - left + 2
  }
}
