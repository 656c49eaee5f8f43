import Canvas
import Explorer
import Scenes

/// One frame of the explorer on standard output.
struct FrameText {
  /// `text`, `ansi` or `svg`.
  var format: String
  var size: FrameSize
  var appearance: AppearanceOptions
  var config: ConfigOptions
  var waiting: WaitOptions

  init(
    _ format: String, size: FrameSize, appearance: AppearanceOptions, config: ConfigOptions,
    waiting: WaitOptions
  ) {
    self.format = format
    self.size = size
    self.appearance = appearance
    self.config = config
    self.waiting = waiting
  }

  /// Writes one frame of an explorer that is set up as it should be, with all that can be computed in time.
  func write(_ scene: Scene, setUp: (inout Explorer) throws -> Void) throws {
    let chosen = try appearance.chosenDepth()
    let depth: ColourDepth =
      switch format {
      case "text": .none
      case "ansi": chosen ?? (Environment.refusesColour ? .none : .indexed256)
      default: chosen ?? .direct
      }
    let (settings, _, complaint) = try appearance.settings(from: config.file)
    if let complaint { Output.remark(complaint) }
    let glyphs = settings.glyphs
    let isUnicode = Environment.isUnicode || format == "svg"
    if let notice = AppearanceOptions.notice(glyphs: glyphs, isUnicode: isUnicode) {
      Output.remark(notice)
    }
    let seconds = try waiting.seconds()
    var explorer = Explorer(
      scene: scene,
      appearance: Appearance(
        theme: settings.theme, glyphs: glyphs ?? .braille, depth: depth, isUnicode: isUnicode),
      width: size.width, height: size.height)
    explorer.apply(settings)
    try setUp(&explorer)
    if let words = explorer.finishWork(Patience(seconds: seconds, tells: true)) {
      Output.remark("the picture is \(words); --wait gives it longer")
    }
    let frame = explorer.frame()
    switch format {
    case "text": Output.standard.write(frame.rows.map { $0 + "\n" }.joined())
    case "ansi": Output.standard.write(AnsiWriter.text(of: frame, depth: depth))
    default: Output.standard.write(SVGWriter.document(of: frame))
    }
  }
}
