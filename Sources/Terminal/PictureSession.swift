internal import Canvas
internal import Pixels

/// Pictures beside the text: whether the terminal shows them, and whether it keeps up.
///
/// It is asked behind the first frame, which never waits. All its answers come in order, so the last one also tells how long
/// the frame took on its way. From then on every frame with pictures ends with a question, and the next one is sent when that
/// is answered: what the terminal has not read yet is at most one frame, however much the line between holds.
struct PictureSession {
  /// Milliseconds in which a first frame may take any way.
  private static let quick = 250
  /// Bytes a second below which the line is too slow for pictures: a serial one has 11 thousand.
  private static let leastRate = 20_000
  /// Milliseconds that a frame with pictures may take.
  private static let longest = 250
  /// So many slow frames in a row are too many.
  private static let mostSlow = 5
  /// Milliseconds after which an answer is lost.
  private static let patience = 3000

  /// Whether pictures are shown even where the terminal is slow.
  private let insists: Bool
  /// What was asked, when, and behind how many bytes.
  private var question: (time: Int, bytes: Int)?
  /// When the frame was sent whose answer has not come.
  private var sentAt: Int?
  private var slowFrames = 0
  private var layers: PictureLayers?
  /// Whether pictures are shown from now on.
  private(set) var isOn = false

  /// Pictures on a terminal of which nothing is known.
  init(_ pictures: Terminal.Configuration.Pictures) { insists = pictures == .on }

  /// What asks for pictures, for the size of a cell, and for any answer.
  static func questions(isMultiplexed: Bool) -> [UInt8] {
    // A multiplexer would take the first for a title.
    (isMultiplexed ? [] : KittyGraphics.query(id: queryID)) + Array("\u{1b}[16t\u{1b}[c".utf8)
  }

  static let queryID: UInt32 = 31
  /// What is answered by every terminal when it has come so far.
  static let mark = Array("\u{1b}[c".utf8)

  /// What takes away pictures that may be there, or be half sent; nothing where none were ever shown.
  var removal: [UInt8] {
    guard let removal = layers?.removal, !removal.isEmpty else { return [] }
    return Array("\u{1b}\\".utf8) + removal
  }

  /// Notes that the questions went out.
  mutating func asked(at now: Int, behind bytes: Int) { question = (now, bytes) }

  /// Whether the last frame with pictures has not been answered.
  func isWaiting(at now: Int) -> Bool { sentAt.map { now - $0 < PictureSession.patience } ?? false }

  /// Takes in that the terminal has answered the last question; what changes for whoever draws, if anything does.
  mutating func answered(_ answer: PictureAnswer, cell: CellSize?, at now: Int) -> Event? {
    if let question {
      self.question = nil
      let time = max(now - question.time, 1)
      guard let means = answer.means, let cell,
        insists || time <= PictureSession.quick || question.bytes * 1000 / time >= PictureSession.leastRate
      else { return nil }
      layers = PictureLayers(means, cell: cell)
      isOn = true
      return .showsPictures(true)
    }
    guard let sentAt else { return nil }
    self.sentAt = nil
    slowFrames = now - sentAt > PictureSession.longest ? slowFrames + 1 : 0
    guard isOn, !insists, slowFrames >= PictureSession.mostSlow else { return nil }
    isOn = false
    return .showsPictures(false)
  }

  /// A canvas as its text is to be sent.
  func text(of canvas: Canvas) -> Canvas { layers?.text(of: canvas) ?? canvas }

  /// What brings the pictures of a canvas to the terminal, with a question behind it; nothing where all is as it was.
  ///
  /// - Parameters:
  ///   - text: its text, as it is sent.
  ///   - before: the text that the terminal showed.
  mutating func bytes(for canvas: Canvas, text: Canvas, over before: Canvas?) -> [UInt8] {
    guard layers != nil else { return [] }
    let touched = before.map(text.changedColumns) ?? []
    guard let bytes = layers?.bytes(for: canvas, touched: touched), !bytes.isEmpty else { return [] }
    return bytes + PictureSession.mark
  }

  /// Notes that a frame with pictures goes out.
  mutating func sent(at now: Int) { sentAt = now }

  /// Forgets what the terminal shows: it was cleared, or somebody else had it.
  ///
  /// - Parameter cell: how large its cells are now.
  mutating func forget(cell: CellSize?) {
    sentAt = nil
    if let layers, let cell, cell != layers.cell {
      self.layers = PictureLayers(layers.means, cell: cell)
    } else {
      layers?.forget()
    }
  }
}
