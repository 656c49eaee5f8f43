import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Values and gradients from PyTorch, Hessians from JAX, at six points of fifteen surfaces.
@Suite struct ReferenceTests {
  struct File: Decodable { let cases: [Case] }

  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    struct Sample: Decodable {
      let point: [Double]
      let value: Double
      let grad: [Double]
      let hessian: [[Double]]
    }
    let surface: String
    let surface_formula: String
    let dim: Int
    let points: [Sample]
    var testDescription: String { surface }
  }

  static let cases: [Case] = {
    let folder = Bundle.module.resourceURL!.appending(path: "Reference")
    // A missing or broken file must fail loudly.
    // swift-format-ignore: NeverUseForceTry
    return try! JSONDecoder().decode(
      File.self, from: Data(contentsOf: folder.appending(path: "surfaces.json"))
    ).cases.filter { $0.dim == 2 }
  }()

  private func expectAgreement(_ landscape: Landscape, with reference: Case) {
    let oracle = landscape.makeOracle()
    for sample in reference.points {
      let (value, gradient, hessian) = look(oracle, sample.point)
      func isClose(_ ours: Double, _ theirs: Double, scale: Double) -> Bool {
        (ours - theirs).magnitude <= 1e-12 * max(1, scale)
      }
      #expect(isClose(value, sample.value, scale: sample.value.magnitude))
      let steepest = sample.grad.map(\.magnitude).max()!
      for (ours, theirs) in zip(gradient, sample.grad) { #expect(isClose(ours, theirs, scale: steepest)) }
      let flat = sample.hessian.flatMap { $0 }
      let sharpest = flat.map(\.magnitude).max()!
      for (ours, theirs) in zip(hessian, flat) { #expect(isClose(ours, theirs, scale: sharpest)) }
    }
  }

  @Test func allSurfacesAreThere() { #expect(Self.cases.count == 15) }

  @Test(arguments: cases) func formulaAgrees(_ reference: Case) throws {
    let text = reference.surface_formula.replacing(", u =", with: " where u =")
    expectAgreement(try Landscape(formula: text), with: reference)
  }

  @Test(arguments: cases) func catalogAgrees(_ reference: Case) throws {
    let name =
      ["rotated_quadratic": "rotated-ravine"][reference.surface]
      ?? reference.surface.replacing("_", with: "-")
    expectAgreement(try #require(LandscapeCatalog.named(name)), with: reference)
  }
}
