import Canvas

/// The keys of the explorer.
enum KeyMap {
  static let bindings: [Binding] = everywhere + views

  /// A line for each view that has a key.
  private static let views: [Binding] = Views.all.compactMap { view in
    view.key.map { Binding(.view, "\($0)", view.title, [(.character($0), .view(view.name))]) }
  }

  private static let everywhere: [Binding] = [
    Binding(.run, "space", "play, pause", hint: (0, "space", "play"), [(.character(" "), .playPause)]),
    Binding(
      .run, "n / p", "one step forward, back", hint: (1, "n p", "step"),
      [(.character("n"), .step(1)), (.character("p"), .step(-1))]),
    Binding(
      .run, "N / P", "ten steps forward, back", [(.character("N"), .step(10)), (.character("P"), .step(-10))]),
    Binding(
      .run, "Home 0 / End", "to the start, to the end of what was run",
      [(.home, .toStart), (.character("0"), .toStart), (.end, .toEnd)]),
    Binding(
      .run, "[ / ]", "slower, faster", hint: (8, "[ ]", "speed"),
      [(.character("["), .slower), (.character("]"), .faster)]),
    Binding(
      .run, "!", "as fast as the machine can, or so many steps a second", [(.character("!"), .unbounded)]),
    Binding(
      .run, "R", "rerun from the start: state cleared, knobs as they are, same seed", hint: (5, "R", "rerun"),
      [(.character("R"), .rerun)]),

    Binding(
      .race, "Tab / Shift-Tab", "next, previous entry", hint: (4, "tab", "next"),
      [(.tab, .selectEntry(1)), (.backTab, .selectEntry(-1))]),
    Binding(
      .race, "1 … 9", "switch that entry on or off",
      (1...9).map { (.character(Character("\($0)")), .switchEntry($0 - 1)) }),
    Binding(
      .race, "a / x", "add an entry from a list, remove the selected one", hint: (7, "a x", "add"),
      [(.character("a"), .addEntry), (.character("x"), .removeEntry)]),
    Binding(
      .race, "E", "edit the rule of the selected entry as text; Enter adds what it became to the race",
      [(.character("E"), .editRule)]),
    Binding(.race, "*", "spotlight: dim all but the selected entry", [(.character("*"), .spotlight)]),
    Binding(
      .race, "g / Ctrl-G", "ghost: keep the selected run in grey, go on with a copy; let the ghosts go",
      [(.character("g"), .keepGhost), (.control("g"), .clearGhosts)]),
    Binding(
      .race, "F", "fan: the selected entry under many draws of the noise; knobs: how many, how much",
      [(.character("F"), .fan)]),

    Binding(
      .knobs, "Up / Down", "previous, next knob", hint: (3, "↑ ↓", "knob"),
      [(.up, .selectKnob(-1)), (.down, .selectKnob(1))]),
    Binding(
      .knobs, "Left / Right", "turn the knob", hint: (2, "← →", "turn"),
      [(.left, .turn(-1, fine: false)), (.right, .turn(1, fine: false))]),
    Binding(
      .knobs, "{ / }", "turn it ten times finer",
      [(.character("{"), .turn(-1, fine: true)), (.character("}"), .turn(1, fine: true))]),
    Binding(
      .knobs, "#", "type its value, as a spec has it; a click on the value does the same",
      [(.character("#"), .typeValue)]),
    Binding(
      .knobs, "o / c / d", "knob to the theory's optimum, to the stability limit, to its default",
      [(.character("o"), .knobToOptimum), (.character("c"), .knobToLimit), (.character("d"), .knobToDefault)]),
    Binding(
      .knobs, "u / U",
      "undo, redo: knobs, landscape, entries, start, window; the playhead goes to where it was then",
      hint: (10, "u", "undo"),
      [(.character("u"), .undo), (.character("U"), .redo)]),

    Binding(
      .landscape, "L", "choose a landscape from a list", hint: (6, "L", "landscape"),
      [(.character("L"), .chooseLandscape)]),
    Binding(
      .landscape, "f", "type a formula", hint: (9, "f", "formula"), [(.character("f"), .typeFormula)]),
    Binding(
      .landscape, "< / >", "stretch the landscape: κ, or its first constant",
      [(.character("<"), .stretch(-1)), (.character(">"), .stretch(1))]),
    Binding(
      .landscape, "w / W", "rotate the landscape",
      [(.character("w"), .rotate(1)), (.character("W"), .rotate(-1))]),
    Binding(
      .landscape, "A", "other axes: the next plane through more than two parameters",
      [(.character("A"), .turnPlane)]),
    Binding(
      .landscape, "K",
      "choose the plane from a list: of parameters, directions, a path, the ends of two runs",
      [(.character("K"), .choosePlane)]),
    Binding(
      .landscape, "s", "move the start with the arrows; a click does the same", hint: (11, "s", "start"),
      [(.character("s"), .moveStart)]),

    Binding(
      .view, "h j k l", "pan",
      [
        (.character("h"), .pan(-1, 0)), (.character("j"), .pan(0, -1)), (.character("k"), .pan(0, 1)),
        (.character("l"), .pan(1, 0)),
      ]),
    Binding(
      .view, "+ = / - / z", "zoom in, out, reset the window; the wheel zooms",
      [
        (.character("+"), .zoom(1)), (.character("="), .zoom(1)), (.character("-"), .zoom(-1)),
        (.character("z"), .resetView),
      ]),
    Binding(
      .view, "Z", "frame what was run: the paths fill the picture", [(.character("Z"), .frameRuns)]),
    Binding(
      .view, "O",
      "over the landscape: arrows of the last step, its unit ball and the Hessian's axes, its terms, all, the field of its next step, nothing",
      [(.character("O"), .overlays)]),
    Binding(
      .view, "i", "event log: what happened when; Enter goes to that step", [(.character("i"), .eventLog)]),
    Binding(
      .view, "C", "curves: the next quantity; without a panel they open under the picture",
      [(.character("C"), .curveQuantity)]),
    Binding(
      .view, "t / \\", "curve against steps or evaluations; log, linear or log-log",
      [(.character("t"), .curveAxis), (.character("\\"), .curveScale)]),

    Binding(
      .screen, "X", "export to a file, its kind by its ending, or save as a scene (.yaml)",
      [(.character("X"), .export)]),
    Binding(
      .screen, "T / G / H", "theme, glyphs, hide the panels",
      [(.character("T"), .theme), (.character("G"), .glyphs), (.character("H"), .hidePanels)]),
    Binding(
      .screen, "B", "blind: hide which digit is which optimizer; again to reveal", [(.character("B"), .blind)]
    ),
    Binding(
      .screen, ":",
      "command line: the options' words and others, as torch: the entry in a framework's words; Tab completes",
      [(.character(":"), .commandLine)]),
    Binding(.screen, "Backspace", "everything back to the scene", [(.backspace, .backToScene)]),
    Binding(.screen, "Esc", "leave a dialog or a view", [(.escape, .leave)]),
    Binding(
      .screen, "Ctrl-L / Ctrl-Z", "repaint, suspend",
      [(.control("l"), .redraw), (.control("z"), .suspend)]),
    Binding(.screen, "?", "these keys", hint: (12, "?", "keys"), [(.character("?"), .help)]),
    Binding(
      .screen, "q Ctrl-C", "quit; the whole replay line is then printed on the shell",
      hint: (13, "q", "quit"), [(.character("q"), .quit), (.control("c"), .quit)]),

    Binding(
      .mouse, "click", "in the plot: the start; an entry: select it, its digit: switch it; a list: choose", []
    ),
    Binding(.mouse, "drag", "a slider: turn its knob; the plot with the right or middle button: pan", []),
    Binding(
      .mouse, "wheel", "the plot: zoom; a knob: turn it; speed, step, lists and this help: go through them",
      []),
    Binding(.mouse, "click a key", "in the hints below or on this page: as if it were typed", []),
  ]

  /// What a key asks for, nil for a key without a meaning.
  static func action(for key: Key) -> Action? {
    for binding in bindings {
      for stroke in binding.strokes where stroke.key == key { return stroke.action }
    }
    return nil
  }
}
