import Canvas
import Experiments
import Exports
import Foundation
import Landscapes
import OptimizerCore
import Pixels
import Scenes
import Testing
import TestSupport

/// `descent export`: what it writes, and what it leaves alone.
struct ExportTests {
  private static let endings = [
    "svg", "screen.svg", "moving.svg", "png", "screen.png", "apng", "txt", "ansi", "cast", "csv", "json",
  ]

  private func text(_ folder: Folder, _ name: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }

  private func names(_ folder: Folder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func everyKindIsWrittenByItsEnding() throws {
    let folder = try Folder()
    let files = Self.endings.map { "\(folder.path)/a.\($0)" }
    let finished = try Program.run(
      ["export", "ravine"] + files + ["--step", "30", "--size", "80x24", "--scale", "0.25"])
    #expect(finished.status == 0 && finished.errors.isEmpty)
    #expect(finished.lines == files)
    #expect(try names(folder) == Self.endings.map { "a.\($0)" }.sorted())
    // The frames are those of render, exactly.
    let plain = try Program.run("render ravine --step 30 --size 80x24")
    #expect(try text(folder, "a.txt") == plain.text)
    let colours = try Program.run("render ravine --step 30 --size 80x24 --format ansi")
    #expect(try text(folder, "a.ansi") == colours.text)
    let screen = try text(folder, "a.screen.svg")
    let figure = try text(folder, "a.svg")
    for picture in [screen, figure] {
      #expect(picture.contains("<svg xmlns") && picture.hasSuffix("</svg>\n"))
    }
    #expect(screen.contains("<text") && !screen.contains("class=\"contours\""))
    #expect(figure.contains("class=\"contours\"") && figure.contains("--steps 30"))
    // The data are those of trace, with more columns.
    let trace = try Program.run("trace ravine --steps 30")
    let table = try text(folder, "a.csv").split(separator: "\n").map(String.init)
    #expect(table.count == trace.lines.count)
    for (row, start) in zip(table, trace.lines) { #expect(row.hasPrefix(start + ",")) }
    #expect(table[0].contains(",m.x,m.y"))
    let json = try JSONSerialization.jsonObject(with: Data(try text(folder, "a.json").utf8))
    let runs = try #require((json as? [String: Any])?["runs"] as? [[String: Any]])
    #expect(runs.count == 4 && (runs[0]["steps"] as? [Any])?.count == 31)
    let cast = try text(folder, "a.cast").split(separator: "\n")
    #expect(cast[0].contains("\"version\": 2") && cast[0].contains("\"width\": 80"))
    for line in cast { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    // A frame a step at 30 steps, the header, and the end.
    #expect(cast.count == 33)
  }

  private func picture(_ folder: Folder, _ name: String) throws -> PNGReader {
    try PNGReader(Array(Data(contentsOf: folder.url.appending(path: name))))
  }

  /// The figure in pixels is the figure of vectors: as large, and with the colour of each head where the head is.
  @Test func picturesInPixelsShowTheFigure() throws {
    let folder = try Folder()
    let finished = try Program.run(
      "export ravine \(folder.path)/a.png \(folder.path)/a.svg --step 12 --scale 1 --theme light")
    #expect(finished.status == 0, "\(finished.errors)")
    let image = try picture(folder, "a.png")
    let figure = try text(folder, "a.svg")
    let size = try #require(figure.firstMatch(of: /viewBox="0 0 900 ([0-9.]+)"/)?.1)
    let height = try #require(Double(size))
    #expect(image.width == 900 && image.height == Int(height.rounded()))
    func colour(_ x: Double, _ y: Double) -> String {
      let start = (Int(y) * 900 + Int(x)) * 4
      return image.frames[0].rgba[start..<start + 3].reduce("#") { text, part in
        text + (part < 16 ? "0" : "") + String(part, radix: 16)
      }
    }
    #expect(colour(2, 2) == "#fafafa")
    let heads = figure.matches(
      of: /<circle cx="([0-9.]+)" cy="([0-9.]+)" r="8.5" fill="(#[0-9a-f]+)"/)
    #expect(heads.count >= 8)
    for head in heads {
      // Beside the digit.
      let (x, y) = (try #require(Double(head.1)), try #require(Double(head.2)))
      #expect(colour(x - 6, y) == String(head.3) && colour(x + 6, y) == String(head.3))
    }
  }

  /// The screen in pixels is that of render, and twice as large where nothing is asked for.
  @Test func screensInPixelsAreThoseOfRender() throws {
    let folder = try Folder()
    let line = "ravine --step 5 --size 30x12"
    let finished = try Program.run("export \(line) \(folder.path)/a.screen.png --scale 1")
    #expect(finished.status == 0, "\(finished.errors)")
    let rendered = try Program.shell("descent render \(line) --format png > '\(folder.path)/b.png'")
    #expect(rendered.status == 0, "\(rendered.errors)")
    let (a, b) = (try picture(folder, "a.screen.png"), try picture(folder, "b.png"))
    #expect(a.width == 300 && a.height == 240 && a.frames[0].rgba == b.frames[0].rgba)
    _ = try Program.run("export \(line) \(folder.path)/c.screen.png")
    #expect(try picture(folder, "c.screen.png").width == 600)
  }

  /// A frame a step; the last is the figure of its step, and stays.
  @Test func aMovingPictureEndsWithTheFigure() throws {
    let folder = try Folder()
    let line = "bowl -o sgd:lr=0.1 -o newton --steps 6 --speed 10 --scale 0.5"
    let finished = try Program.run("export --landscape \(line) \(folder.path)/a.apng \(folder.path)/a.png")
    #expect(finished.status == 0, "\(finished.errors)")
    let (moving, still) = (try picture(folder, "a.apng"), try picture(folder, "a.png"))
    #expect(moving.frames.count == 7 && moving.promised == 7)
    #expect(moving.frames.map(\.seconds) == [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 2])
    #expect(moving.width == still.width && moving.height == still.height)
    #expect(moving.frames[0].rgba != moving.frames[3].rgba)
    #expect(moving.frames[6].rgba == still.frames[0].rgba)
  }

  /// What is said of the runs may take more lines at one step than at the last: the page has room for all of them, and what
  /// stands below stays where it is.
  @Test func aMovingPictureIsAsHighAsItsHighestStep() throws {
    let optimizers =
      [0.05, 0.06, 0.07, 0.1].map { "sgd:lr=\($0)" } + [
        "momentum:lr=0.02", "adam:lr=0.3", "rmsprop:lr=0.2", "lion:lr=0.2",
      ]
    let experiment = Experiment(
      landscape: try #require(try LandscapeCatalog.named("diamond")),
      entries: Entry.entries(try optimizers.map { try OptimizerSpec($0) }))
    let scene = Scene(name: "diamond", title: "Diamond", caption: "", experiment: experiment)
    var race = Race(scene.experiment)
    let heights = stride(from: 0, through: 60, by: 10).map { step in
      race.seek(to: step)
      return Export(scene: scene, race: race).figure.drawing.height
    }
    var export = Export(scene: scene, race: race)
    // A frame every ten steps.
    export.speed = 300
    let highest = try #require(heights.max())
    #expect(heights[6] < highest)
    var bytes: [UInt8] = []
    export.write(.movingPicture, screen: { _ in Canvas(width: 1, height: 1) }, to: { bytes += $0 })
    let picture = try PNGReader(bytes)
    #expect(picture.height == Int(highest.rounded()))
    bytes = []
    export.write(.movingFigure, screen: { _ in Canvas(width: 1, height: 1) }, to: { bytes += $0 })
    let text = String(decoding: bytes, as: UTF8.self)
    // Where the replay line begins, in every frame.
    let places = Set(
      text.matches(of: /y="([0-9.]+)"[^>]*>descent --landscape/).map { String($0.output.1) })
    #expect(places.count == 1, "\(places)")
  }

  /// In pictures of the screen no terminal is in the way of octants; text that goes to a terminal has braille.
  @Test func picturesOfTheScreenHaveOctants() throws {
    let folder = try Folder()
    for (name, isPicture) in [("screen.svg", true), ("screen.png", true), ("txt", false), ("ansi", false)] {
      for glyphs in ["", " --glyphs octant", " --glyphs braille"] {
        let file = "\(folder.path)/\(glyphs.isEmpty ? "auto" : String(glyphs.suffix(6))).\(name)"
        let ended = try Program.run("export ravine --step 12\(glyphs) \(file)")
        #expect(ended.status == 0, "\(ended.errors)")
      }
      func bytes(_ glyphs: String) throws -> Data {
        try Data(contentsOf: folder.url.appending(path: "\(glyphs).\(name)"))
      }
      #expect(try bytes("auto") == bytes(isPicture ? "octant" : "raille"), "\(name)")
      #expect(try bytes("auto") != bytes(isPicture ? "raille" : "octant"), "\(name)")
    }
  }

  /// Every frame is the figure of its step, shown for its time, and the last where nothing moves.
  @Test func aMovingFigureIsTheFigures() throws {
    let folder = try Folder()
    let line = "bowl -o sgd:lr=0.1 -o newton --speed 10"
    let ended = try Program.run("export --landscape \(line) --steps 4 \(folder.path)/a.moving.svg")
    #expect(ended.status == 0, "\(ended.errors)")
    let moving = try text(folder, "a.moving.svg")
    let tags = moving.matches(of: /<(\/?)g[ >]/)
    #expect(tags.count { $0.output.1.isEmpty } * 2 == tags.count)
    let frames = moving.components(separatedBy: "<g class=\"frame\"").suffix(from: 1).map { String($0) }
    #expect(frames.count == 5)
    for (step, frame) in frames.enumerated() {
      let times = frame.firstMatch(of: /dur="2\.4s" values="([^"]*)" keyTimes="([^"]*)"/)
      let (begin, end) = (Double(step) / 24, Double(step + 1) / 24)
      let values = try #require(times?.output.1).split(separator: ";")
      let moments = try #require(times?.output.2).split(separator: ";").compactMap { Double($0) }
      let shown = try #require(values.firstIndex(of: "visible"))
      #expect(abs(moments[shown] - begin) < 1e-6 && values.count == moments.count)
      if step < 4 { #expect(abs(moments[shown + 1] - end) < 1e-6 && values.last == "hidden") }
      #expect(frame.hasPrefix(" visibility=\"\(step == 4 ? "visible" : "hidden")\""))
      // The paths and heads are those of the figure that stands still.
      _ = try Program.run("export --landscape \(line) --steps 4 --step \(step) \(folder.path)/\(step).svg")
      let still = try text(folder, "\(step).svg")
      for name in ["heads", "legend"] {
        let group = try #require(still.components(separatedBy: "<g class=\"\(name)\">").last?.prefix(200))
        #expect(frame.contains(group), "\(step) \(name)")
      }
    }
  }

  /// A view other than the contour is exported as it is rendered.
  @Test func viewsAreExportedAsRendered() throws {
    let folder = try Folder()
    let finished = try Program.run("export ravine \(folder.path)/a.txt --step 12 --view slice --size 90x28")
    #expect(finished.status == 0, "\(finished.errors)")
    let rendered = try Program.run("render ravine --step 12 --view slice --size 90x28")
    #expect(try text(folder, "a.txt") == rendered.text)
    let unknown = try Program.run("export ravine \(folder.path)/b.txt --view cntour")
    #expect(unknown.status == 64 && unknown.errors.contains("--view must be one of contour"))
  }

  @Test func withoutAStepTheWholeBudgetIsShown() throws {
    let folder = try Folder()
    let finished = try Program.run(
      "export --landscape bowl -o sgd:lr=0.1 --steps 12 \(folder.path)/a.txt \(folder.path)/a.csv")
    #expect(finished.status == 0)
    #expect(try text(folder, "a.txt").contains("step 12"))
    #expect(try text(folder, "a.csv").split(separator: "\n").count == 14)
  }

  @Test func lightIsLight() throws {
    let folder = try Folder()
    let finished = try Program.run(
      "export bowl \(folder.path)/a.svg \(folder.path)/a.screen.svg --theme light")
    #expect(finished.status == 0)
    for name in ["a.svg", "a.screen.svg"] { #expect(try text(folder, name).contains("fill=\"#fafafa\"")) }
  }

  /// A file that exists stays as it is, and the others are not written either.
  @Test func nothingIsOverwrittenUnasked() throws {
    let folder = try Folder()
    try folder.write("precious", to: "b.csv")
    let files = "\(folder.path)/a.txt \(folder.path)/b.csv"
    let refused = try Program.run("export bowl \(files)")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("b.csv' exists; --force overwrites it"))
    #expect(try text(folder, "b.csv") == "precious")
    #expect(try names(folder) == ["b.csv"])
    let forced = try Program.run("export bowl \(files) --force")
    #expect(forced.status == 0)
    #expect(try text(folder, "b.csv").hasPrefix("run,optimizer,"))
  }

  /// The file that a link names is replaced, with its permissions, and the link stays.
  @Test func linksAndPermissionsStay() throws {
    let folder = try Folder()
    try folder.write("old", to: "real.csv")
    let real = folder.url.appending(path: "real.csv").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "link.csv").path, withDestinationPath: "real.csv")
    let finished = try Program.run("export bowl \(folder.path)/link.csv --force")
    #expect(finished.status == 0)
    #expect(try text(folder, "real.csv").hasPrefix("run,"))
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: folder.url.appending(path: "link.csv").path)
    #expect(target == "real.csv")
    let mode = try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(try names(folder) == ["link.csv", "real.csv"])
  }

  @Test func newFilesFollowTheUmask() throws {
    let folder = try Folder()
    let finished = try Program.shell("umask 027; descent export bowl '\(folder.path)/a.txt'")
    #expect(finished.status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/a.txt")[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  /// What cannot be written is found before anything is.
  @Test(arguments: [
    (
      "a.txt a.foo",
      "'a.foo' must end in one of .screen.svg, .moving.svg, .svg, .screen.png, .png, .apng, .txt"
    ),
    ("a.txt nowhere/b.csv", "there is no folder 'nowhere'"),
    ("a.txt ./a.txt", "'./a.txt' is named twice"),
    ("a.txt folder.csv", "'folder.csv' is there and not a file"),
    ("a.txt --force folder.csv", "'folder.csv' is there and not a file"),
    ("", "name a file to write"),
    ("a.txt --step -1", "--step must be a whole number from 0"),
    ("a.cast --step 1000000 --speed 1", "--step N ends it earlier"),
    ("a.cast --speed 0", "--speed must be between"),
    ("a.cast --speed fast", "--speed must be a number between 0.01 and 1000000 steps a second, got 'fast'"),
    ("a.png --scale big", "--scale must be a number between 0.25 and 8, got 'big'"),
    ("a.apng --step 3000 --speed 1", "'a.apng' would last"),
    ("a.png --scale 9", "--scale must be between 0.25 and 8, got '9'"),
    ("a.png --scale=-1", "--scale must be between 0.25 and 8, got '-1'"),
    ("a.screen.png --size 1000x1000", "800 million pixels; --size or --scale makes it smaller"),
    ("a.txt --size 0x5", "--size takes columns and rows"),
    ("a.svg --theme grey", "--theme must be dark, light, contrast or projector"),
  ]) func refusedBeforeAnythingIsWritten(arguments: String, message: String) throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "folder.csv"), withIntermediateDirectories: false)
    let finished = try Program.shell("cd '\(folder.path)' && descent export bowl \(arguments)")
    #expect(finished.status == 64, "\(finished.errors)")
    #expect(finished.errors.contains(message), "\(finished.errors)")
    #expect(try names(folder) == ["folder.csv"])
  }

  @Test func aSceneThatIsNotThereIsNoOutput() throws {
    let folder = try Folder()
    let finished = try Program.run("export rawine \(folder.path)/a.svg")
    #expect(finished.status == 66 && finished.errors.contains("did you mean 'ravine'?"))
    #expect(try names(folder).isEmpty)
  }

  /// A file that cannot be finished is taken away: the disk has room for 8 blocks of 512 bytes.
  @Test func nothingIsLeftOfAFileThatCannotBeFinished() throws {
    let folder = try Folder()
    // The signal for too large a file is ignored, so that the write itself fails.
    let finished = try Program.shell(
      "cd '\(folder.path)' && trap '' XFSZ && ulimit -f 8 && descent export ravine a.csv b.txt")
    #expect(finished.status == 74, "\(finished.errors)")
    #expect(finished.errors.contains("cannot write 'a.csv'"))
    #expect(try names(folder).isEmpty)
  }

  /// Interrupted, the program takes away what it has begun and ends by the signal.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalLeavesNothing(number: Int32) throws {
    let folder = try Folder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.currentDirectoryURL = folder.url
    process.arguments = ["export", "ravine", "--steps", "1000000000", "a.csv", "b.svg"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Until both files have been begun.
    var tries = 0
    while try names(folder).count < 2, tries < 2000 {
      usleep(5000)
      tries += 1
    }
    #expect(try names(folder).allSatisfy { $0.contains(".unfinished-") })
    kill(process.processIdentifier, number)
    tries = 0
    while process.isRunning, tries < 4000 {
      usleep(5000)
      tries += 1
    }
    // A program that does not end fails the test below.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == number)
    #expect(try names(folder).isEmpty)
  }

  /// What a program left that was killed goes with the next export of the same name; what somebody is writing stays.
  @Test func leftoversAreClearedUp() throws {
    let folder = try Folder()
    for name in [
      "a.csv.unfinished-AbCd12", "a.csv.unfinished-XyZw34", "b.csv.unfinished-AbCd12",
      "a.csv.unfinished-mine",
    ] {
      try folder.write("half", to: name)
    }
    let busy = open("\(folder.path)/a.csv.unfinished-XyZw34", O_RDWR)
    defer { close(busy) }
    #expect(flock(busy, LOCK_EX) == 0)
    let finished = try Program.run(["export", "bowl", "\(folder.path)/a.csv"])
    #expect(finished.status == 0, "\(finished.errors)")
    #expect(
      try names(folder).sorted() == [
        "a.csv", "a.csv.unfinished-XyZw34", "a.csv.unfinished-mine", "b.csv.unfinished-AbCd12",
      ])
  }

  @Test func helpNamesEveryKind() throws {
    let help = try Program.run("export --help").text
    for ending in Self.endings { #expect(help.contains("  .\(ending) ")) }
  }
}
