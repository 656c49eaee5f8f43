/// The graphics protocol of kitty as bytes: pictures over or under the text, each known to the terminal by a number.
public enum KittyGraphics {
  /// The most characters of a payload in one command.
  static let chunk = 4096

  /// Asks whether the terminal knows the protocol: it answers `ESC _ G i=N;OK ESC \`, or nothing.
  ///
  /// Ask for the device attributes behind it, which every terminal answers.
  public static func query(id: UInt32) -> [UInt8] {
    EscapeSequence.application("Gi=\(id),s=1,v=1,a=q,t=d,f=24;", "AAAA".utf8)
  }

  /// Sends a picture and shows it with its top left corner in that of a cell.
  ///
  /// - Parameters:
  ///   - column: the cell, counted from 0.
  ///   - depth: pictures of a lower number lie below; negative ones below the text.
  ///   - size: how many cells it is stretched over; nil for as many as its pixels take.
  public static func show(
    _ image: PixelImage, id: UInt32, column: Int, row: Int, depth: Int32,
    over size: (columns: Int, rows: Int)? = nil
  ) -> [UInt8] {
    // No answer (q=2), the cursor stays (C=1), one placement a picture (p=1).
    let stretch = size.map { ",c=\($0.columns),r=\($0.rows)" } ?? ""
    let control = "a=T,i=\(id),p=1,q=2,C=1,z=\(depth)\(stretch)"
    return EscapeSequence.drawn(sent(image, control, continuation: "q=2"), column: column, row: row)
  }

  /// Puts a picture in the place of a part of one that is shown.
  ///
  /// - Parameters:
  ///   - left: pixels from the left side of the shown picture.
  ///   - top: pixels from its top.
  public static func replace(_ part: PixelImage, id: UInt32, left: Int, top: Int) -> [UInt8] {
    // The first frame (r=1) is what is shown; pixels are replaced, not laid over each other (X=1).
    // Some versions take a further piece for one of the picture only if it names picture and frame.
    sent(part, "a=f,i=\(id),q=2,r=1,X=1,x=\(left),y=\(top)", continuation: "a=f,i=\(id),q=2,r=1")
  }

  /// Sends a picture to be shown wherever its placeholders are printed, stretched over so many cells.
  public static func store(_ image: PixelImage, id: UInt32, columns: Int, rows: Int) -> [UInt8] {
    sent(image, "a=T,U=1,i=\(id),q=2,c=\(columns),r=\(rows)", continuation: "q=2")
  }

  /// Takes a picture away and frees its memory.
  public static func delete(id: UInt32) -> [UInt8] {
    EscapeSequence.application("Ga=d,d=I,i=\(id),q=2")
  }

  /// Takes away all pictures on the screen, and frees their memory.
  public static let deleteVisible = EscapeSequence.application("Ga=d,d=A,q=2")

  /// A command in as many pieces as its payload needs.
  private static func sent(_ image: PixelImage, _ control: String, continuation: String) -> [UInt8] {
    // Always with what covers: of a picture sent without, no part can become clear later, as where a dialog opens.
    let data = Deflate.compressed(image.rgba, .fast)
    let text = Base64.text(of: data)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + text.count / 128 + 256)
    var start = 0
    repeat {
      let end = min(start + chunk, text.count)
      let more = end < text.count ? 1 : 0
      let keys =
        start == 0
        ? "\(control),f=32,o=z,s=\(image.width),v=\(image.height)" : continuation
      bytes += EscapeSequence.application("G\(keys),m=\(more);", text[start..<end])
      start = end
    } while start < text.count
    return bytes
  }
}
