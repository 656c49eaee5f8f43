import Experiments
import Landscapes
import OptimizerCore
import Testing

@testable import Scenes

/// The plane of a landscape over more than two parameters, in a scene.
struct PlaneTests {
  @Test(arguments: [
    "{name: matrix-2x2, plane: \"W12,W22\", kappa: 30}", "{kappa: 30, plane: [W12, W22], name: matrix-2x2}",
  ]) func aPlaneIsPartOfTheLandscape(_ landscape: String) throws {
    let scene = try scene("landscape: \(landscape)\noptimizers: [muon]\n")
    let usual = try #require(LandscapeCatalog.named("matrix-2x2"))
    #expect(
      scene.experiment.landscape == (try usual.showing(plane: "W12,W22").setting("kappa", to: 30)))
    #expect(scene.experiment.starts == [Point(-0.8, -1.2)])
    #expect(
      scene.experiment.arguments(steps: 1).joined(separator: " ").contains("--plane W12,W22 --set kappa=30"))
    #expect(try ScenesTests.scene("landscape: matrix-2x2\noptimizers: [sgd]\n").experiment.landscape == usual)
  }

  @Test func wrongPlanesAreErrorsWithTheirPlace() {
    func faults(_ landscape: String) -> [String] {
      ScenesTests.faults("landscape: \(landscape)\noptimizers: [sgd]\n")
    }
    #expect(
      faults("{name: matrix-2x2, plane: \"W11,W9\"}") == [
        "s.yaml:1:38: unknown direction 'W9', there are W11 to W22, minimum, gradient, sharpest, flattest"
      ])
    #expect(
      faults("{name: matrix-2x2, plane: [W11]}") == [
        "s.yaml:1:38: plane must be two directions such as [W11, W22] or [minimum, gradient]"
      ])
    #expect(
      faults("{name: matrix-2x2, plan: \"W11,W12\"}") == [
        "s.yaml:1:31: unknown key 'plan', did you mean 'plane'?"
      ])
    #expect(
      faults("{name: ravine, plane: \"W11,W12\"}") == [
        "s.yaml:1:34: a plane is chosen among more than two parameters, and the landscape 'ravine' has two: x and y"
      ])
    #expect(
      ScenesTests.faults("landscape: matrix-2x2\nnoise: gaussian(xx=1,xy=0,yy=1)\noptimizers: [sgd]\n").count
        == 1)
  }
}
