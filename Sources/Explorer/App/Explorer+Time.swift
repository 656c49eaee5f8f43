import Canvas
import Experiments

/// What happens in the course of time: the race steps by itself, and views compute in the background.
extension Explorer {
  /// Whether time must pass for the picture to be right: nothing moves by itself otherwise.
  public var isAnimating: Bool { isPlaying || isWorking || lecture != nil }

  /// Whether something is being computed in the background that the last frame does not show yet.
  package var isWorking: Bool { progress < 1 }

  /// How much of what is computed in the background the last frame shows, from 0 to 1: all where no picture is shown.
  public var progress: Double {
    guard !(lecture?.isBlack ?? false), !ScreenLayout.isTooSmall(width, height) else { return 1 }
    return min(view.progress, session.fanProgress)
  }

  /// Waits until nothing is being computed in the background: for frames without a terminal.
  ///
  /// - Parameter goesOn: asked all the while; it takes a moment to answer, and no ends the wait.
  public mutating func finishWork(while goesOn: (() -> Bool)? = nil) {
    // What is to be computed is known once a frame has asked for it.
    _ = frame()
    while isWorking, goesOn?() ?? true {
      view.finishWork(while: goesOn)
      if view.progress < 1 { workOnView { goesOn?() ?? true } }
      _ = frame()
    }
  }

  /// Seconds between two frames that show what is being computed.
  static let workInterval = 1.0 / 45

  /// Seconds until the picture changes by itself: playing brings the next step, or more has been computed; nil while
  /// nothing moves by itself.
  public var timeToNextStep: Double? {
    var time = isPlaying ? max(0, 1 - session.playback.due) / speed : nil
    if isPlaying, session.playback.isUnbounded { time = 0 }
    if isWorking { time = min(time ?? .infinity, Explorer.workInterval) }
    // A lecture shows how many minutes it has taken.
    if let lecture { time = min(time ?? .infinity, 60 - lecture.elapsed.truncatingRemainder(dividingBy: 60)) }
    return time
  }

  /// Steps the race as far as `seconds` of playing bring it. Returns whether anything on the screen may have changed.
  ///
  /// - Parameters:
  ///   - elapsed: the seconds that a lecture has taken since; more than `seconds` where time was skipped.
  ///   - goesOn: asked after every step; no ends the stepping, and what is left of it is not made up for, so that keys are
  ///     answered however dear a step is. Where nobody is asked, playing as fast as the machine can takes a thousand steps.
  @discardableResult
  public mutating func advance(
    by seconds: Double, elapsed: Double? = nil, while goesOn: (() -> Bool)? = nil
  ) -> Bool {
    let isNewMinute = passTime(elapsed ?? seconds)
    // After the steps of the race, with what is left of the time.
    defer { if let goesOn, view.progress < 1 { workOnView(while: goesOn) } }
    guard isPlaying else { return isWorking || isNewMinute }
    session.playback.due =
      session.playback.isUnbounded
      ? (goesOn == nil ? 1000 : .infinity) : session.playback.due + max(0, seconds) * speed
    guard session.playback.due >= 1 else { return isWorking || isNewMinute }
    while session.playback.due >= 1 {
      session.playback.due -= 1
      guard race.advance() else {
        pauseAtEnd()
        break
      }
      if race.step == session.playback.until {
        session.playback.until = nil
        session.playback.pause()
      }
      if let goesOn, session.playback.due >= 1, !goesOn() { session.playback.due = 0 }
    }
    race.settle()
    return true
  }

  private mutating func workOnView(while goesOn: () -> Bool) {
    let context = context
    view.work(context, while: goesOn)
  }

  /// `!`: as fast as the machine can, or so many steps a second.
  mutating func switchUnbounded() {
    session.playback.isUnbounded.toggle()
    session.playback.due = 0
    status = .note(
      session.playback.isUnbounded
        ? "as fast as the machine can\(isPlaying ? "" : ", once it plays: space"); ! goes back"
        : "\(NumberText.setting(speed)) steps a second")
  }

  /// Counts the time of a lecture; true where it shows another number of minutes.
  private mutating func passTime(_ seconds: Double) -> Bool {
    guard let before = lecture?.elapsed else { return false }
    lecture?.elapsed += max(0, seconds)
    return Int(clamped: before / 60) != Int(clamped: (before + max(0, seconds)) / 60)
  }

  /// Goes to a step, as far as the budget and the runs allow.
  public mutating func seek(to step: Int) { race.seek(to: step) }

  /// Pauses at a step.
  mutating func pause(at step: Int) {
    isPlaying = false
    race.seek(to: step)
  }

  /// Pauses where no run can go on, and says why.
  mutating func pauseAtEnd() {
    session.playback.pause()
    let on = race.experiment.entries.filter(\.isOn).count
    if on == 0 {
      status = .note("every entry is off: 1 … 9 switch them on, a adds one")
    } else if let steps = race.experiment.budget.steps, race.step >= steps {
      status = .note("\(steps) steps are done, as the scene asks: space goes on, R reruns")
    } else if race.experiment.budget.evaluations != nil {
      status = .note("the budget of gradient evaluations is spent: space goes on, R reruns")
    } else {
      status = .note("every run has ended: R reruns")
    }
  }

  /// Plays, beyond the budget where nothing is left within it, or pauses.
  mutating func playPause() {
    if !isAtBeat { session.playback.until = nil }
    if isPlaying {
      isPlaying = false
    } else if race.canStep {
      isPlaying = true
    } else if race.experiment.budget != Budget(), race.experiment.entries.contains(where: \.isOn) {
      race.setBudget(Budget())
      isPlaying = race.canStep
      if !isPlaying { pauseAtEnd() }
    } else {
      pauseAtEnd()
    }
    session.playback.due = 0
  }

  /// Steps forward, beyond the budget too, or back.
  mutating func stepBy(_ steps: Int) {
    isPlaying = false
    if steps < 0 {
      race.seek(to: race.step + steps)
    } else {
      if !race.canStep, race.experiment.budget != Budget() { race.setBudget(Budget()) }
      let before = race.step
      race.seek(to: before + steps)
      if race.step == before { pauseAtEnd() }
    }
  }

  /// Goes to the next speed of the list.
  mutating func changeSpeed(by notches: Int) {
    let present = speed
    session.playback.isUnbounded = false
    if notches > 0 {
      speed = Playback.speeds.first { $0 > present } ?? present
    } else {
      speed = Playback.speeds.last { $0 < present } ?? present
    }
    if speed == present {
      status = .note(
        "\(NumberText.setting(speed)) \(speed == 1 ? "step" : "steps") a second is the limit; ! goes as fast as the machine can"
      )
    }
  }

  /// Begins again with the knobs as they are.
  mutating func rerun() {
    remember(.race)
    race.rerun()
    session.playback.due = 0
  }
}
