import ArgumentParser
import Canvas
import Explorer
import Glibc
import OptimizerCore
import Scenes
import Terminal

/// `descent explore`: the explorer on a terminal.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the explorer. This is what happens without a command.",
    discussion:
      "Keys: space plays, n and p step, arrows turn knobs, Tab changes the entry, ? shows them all, q quits.")

  @OptionGroup var options: RunOptions
  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var config: ConfigOptions

  @OptionGroup var terminal: TerminalOptions

  mutating func run() throws {
    let terminal = try terminal.configuration(depth: try appearance.chosenDepth())
    let file = config.file
    let (settings, remembered, notice) = try appearance.settings(from: file)
    try Explore.open(
      [try options.makeScene()], settings: settings, over: remembered, notice: notice, file: file,
      terminal: terminal)
  }

  /// Opens the scene that is shown without a word on the command line, with what was remembered.
  static func openStandardScene() throws {
    let file = ConfigFile.standard
    let (settings, notice) = file?.load() ?? (Settings(), nil)
    try open([try Scene.find(SceneLibrary.defaultName)], settings: settings, notice: notice, file: file)
  }

  /// Opens a scene on the terminal, or a lecture of several, and returns when the person quits; the replay line is then
  /// printed.
  ///
  /// - Parameter scenes: the scene; of a lecture all of them, in order.
  /// - Parameter remembered: the settings of the last session, where others were asked for this once.
  /// - Parameter notice: what is to be said of the settings.
  /// - Parameter file: where settings that are changed are remembered; nil for nowhere.
  static func open(
    _ scenes: [Scene], asLecture: Bool = false, settings: Settings, over remembered: Settings? = nil,
    notice: String? = nil,
    file: ConfigFile? = nil,
    terminal configuration: Terminal.Configuration = Terminal.Configuration()
  ) throws {
    let terminal: Terminal
    do {
      terminal = try Terminal(configuration)
    } catch {
      throw Failure(.noTerminal, "\(error)")
    }
    let size = terminal.size
    let appearance = Appearance(
      theme: settings.theme, glyphs: terminal.glyphs, depth: terminal.depth,
      isUnicode: terminal.supportsUnicode)
    var explorer =
      asLecture
      ? Explorer(lecture: scenes, appearance: appearance, width: size.width, height: size.height)
      : Explorer(scene: scenes[0], appearance: appearance, width: size.width, height: size.height)
    explorer.apply(settings, over: remembered)
    let notices = [
      terminal.notice, notice,
      AppearanceOptions.notice(glyphs: settings.glyphs, isUnicode: terminal.supportsUnicode),
    ].compactMap(\.self)
    if !notices.isEmpty { explorer.note(notices.joined(separator: "; ")) }
    let end = ExplorerLoop.run(&explorer, on: terminal, remembering: file)
    terminal.close()
    switch end {
    case .quit:
      Output.standard.write(Text.sanitised(explorer.replayLine) + "\n")
      Output.standard.flush()
    case .hangup: break
    case .signal(let number): Terminal.die(by: number)
    }
  }
}

/// The options that say how the terminal is used, shared by the commands that open one.
struct TerminalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Synchronised output: on, off or auto.", valueName: "mode"),
    completion: .list(["on", "off", "auto"]))
  var sync: String = "auto"

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal, for selecting text.")
  var withoutMouse = false

  /// How the terminal is to be opened.
  func configuration(depth: ColourDepth?) throws -> Terminal.Configuration {
    guard let sync = Terminal.Configuration.Sync(rawValue: sync) else {
      throw Failure(.usage, "--sync must be on, off or auto, got '\(Excerpt.of(self.sync))'")
    }
    return Terminal.Configuration(depth: depth, sync: sync, mouse: !withoutMouse)
  }
}

extension Explore {
  /// Writes what an explorer shows; returns what to say of it.
  fileprivate static func export(_ explorer: Explorer, to name: String, force: Bool) -> String {
    var path = name
    if name.hasPrefix("~/"), let home = getenv("HOME").map({ String(cString: $0) }) {
      path = home + name.dropFirst()
    }
    do {
      if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
        let file = path.split(separator: "/").last ?? "scene.yaml"
        let files = try OutputFile.open([path], force: force)
        try files[0].write(explorer.document(named: String(file.prefix { $0 != "." })))
        try OutputFile.keep(files)
        return "wrote \(path)"
      }
      return "wrote \(try ExportCommand.write(explorer, to: path, force: force))"
    } catch let failure as Failure {
      return failure.message.replacing(
        "--force overwrites it", with: "type ! behind the name to overwrite it")
    } catch {
      return "\(path) could not be written: \(error)"
    }
  }
}

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

  static func run(_ explorer: inout Explorer, on terminal: Terminal, remembering file: ConfigFile?) -> End {
    /// What was said of a file that cannot be written is not said again.
    var complaint: String?
    var last = now()
    var needsFrame = true
    while true {
      if needsFrame {
        terminal.show(explorer.frame())
        needsFrame = false
      }
      // Woken for the next step, though not more often than frames are shown; never, while nothing moves.
      let timeout = explorer.timeToNextStep.map { step in
        Duration.seconds(max(0, max(step, interval) - (now() - last)))
      }
      switch terminal.nextEvents(timeout: timeout) {
      case .events(let events):
        let wasAnimating = explorer.isAnimating
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
            explorer.note(Explore.export(explorer, to: path, force: isForced))
          case .suspend:
            terminal.suspend()
            explorer.handle(.resize(width: terminal.size.width, height: terminal.size.height))
            last = now()
          case nil: break
          }
        }
        if !wasAnimating { last = now() }
      case .hangup: return .hangup
      case .signal(let number): return .signal(number)
      }
      if explorer.isAnimating {
        let time = now()
        if time - last >= interval {
          // A machine that slept does not make up for it in one frame.
          if explorer.advance(by: min(time - last, 1.25), elapsed: time - last) { needsFrame = true }
          last = time
        }
      }
    }
  }

  /// Seconds of a clock that only goes forward.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
