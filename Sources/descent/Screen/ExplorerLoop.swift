import Canvas
import Explorer
import Glibc
import Terminal

/// Events in, frames out, as fast as the terminal takes them and no faster than 60 a second.
enum ExplorerLoop {
  /// Why the loop ended.
  enum End {
    case quit
    case hangup
    case signal(Int32)
  }

  /// Seconds between two frames while something moves.
  static let interval = 1.0 / 60

  /// Seconds of stepping between two frames, so that there are more than 30 of them a second.
  ///
  /// - Parameter painting: what the last frame took. However dear frames are, some time is left for steps.
  static func work(beside painting: Double) -> Double { max(0.005, 0.030 - painting) }

  static func run(
    _ explorer: inout Explorer, on terminal: Terminal, remembering file: ConfigFile?,
    sharing notes: SharedNotes?
  ) -> End {
    /// The notes that a second terminal has.
    var shared: LectureNotes?
    /// What was said of a file that cannot be written is not said again.
    var complaint: String?
    var clock = PlayClock(at: Clock.seconds)
    var needsFrame = true
    /// Seconds that the last frame took.
    var painting = 0.0
    while true {
      if let notes, let current = explorer.lectureNotes, current != shared {
        notes.share(current, elapsed: explorer.lectureTime)
        shared = current
      }
      if needsFrame {
        let begin = Clock.seconds
        terminal.show(explorer.frame())
        painting = Clock.seconds - begin
        needsFrame = false
      }
      // Woken for the next step, though not more often than frames are shown; never, while nothing moves.
      let timeout = explorer.timeToNextStep.map { step in
        Duration.seconds(max(0, max(step, interval) - clock.waited(at: Clock.seconds)))
      }
      switch terminal.nextEvents(timeout: timeout) {
      case .events(let events):
        let time = Clock.seconds
        if !events.isEmpty || clock.waited(at: time) >= interval,
          clock.tick(&explorer, at: time, while: { Clock.seconds - time < work(beside: painting) })
        {
          needsFrame = true
        }
        for event in events {
          needsFrame = true
          switch explorer.handle(event) {
          case .quit: return .quit
          case .redraw: terminal.redraw()
          case .remember(let settings):
            if let reason = file?.save(settings), reason != complaint {
              explorer.note(reason)
              complaint = reason
            }
          case .export(let path, let isForced):
            explorer.note(explorer.export(to: path, force: isForced))
          case .suspend:
            terminal.suspend()
            explorer.handle(.resize(width: terminal.size.width, height: terminal.size.height))
            clock.skip(to: Clock.seconds)
          case nil: break
          }
        }
      case .hangup: return .hangup
      case .signal(let number): return .signal(number)
      }
    }
  }
}
