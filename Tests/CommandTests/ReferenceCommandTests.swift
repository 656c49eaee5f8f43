import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import descent

/// `describe` and `list` for what can be written, for PyTorch's words, and for names that are two things.
struct ReferenceCommandTests {
  @Test(arguments: ReferencePage.all.map(\.name)) func aPageIsDescribed(_ name: String) throws {
    let page = try #require(ReferencePage.all.first { $0.name == name })
    let text = try Program.run("describe \(name)")
    #expect(text.status == 0 && text.lines.first == "\(page.title) (\(name)): \(page.summary)")
    for section in page.sections {
      #expect(text.lines.contains(section.title), "\(section.title)")
      for row in section.rows {
        #expect(
          text.lines.contains { $0.hasPrefix("  \(row.term) ") && $0.hasSuffix(row.meaning) }, "\(row.term)")
      }
    }
    let json = try Program.run("describe \(name) --format json")
    let object = try #require(JSONSerialization.jsonObject(with: json.output) as? [String: Any])
    #expect(object["name"] as? String == name)
    #expect((object["sections"] as? [[String: Any]])?.count == page.sections.count)
    #expect(Completions.names([], 0, "").contains(name))
    #expect(
      try Program.run("list references").lines.contains { $0.hasPrefix(name) && $0.hasSuffix(page.summary) })
    #expect(try Program.run("describe \(name)s").errors.contains("did you mean '\(name)'?"))
  }

  @Test func aPageIsInASCIIWhereTheLocaleIs() throws {
    let finished = try Program.run("describe formulas", environment: ["LC_ALL": "C"])
    #expect(finished.status == 0 && finished.output.allSatisfy { $0 < 0x80 })
  }

  /// Where it matters on a kink, what is said is what is computed.
  @Test func functionsSayTheirDomainsAndKinks() throws {
    let lines = try Program.run("describe formulas").lines
    #expect(lines.contains { $0.hasPrefix("  relu(x) ") && $0.hasSuffix("x above 0, else 0; slope 0 at 0") })
    #expect(
      lines.contains { $0.contains("sqrt(x)") && $0.contains("from 0") && $0.contains("infinite slope at 0") }
    )
  }

  @Test func anOptimizerTellsPyTorchsWords() throws {
    let lines = try Program.run("describe adam").lines
    #expect(lines.contains("in PyTorch's words"))
    #expect(lines.contains { $0.hasPrefix("  betas ") && $0.hasSuffix("beta1, beta2") })
    #expect(lines.contains { $0.hasPrefix("  weight_decay ") && $0.contains("l2=…") })
    #expect(lines.contains { $0.hasPrefix("  amsgrad ") && $0.hasSuffix("amsgrad") })
    let object = try JSONSerialization.jsonObject(with: try Program.run("describe sgd --format json").output)
    #expect(((object as? [String: Any])?["aliases"] as? [String: String])?["momentum"] == "momentum:beta=…")
    #expect(
      try Program.run("trace bowl -o Adam:betas=(0.8,0.9) --steps 1").text.contains(
        "adam:beta1=0.8,beta2=0.9"))
    #expect(
      try Program.run("trace bowl -o adam:0.1").errors
        == "descent: error: in 'adam:0.1': a setting has a name: write adam:lr=0.1\n")
  }

  /// A scene and a landscape of one name that are two problems are told apart, from either side.
  @Test func namesakesAreToldApart() throws {
    let text = try Program.run("describe ravine").text
    #expect(
      text.contains(
        "`descent ravine` opens a scene of that name, on another problem: rotated-ravine, kappa = 30, angle = 25"
      ))
    #expect(
      text.contains(
        "problem rotated-ravine, kappa = 30, angle = 25; not that of --landscape ravine, which is ravine, kappa = 10"
      ))
    // Where they are one problem there is nothing to tell.
    let bowl = try SceneLibrary().scene("bowl").experiment.landscape
    #expect(bowl.constants == LandscapeCatalog.named("bowl")?.constants)
    #expect(!(try Program.run("describe bowl").text.contains("another problem")))
  }

  /// What the screen shows of a formula is the same run as what a keyboard writes.
  @Test func aFormulaIsTakenAsTheScreenShowsIt() throws {
    let run = ["--start", "1,2", "-o", "sgd:lr=0.05", "--steps", "5"]
    let shown = try Program.run(["trace", "--function", "0.5·(10·x² + y²) − √(1 + x⁴)"] + run)
    let plain = try Program.run(["trace", "--function", "0.5*(10*x^2 + y^2) - sqrt(1 + x^4)"] + run)
    #expect(shown.status == 0 && shown.output == plain.output)
  }
}
