import Experiments
import Explorer
import Exports

extension Explorer {
  /// Writes what is shown to a file whose ending says the kind; returns what to say of it.
  func export(to name: String, force: Bool) -> String {
    let path = Environment.expandingHome(name)
    do {
      if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
        let file = path.split(separator: "/").last ?? "scene.yaml"
        let files = try OutputFile.open([path], force: force)
        try files[0].write(document(named: String(file.prefix { $0 != "." })))
        try OutputFile.keep(files)
        return "wrote \(path)" + (leftOutOfDocument.map { ", \($0)" } ?? "")
      }
      guard ExportKind(path: path) != nil else {
        // Short enough for the status line of a narrow screen: the dialog tells of those with two parts.
        let endings =
          ExportKind.allCases.map(\.ending).filter { $0.dropFirst().firstIndex(of: ".") == nil } + [".yaml"]
        return "the ending says what: \(endings.joined(separator: " "))"
      }
      return "wrote \(try write(to: path, force: force))"
    } catch let failure as Failure {
      return failure.message.replacing(
        "--force overwrites it", with: "type ! behind the name to overwrite it")
    } catch {
      return "\(path) could not be written: \(error)"
    }
  }

  /// Writes what an explorer shows to a file whose ending says the kind: the race up to its playhead, the screen as it is.
  ///
  /// Returns the path. An animation shows the steps before the playhead in the view that is open.
  private func write(to path: String, force: Bool) throws -> String {
    let kinds = try ExportKind.kinds(of: [path])
    let look = appearance
    var export = Export(scene: shown, subject: subject, theme: look.theme, depth: look.depth)
    let size = FrameSize(width: width, height: height)
    export.scale = try PixelScale(nil).value(of: kinds[0], size)
    try export.checkLength(of: kinds[0], path)
    let files = try OutputFile.open([path], force: force)
    var screen = self
    // Nobody waits longer for a key to be answered.
    let patience = Patience(seconds: 5)
    try export.write(kinds[0]) { step in
      if step != screen.race.step {
        screen.seek(to: step)
        screen.finishWork(patience)
      }
      return screen.frame()
    } to: {
      try files[0].write($0)
    }
    try OutputFile.keep(files)
    return files[0].path
  }
}
