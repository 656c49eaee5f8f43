import Canvas
import Explorer
import Glibc
import Pixels
import Scenes

/// One frame of the explorer on standard output.
struct FrameText {
  /// What a frame may be written as.
  enum Form: String, CaseIterable {
    case text, ansi, svg, png
  }

  var form: Form
  var size: FrameSize
  var appearance: AppearanceOptions
  var config: ConfigOptions
  var waiting: WaitOptions

  init(
    _ form: Form, size: FrameSize, appearance: AppearanceOptions, config: ConfigOptions,
    waiting: WaitOptions
  ) {
    self.form = form
    self.size = size
    self.appearance = appearance
    self.config = config
    self.waiting = waiting
  }

  /// Writes one frame of an explorer that is set up as it should be, with all that can be computed in time.
  func write(_ scene: Scene, setUp: (inout Explorer) throws -> Void) throws {
    if form == .png, isatty(1) == 1 {
      throw Failure(
        .usage, "a picture is no text for a terminal; send it to a file: --format png > frame.png")
    }
    let chosen = try appearance.chosenDepth()
    let depth: ColourDepth =
      switch form {
      case .text: .none
      case .ansi: chosen ?? (Environment.refusesColour ? .none : .indexed256)
      case .svg, .png: chosen ?? .direct
      }
    let (settings, _, complaint) = try appearance.settings(from: config.file)
    if let complaint { Output.remark(complaint) }
    let glyphs = settings.glyphs
    let isUnicode = Environment.isUnicode || form == .svg || form == .png
    if let notice = AppearanceOptions.notice(glyphs: glyphs, isUnicode: isUnicode) {
      Output.remark(notice)
    }
    let seconds = try waiting.seconds()
    var explorer = Explorer(
      scene: scene,
      appearance: Appearance(
        theme: settings.theme,
        glyphs: glyphs ?? AppearanceOptions.usualGlyphs(inPicture: form == .svg || form == .png),
        depth: depth, isUnicode: isUnicode),
      width: size.width, height: size.height)
    explorer.apply(settings)
    if form == .png { explorer.handle(.showsPictures(glyphs == .pixels)) }
    try setUp(&explorer)
    if let words = explorer.finishWork(Patience(seconds: seconds, tells: true)) {
      Output.remark("the picture is \(words); --wait gives it longer")
    }
    let frame = explorer.frame()
    switch form {
    case .text: Output.standard.write(frame.rows.map { $0 + "\n" }.joined())
    case .ansi: Output.standard.write(AnsiWriter.text(of: frame, depth: depth))
    case .svg: Output.standard.write(SVGWriter.document(of: frame))
    case .png:
      Output.standard.write(
        PNGWriter.file(of: PixelImage(screen: frame, Palette(theme: settings.theme, depth: .direct))))
    }
  }
}
