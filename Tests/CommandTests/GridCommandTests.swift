import Foundation
import TestSupport
import Testing

/// Measured losses on the command line and in scenes.
struct GridCommandTests {
  /// x² + 2y² on −2…2 by −1…1, a row a point.
  private static let table: String = {
    var text = "x,y,loss\n"
    for x in [-2.0, -1, 0, 1, 2] {
      for y in [-1.0, -0.5, 0, 1] { text += "\(x),\(y),\(x * x + 2 * y * y)\n" }
    }
    return text
  }()

  @Test func runsOnAFile() throws {
    let folder = try Folder()
    let path = try folder.write(Self.table, to: "surface.csv")
    let trace = try Program.run([
      "trace", "--landscape", "grid(\(path))", "-o", "sgd:lr=0.25", "-o", "newton", "-o", "sgd:lr=3",
      "--start=1,0.5", "--steps", "1",
    ])
    #expect(trace.status == 0)
    // The spline is the paraboloid: 1 − 0.25·2, 0.5 − 0.25·4·0.5, and Newton's step to the minimum.
    func numbers(_ line: Int) -> [Double] {
      trace.lines[line].split(separator: ",").dropFirst(4).prefix(3).compactMap { Double($0) }
    }
    for (line, wanted) in [(2, [0.5, 0, 0.25]), (4, [0, 0, 0])] {
      #expect(zip(numbers(line), wanted).allSatisfy { ($0 - $1).magnitude < 1e-13 }, "\(trace.lines[line])")
    }
    #expect(trace.errors == "descent: sgd2 ended at step 1: off the data\n")
    let off = try Program.run([
      "trace", "--landscape", "grid(\(path))", "-o", "sgd", "--start=5,0", "--steps", "3",
    ])
    #expect(off.status == 0 && off.errors == "descent: sgd ended at step 0: off the data\n")
  }

  @Test func describeSaysWhatItIs() throws {
    let folder = try Folder()
    let path = try folder.write(Self.table, to: "surface.csv")
    let text = try Program.run(["describe", "grid(\(path))"])
    #expect(text.status == 0 && text.lines[0] == "surface.csv, interpolated (grid(\(path)))")
    #expect(text.lines.contains("data    \(path), 5×4 values, x −2 … 2, y −1 … 1"))
    #expect(text.lines.contains("spacing x in equal steps, y in steps from 0.5 to 1"))
    #expect(text.lines.contains("outside no value: a run that steps beyond the data ends there"))
    let json = try Program.run(["describe", "grid(\(path))", "--format", "json"])
    let object = try #require(JSONSerialization.jsonObject(with: json.output) as? [String: Any])
    #expect(object["id"] as? String == "grid(\(path))")
    let none = try Program.run(["describe", "grid(\(path)x)"])
    #expect(none.status == 65 && none.errors == "descent: error: no file '\(path)x'\n")
  }

  @Test func aSceneNamesTheFileBesideIt() throws {
    let folder = try Folder()
    try folder.write(Self.table, to: "data/surface.csv")
    let scene = """
      landscape: grid(data/surface.csv)
      start: [1, 0.5]
      optimizers: ["sgd:lr=0.25"]
      steps: 1
      expect: [sgd.loss(1) < 0.2500001, sgd.loss(1) > 0.2499999]

      """
    let path = try folder.write(scene, to: "s.yaml")
    #expect(try Program.run(["check", path]).status == 0)
    let bad = try folder.write(scene.replacing("surface.csv", with: "none.csv"), to: "t.yaml")
    let finished = try Program.run(["check", bad])
    #expect(
      finished.status == 65 && finished.errors.contains("t.yaml:1:12: no file '\(folder.path)/data/none.csv'")
    )
  }

  /// The first frame says that it is interpolated and where the data end.
  @Test func theFrameSaysThatItIsInterpolated() throws {
    let folder = try Folder()
    let path = try folder.write(Self.table, to: "surface.csv")
    let frame = try Program.run([
      "render", "--landscape", "grid(\(path))", "-o", "sgd", "--size", "120x36",
    ])
    #expect(
      frame.lines[0].contains(
        "surface.csv, interpolated  bicubic spline through 5×4 values, x −2 … 2, y −1 … 1"))
    #expect(frame.text.contains("descent --landscape 'grid("))
  }

  @Test func hostileNamesAreShownSpeltOut() throws {
    let folder = try Folder()
    let path = try folder.write(Self.table, to: "\(HostileNameTests.hostile).csv")
    for words in [
      ["trace", "--landscape", "grid(\(path))", "-o", "sgd", "--steps", "1"],
      ["trace", "--landscape", "grid(\(path)x)"], ["describe", "grid(\(path))"],
      ["render", "--landscape", "grid(\(path))", "--size", "120x20"],
      ["describe", "grid(\(path))", "--format", "json"],
    ] {
      let finished = try Program.run(words)
      #expect(obeyed(finished.text).isEmpty && obeyed(finished.errors).isEmpty, "\(words[0])")
    }
  }
}
