extension ExploreCommand: QuickCommand {
  static var quickWords: Int { 1 }
  static var quickForms: [QuickForm] { RunOptions.quickForms + ScreenOptions.quickForms }

  init(_ line: QuickLine) {
    self.init()
    options = RunOptions(line)
    screen = ScreenOptions(line)
  }
}

extension PresentCommand: QuickCommand {
  static var quickWords: Int { .max }
  static var quickForms: [QuickForm] {
    ScreenOptions.quickForms + [.value("course", takesDashes: false), .flag("notes")]
  }

  init(_ line: QuickLine) {
    self.init()
    scenes = line.words
    course = line.value("course")
    notes = line.has("notes")
    screen = ScreenOptions(line)
  }
}

extension RenderCommand: QuickCommand {
  static var quickWords: Int { 1 }
  static var quickForms: [QuickForm] {
    RunOptions.quickForms + AppearanceOptions.quickForms + ConfigOptions.quickForms
      + WaitOptions.quickForms + [
        .value("step"), .value("size"), .value("format", takesDashes: false),
        .value("view", takesDashes: false),
      ]
  }

  init(_ line: QuickLine) {
    self.init()
    options = RunOptions(line)
    appearance = AppearanceOptions(line)
    config = ConfigOptions(line)
    waiting = WaitOptions(line)
    step = line.value("step")
    size = line.value("size") ?? "120x36"
    format = line.value("format") ?? "text"
    view = line.value("view")
  }
}

extension TraceCommand: QuickCommand {
  static var quickWords: Int { 1 }
  static var quickForms: [QuickForm] {
    RunOptions.quickForms + [
      .value("every"), .value("format", takesDashes: false), .value("parameters", takesDashes: false),
    ]
  }

  init(_ line: QuickLine) {
    self.init()
    options = RunOptions(line)
    every = line.value("every")
    parameters = line.value("parameters")
    format = line.value("format") ?? "csv"
  }
}
