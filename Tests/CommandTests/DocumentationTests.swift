import Foundation
import TestSupport
import Testing

/// What the documentation says of the command line, held to the program.
@Suite struct DocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The table of exit statuses is that of the manual page.
  @Test func exitStatusesAreThoseOfTheManual() throws {
    let folder = try Folder()
    #expect(try Program.run(["install", "--prefix", folder.path]).status == 0)
    let manual = try String(
      contentsOf: folder.url.appending(path: "share/man/man1/descent.1"), encoding: .utf8)
    let section = try #require(manual.components(separatedBy: ".SH EXIT STATUS\n").last)
      .components(separatedBy: ".SH ")[0]
    let said = section.components(separatedBy: ".TP\n").dropFirst().map {
      $0.split(separator: "\n").map { $0.replacing("\\fB", with: "").replacing("\\fR", with: "") }
    }
    let page = try Self.text("Sources/Explorer/Explorer.docc/CommandLine.md")
    let rows = page.split(separator: "\n").filter { $0.wholeMatch(of: /\| (\d+|128 \+ n) \| .* \|/) != nil }
    #expect(rows.count >= 7)
    #expect(rows.map(String.init) == said.map { "| \($0[0]) | \($0[1]) |" })
  }

  /// Every command line that the README and the pages show is understood: nothing of it is misspelt or gone.
  @Test(arguments: ["README.md", "Sources/Explorer/Explorer.docc/CommandLine.md"])
  func everyCommandShownIsUnderstood(_ path: String) throws {
    let folder = try Folder()
    try folder.write(
      "landscape: ravine\noptimizers: [\"sgd:lr=0.1\"]\nsteps: 20\nexpect: [sgd.loss < 100]\n", to: "my.yaml")
    try folder.write(
      Program.run("trace --landscape rosenbrock -o adam:lr=0.1 --steps 20").output, to: "run.csv")
    try folder.write(
      ",0,1,2,3,4\n0,0,1,4,9,16\n1,1,2,5,10,17\n2,4,5,8,13,20\n3,9,10,13,18,25\n", to: "surface.csv")
    let lines = try Self.text(path).components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 }.flatMap { $0.element.replacing("\\\n", with: "").split(separator: "\n") }
      .filter { $0.hasPrefix("descent ") }
    #expect(lines.count >= 8)
    for line in lines {
      // The explorer and lectures say that they have no terminal; that is, their words were understood.
      let finished = try Program.shell(
        "cd '\(folder.path)' && HOME='\(folder.path)' && SLURM_ARRAY_TASK_ID=1 && \(Self.quick(String(line)))"
      )
      #expect([0, 69].contains(finished.status), "\(line): \(finished.errors)")
    }
  }

  /// The same with less to compute, where that takes long.
  private static func quick(_ line: String) -> String {
    line.replacing("1000x1000", with: "20x10").replacing("400x400", with: "20x20")
      .replacing("~/", with: "$HOME/")
  }
}
