import ArgumentParser
import Canvas
import OptimizerCore
import Terminal

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
