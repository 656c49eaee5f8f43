import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Exports

/// Animations, played by a small terminal.
struct AsciicastTests {
  private struct Event {
    var time: Double
    var text: String
  }

  /// The events of a recording; its header and every line are checked on the way.
  private func events(of recording: String, width: Int, height: Int) throws -> [Event] {
    var lines = recording.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.popLast()?.isEmpty == true, "the last line is ended")
    let first = try JSONSerialization.jsonObject(with: Data(lines.removeFirst().utf8))
    let header = try #require(first as? [String: Any])
    #expect(header["version"] as? Int == 2)
    #expect(header["width"] as? Int == width && header["height"] as? Int == height)
    #expect(header["timestamp"] == nil, "the same run gives the same file")
    var last = 0.0
    return try lines.map { line in
      let read = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let event = try #require(read as? [Any])
      try #require(event.count == 3 && event[1] as? String == "o")
      let time = try #require(event[0] as? Double)
      #expect(time >= last)
      last = time
      return Event(time: time, text: try #require(event[2] as? String))
    }
  }

  private func export(steps: Int, speed: Double, depth: ColourDepth) throws -> Export {
    let landscape = try #require(LandscapeCatalog.named("ravine"))
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("adam")]), budget: Budget(steps: steps))
    var race = Race(experiment)
    race.seek(to: steps)
    let scene = Scene(name: "s", title: "A \"title\"", experiment: experiment, speed: speed)
    return Export(scene: scene, race: race, depth: depth)
  }

  /// A screen that changes a little from step to step.
  private func screen(_ step: Int) -> Canvas {
    var canvas = Canvas(width: 30, height: 8, style: Style(Colour(hex: 0xcccccc), on: Colour(hex: 0x101014)))
    canvas.text(
      "step \(step)", x: 2, y: 1, style: Style(Colour(hex: 0xffffff), on: Colour(hex: 0x101014), .bold))
    canvas.text("m̂ 漢字", x: step % 20, y: 3, style: Style(.ansi(3), on: .indexed(24)))
    canvas.text("●", x: (step * 7) % 30, y: 5 + step % 3, style: .plain)
    return canvas
  }

  @Test(arguments: [ColourDepth.direct, .indexed256, .ansi16, .ansi8, .none])
  func playedTheRecordingShowsEveryFrame(depth: ColourDepth) throws {
    let export = try export(steps: 60, speed: 20, depth: depth)
    var recording = ""
    var asked: [Int] = []
    export.write(.animation) { step in
      asked.append(step)
      return screen(step)
    } to: {
      recording += String(decoding: $0, as: UTF8.self)
    }
    #expect(asked == Array(0...60))
    let events = try events(of: recording, width: 30, height: 8)
    var terminal = TerminalModel(width: 30, height: 8)
    #expect(events.count == 62)
    for (index, event) in events.enumerated() {
      try terminal.take(event.text)
      #expect(terminal.cells == TerminalModel.cells(of: screen(min(index, 60)), depth: depth))
      #expect(terminal.cursorIsHidden == (index <= 60))
      #expect(terminal.style == .plain)
      if index <= 60 { #expect(abs(event.time - Double(index) / 20) < 1e-6) }
    }
    #expect(abs((events.last?.time ?? 0) - (60.0 / 20 + 2)) < 1e-6)
    // What did not change is not sent again.
    for event in events.dropFirst().dropLast() { #expect(event.text.utf8.count < 200) }
    // Controls are written as JSON escapes, so that the file itself commands nothing.
    #expect(recording.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  /// A fast scene shows several steps a frame, at most 30 frames a second, and always its last step.
  @Test(arguments: [(1000.0, 500), (50, 77), (7, 3), (0.5, 2), (30, 1), (29.97, 100)])
  func framesComeNoFasterThanTheyAreSeen(speed: Double, steps: Int) throws {
    let export = try export(steps: steps, speed: speed, depth: .indexed256)
    var recording = ""
    var asked: [Int] = []
    export.write(.animation) { step in
      asked.append(step)
      return screen(step)
    } to: {
      recording += String(decoding: $0, as: UTF8.self)
    }
    let events = try events(of: recording, width: 30, height: 8)
    #expect(asked.first == 0 && asked.last == steps)
    #expect(zip(asked, asked.dropFirst()).allSatisfy { $0 < $1 || speed < 30 && $0 == $1 })
    #expect(Double(asked.count) <= export.frameCount + 1)
    for (a, b) in zip(events, events.dropFirst()) { #expect(b.time - a.time > 1.0 / 30 - 1e-5) }
    let shown = events[events.count - 2].time
    #expect(abs(shown - Double(steps) / speed) <= 1.0 / 30 + 1e-5)
  }

  @Test func aRunOfNoStepsIsOneFrame() throws {
    var recording = ""
    try export(steps: 0, speed: 20, depth: .none).write(.animation, screen: screen) {
      recording += String(decoding: $0, as: UTF8.self)
    }
    let events = try events(of: recording, width: 30, height: 8)
    #expect(events.count == 2)
    #expect(recording.contains("\"title\": \"A \\\"title\\\"\""))
  }

  /// Any canvas follows any other, wide glyphs and all.
  @Test(arguments: [ColourDepth.direct, .ansi8, .none]) func changesMakeAnyCanvasOfAnyOther(
    depth: ColourDepth
  ) throws {
    var random = Lehmer(state: 77)
    let words = ["a", "m̂", "漢", "▀", " ", "é", "⠿"]
    let styles: [Style] = [
      .plain, Style(Colour(hex: 0x5fd7ff), on: Colour(hex: 0x101014)), Style(.ansi(9), on: .terminal, .bold),
      Style(.terminal, on: .terminal, [.reverse, .underline]), Style(.terminal, on: .indexed(200), .dim),
    ]
    var terminal = TerminalModel(width: 11, height: 4)
    var old: Canvas?
    for _ in 0..<400 {
      var canvas = old ?? Canvas(width: 11, height: 4)
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let word = words[Int.random(in: 0..<words.count, using: &random)]
        canvas.text(
          word, x: Int.random(in: 0..<11, using: &random), y: Int.random(in: 0..<4, using: &random),
          style: styles[Int.random(in: 0..<styles.count, using: &random)])
      }
      let changes = AnsiWriter.changes(from: old, to: canvas, depth: depth)
      if old == canvas { #expect(changes.isEmpty) }
      try terminal.take(changes)
      #expect(terminal.cells == TerminalModel.cells(of: canvas, depth: depth))
      old = canvas
    }
  }
}
