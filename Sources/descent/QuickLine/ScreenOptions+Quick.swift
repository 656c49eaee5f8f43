extension AppearanceOptions: QuickArguments {
  static var quickForms: [QuickForm] {
    [
      .value("theme", takesDashes: false), .value("glyphs", takesDashes: false),
      .value("color", takesDashes: false),
    ]
  }

  init(_ line: QuickLine) {
    self.init()
    theme = line.value("theme")
    glyphs = line.value("glyphs")
    color = line.value("color") ?? "auto"
  }
}

extension ConfigOptions: QuickArguments {
  static var quickForms: [QuickForm] { [.flag("no-config")] }

  init(_ line: QuickLine) {
    self.init()
    withoutConfig = line.has("no-config")
  }
}

extension WaitOptions: QuickArguments {
  static var quickForms: [QuickForm] { [.value("wait")] }

  init(_ line: QuickLine) {
    self.init()
    wait = line.value("wait") ?? "60"
  }
}

extension TerminalOptions: QuickArguments {
  static var quickForms: [QuickForm] { [.value("sync", takesDashes: false), .flag("no-mouse")] }

  init(_ line: QuickLine) {
    self.init()
    sync = line.value("sync") ?? "auto"
    withoutMouse = line.has("no-mouse")
  }
}

extension ScreenOptions: QuickArguments {
  static var quickForms: [QuickForm] {
    AppearanceOptions.quickForms + ConfigOptions.quickForms + TerminalOptions.quickForms
  }

  init(_ line: QuickLine) {
    self.init()
    appearance = AppearanceOptions(line)
    config = ConfigOptions(line)
    terminal = TerminalOptions(line)
  }
}
