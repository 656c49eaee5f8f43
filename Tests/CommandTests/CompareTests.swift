import Foundation
import TestSupport
import Testing

/// `descent compare` and `describe --as`.
struct CompareTests {
  private func run(_ spec: String, in folder: Folder, to name: String = "run.csv") throws -> String {
    let trace = try Program.run([
      "trace", "--landscape", "six-hump-camel", "-o", spec, "--start=-1.4,0.9", "--steps", "30",
    ])
    return try folder.write(trace.output, to: name)
  }

  @Test func aRunAndAnOptimizer() throws {
    let folder = try Folder()
    let path = try run("adam:lr=0.05,bias_correction=off", in: folder)
    let same = try Program.run([
      "compare", path, "--landscape", "six-hump-camel", "-o", "adam:lr=0.05,bias_correction=off",
    ])
    #expect(same.status == 0 && same.errors.isEmpty)
    #expect(
      same.lines == [
        "adam:lr=0.05,bias_correction=off",
        "adam:lr=0.05,bias_correction=off is the recorded run (0 over 30 steps)",
      ])
    let other = try Program.run([
      "compare", path, "--landscape", "six-hump-camel", "-o", "adam:lr=0.05", "-o", "sgd:lr=0.1",
    ])
    #expect(other.status == 1)
    #expect(other.errors == "descent: error: the recorded run parts from every optimizer that was named\n")
    // What is not the run is not named alone, as what is.
    #expect(other.lines[0].hasPrefix("adam:lr=0.05 parts at step 1 by a factor 3.16: ("))
    #expect(other.lines[1].hasPrefix("  adam:lr=0.05,bias_correction=off is it (0 over 30 steps)"))
    #expect(other.lines.contains("  no other form of it is; without -o every rule is searched"))
    let loose = try Program.run([
      "compare", path, "--landscape", "six-hump-camel", "-o", "adam:lr=0.05,bias_correction=off", "-o", "sgd",
      "--tolerance", "0",
    ])
    #expect(loose.status == 0)
  }

  @Test func theRuleIsFound() throws {
    let folder = try Folder()
    let path = try run("adam:lr=0.05,bias_correction=off", in: folder)
    let found = try Program.run(["compare", path, "--landscape", "six-hump-camel"])
    #expect(found.status == 0 && found.errors.isEmpty)
    #expect(found.lines[0] == "adam:lr=0.05,bias_correction=off")
    #expect(
      found.lines[1].hasPrefix(
        "this is adam with bias_correction=off (0 over 30 steps); adam as published parts"))
  }

  /// Of rows that were left out, and of a run that is none, the status tells, too.
  @Test func whatIsNoRuleIsSaid() throws {
    let folder = try Folder()
    let whole = try run("momentum:lr=0.012,beta=0.8", in: folder)
    let rows = try String(contentsOfFile: whole, encoding: .utf8).split(separator: "\n")
    let columns = rows[0].split(separator: ",").map(String.init)
    let (x, y) = (try #require(columns.lastIndex(of: "x")), try #require(columns.lastIndex(of: "y")))
    // From the end: the name of the entry has a comma.
    let points = rows.dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[cells.count - columns.count + x]),\(cells[cells.count - columns.count + y])"
    }
    let third = points.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
    let path = try folder.write("x,y\n" + third.joined(separator: "\n") + "\n", to: "third.csv")
    let found = try Program.run(["compare", path, "--landscape", "six-hump-camel"])
    #expect(found.status == 1)
    #expect(
      found.errors
        == "descent: error: no rule is the recorded run step by step; a column step says which step each row is\n"
    )
    #expect(
      found.lines[0].hasPrefix("momentum:lr=0.012,beta=0.8 is this run with 3 steps from row to row ("),
      "\(found.text)")
    #expect(found.lines[1] == "say in a column step which step each row is")
    #expect(found.lines[2].hasPrefix("step by step no rule is this run; the closest is "))
  }

  @Test func whatIsWrongIsSaid() throws {
    let folder = try Folder()
    let path = try run("sgd:lr=0.01", in: folder)
    let still = try folder.write("x,y\n1,2\n1,2\n", to: "still.csv")
    let three = try folder.write("p0,p1,p2\n1,2,3\n2,3,4\n", to: "three.csv")
    let ground = ["--landscape", "six-hump-camel"]
    for (words, status, message) in [
      (
        [path], 64,
        "say what it is a run on: a scene, --landscape NAME or --function EXPR, such as --landscape rosenbrock"
      ),
      ([path + "x"] + ground, 66, "no file '\(path)x'"),
      (
        [path, "--tolerance", "abc"] + ground, 64, "--tolerance must be a number between 0 and 1, got 'abc'"
      ),
      ([path, "--tolerance", "2"] + ground, 64, "--tolerance must be between 0 and 1, got '2'"),
      ([path, "--run", "0"] + ground, 64, "--run must be a whole number from 1 on, got '0'"),
      ([path, "--run", "3"] + ground, 65, "'\(path)', there is no run 3, only 1"),
      ([still] + ground, 65, "'\(still)' has no step that goes anywhere, so there is nothing to compare"),
      ([three] + ground, 65, "'\(three)' has 3 parameters and the landscape 2"),
      ([path, "-o", "adm"] + ground, 64, "in 'adm': unknown optimizer 'adm', did you mean 'adam'?"),
    ] as [([String], Int32, String)] {
      let finished = try Program.run(["compare"] + words)
      #expect(
        finished.status == status && finished.errors == "descent: error: \(message)\n", "\(finished.errors)")
    }
    let elsewhere = try Program.run(["compare", path, "--landscape", "rosenbrock", "-o", "sgd:lr=0.01"])
    #expect(elsewhere.status == 1 && elsewhere.errors.hasPrefix("descent: run: the loss at step 0 is "))
    let hostile = try folder.write("x,y,loss\n1,2,3\n2,1,9\n", to: "\(HostileNameTests.hostile).csv")
    for words in [[hostile] + ground, [hostile + "x"] + ground, [hostile, "-o", "sgd"] + ground] {
      let finished = try Program.run(["compare"] + words)
      #expect(obeyed(finished.text).isEmpty && obeyed(finished.errors).isEmpty)
    }
  }

  @Test func aLineOfAnotherFramework() throws {
    let line = try Program.run("describe adamw:lr=0.1 --as torch")
    #expect(
      line.text
        == "torch.optim.AdamW(params, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=False)\n"
    )
    let none = try Program.run("describe yogi --as torch")
    #expect(
      none.status == 64
        && none.errors
          == "descent: error: no line of PyTorch means the same as yogi: no line for Yogi is known here\n"
    )
    #expect(
      try Program.run("describe adam --as pytorch").errors
        == "descent: error: --as must be torch, optax, keras, got 'pytorch', did you mean 'torch'?\n")
  }
}
