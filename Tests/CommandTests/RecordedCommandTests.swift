import Foundation
import TestSupport
import Testing

/// Recorded runs on the command line and in scenes.
struct RecordedCommandTests {
  @Test func aTraceIsReadBack() throws {
    let folder = try Folder()
    let first = try Program.run(
      "trace --landscape rosenbrock -o adam:lr=0.1 -o sgd:lr=1e-3 --start=-1,1 --steps 40")
    let path = try folder.write(first.output, to: "run.csv")
    let second = try Program.run([
      "trace", "--landscape", "rosenbrock", "-o", "recorded(\(path), run=2)", "--steps", "50",
    ])
    #expect(second.status == 0 && second.errors.isEmpty)
    // Points, losses and costs of the second run, to the last digit.
    func rows(_ finished: Finished, _ run: String) -> [String] {
      finished.lines.filter { $0.hasPrefix("\(run),") }.map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).suffix(7)
        return fields.dropLast().joined(separator: ",")
      }
    }
    #expect(rows(second, "1") == rows(first, "2") && rows(second, "1").count == 41)
    // The others begin where it did.
    let third = try Program.run([
      "trace", "--landscape", "rosenbrock", "-o", "recorded(\(path), run=2)", "-o", "adam:lr=0.1", "--steps",
      "40",
    ])
    #expect(rows(third, "2") == rows(first, "1"))
    let json = try Program.run(
      "trace --landscape rosenbrock -o adam:lr=0.1 --start=-1,1 --steps 9 --format json")
    let jsonPath = try folder.write(json.output, to: "run.json")
    let fourth = try Program.run(["trace", "--landscape", "rosenbrock", "-o", "recorded(\(jsonPath))"])
    #expect(rows(fourth, "1") == Array(rows(first, "1").prefix(10)))
    let none = try Program.run(["trace", "-o", "recorded(\(path))"])
    #expect(none.status == 64 && none.errors.contains("there are 2 runs (1, 2); name one, as in recorded("))
    let missing = try Program.run(["trace", "-o", "recorded(\(path)x)"])
    #expect(missing.status == 64 && missing.errors.contains("no file '\(path)x'"))
  }

  @Test func oneParameterIsTooFew() throws {
    let folder = try Folder()
    let path = try folder.write("p0\n1\n2\n", to: "one.csv")
    let finished = try Program.run(["trace", "-o", "recorded(\(path))", "--function", "x^2+y^2"])
    #expect(finished.status == 64 || finished.status == 65)
    #expect(finished.errors.contains("has 1 parameter and the landscape 2"))
  }

  @Test func aFrameShowsIt() throws {
    let folder = try Folder()
    let path = try folder.write("x,y,loss\n-1,1,4\n-0.9,0.8,3\n-0.8,0.7,9\n", to: "mine.csv")
    let frame = try Program.run([
      "render", "--landscape", "rosenbrock", "-o", "recorded(\(path))", "--step", "5", "--size", "120x36",
    ])
    #expect(frame.status == 0 && frame.text.contains("mine") && frame.text.contains("the recording ends"))
    #expect(frame.text.contains("--start=-1,1"))
    #expect(frame.errors.hasPrefix("descent: recorded: the loss at step 1 is 3 in the file and "))
    let scene = try folder.write(
      "landscape: rosenbrock\noptimizers: [recorded(mine.csv), sgd]\nsteps: 5\n"
        + "expect: [\"recorded.loss(2) > 0\"]\n", to: "s.yaml")
    #expect(try Program.run(["check", scene]).status == 0)
  }

  @Test func hostileNamesAreShownSpeltOut() throws {
    let folder = try Folder()
    let path = try folder.write("x,y,loss\n1,2,99\n0,1,3\n", to: "\(HostileNameTests.hostile).csv")
    for words in [
      ["trace", "-o", "recorded(\(path))"], ["trace", "-o", "recorded(\(path)x)"],
      ["trace", "-o", "recorded(\(path), run=3)"],
      ["trace", "-o", "recorded(\(path))", "--format", "json"],
      ["render", "-o", "recorded(\(path))", "--size", "120x36"],
      ["render", "-o", "recorded(\(path))", "--view", "step"],
    ] {
      let finished = try Program.run(words)
      #expect(obeyed(finished.text).isEmpty && obeyed(finished.errors).isEmpty, "\(words[0])")
    }
  }
}
