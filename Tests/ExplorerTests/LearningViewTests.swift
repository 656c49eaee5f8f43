import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Training on the screen: how fast, the noise of batches, expected losses, and what K-FAC takes for the Fisher matrix.
@Suite struct LearningViewTests {
  private static let network = "network(data=moons, rows=24, hidden=3, activation=tanh)"
  private static let line = "samples(data=line, rows=20, model=a*x + b, start=a=-1 b=1.5)"

  // MARK: Speed

  @Test func itPlaysAsFastAsItIsAllowedTo() throws {
    var explorer = try explorer("bowl", ["sgd:lr=0.01"])
    explorer.type("! space")
    #expect(explorer.shows("full speed") && explorer.timeToNextStep == 0)
    var left = 137
    explorer.advance(by: 0.016) {
      left -= 1
      return left > 0
    }
    #expect(explorer.race.step == 137)
    // Nothing is made up for, and a key goes back to so many steps a second.
    explorer.type("!")
    explorer.advance(by: 0.05)
    #expect(explorer.race.step == 138)
    explorer.type("! ]")
    #expect(explorer.shows("/s") && !explorer.shows("full speed"))
  }

  /// However dear a step is, the clock ends the stepping; the steps that were due are not made up for.
  @Test func aStepThatIsDearDoesNotKeepKeysWaiting() throws {
    var explorer = try explorer("bowl", ["sgd:lr=0.01"])
    explorer.speed = 1000
    explorer.type("space")
    var clock = PlayClock(at: 0)
    _ = clock.tick(&explorer, at: 0.5) { false }
    #expect(explorer.race.step == 1)
    _ = clock.tick(&explorer, at: 0.51)
    #expect(explorer.race.step == 11)
  }

  @Test func lossesAreTakenNowAndThen() throws {
    var explorer = try explorer(
      Self.line, ["sgd:lr=0.05"], noise: Noise("minibatch(size=4,losses=10)"), steps: 0)
    #expect(explorer.shows("Loss, every 10 steps") || explorer.shows("every 10 steps"))
    explorer.type("! space")
    var left = 7
    explorer.advance(by: 1) {
      left -= 1
      return left > 0
    }
    #expect(explorer.race.step == 7)
    // Between two looks the table has the loss where the run stands.
    let run = explorer.race.run(entry: 0)
    #expect(run.loss == explorer.race.landscape.value(at: run.parameters))
    #expect(run.history.steps.allSatisfy { $0 % 10 == 0 })
    #expect(explorer.replayLine.contains("losses=10"))
  }

  // MARK: Noise

  @Test func theNoiseOfBatchesIsDrawn() throws {
    var explorer = try explorer(
      Self.line, ["sgd:lr=0.05"], noise: Noise("minibatch(size=4,sampling=uniform)"), steps: 5)
    explorer.type("O O O O")
    #expect(explorer.overlays.contains(.noise))
    let run = explorer.race.run(entry: 0)
    let scatter = try #require(
      NoiseScatter(
        of: explorer.race.experiment.noise, at: run.parameters, on: explorer.race.landscape, seed: 0))
    #expect(explorer.shows("batch of 4: σ² \(NumberText.brief(scatter.measuredTrace, digits: 3)) measured"))
    #expect(explorer.shows("Σ/b·(N−b)/(N−1) \(NumberText.brief(scatter.predictedTrace, digits: 3))"))
    explorer.type("O O")
    #expect(!explorer.overlays.contains(.noise))
    // Without batches there is nothing to go through.
    var calm = try ExplorerTests.explorer(Self.line, ["sgd:lr=0.05"], steps: 5)
    for _ in 0..<6 {
      calm.type("O")
      #expect(!calm.overlays.contains(.noise))
    }
  }

  /// Every point of the outline has the length √(uᵀCu)⁻¹ that an ellipse has: vᵀC⁻¹v = 1.
  @Test func theEllipseIsThatOfTheCovariance() {
    let (xx, xy, yy) = (2.0, 0.6, 0.5)
    let determinant = xx * yy - xy * xy
    for point in Portrait.Scatter.outline(of: SymmetricMatrix2(xx: xx, xy: xy, yy: yy)) {
      let form = (yy * point.x * point.x - 2 * xy * point.x * point.y + xx * point.y * point.y) / determinant
      #expect(abs(form - 1) < 1e-9)
    }
  }

  /// The expected loss stands behind the loss of the sample in grey.
  @Test func theExpectedLossIsAGreyCurve() throws {
    var explorer = try explorer(
      "samples(data=line, rows=10, model=a*x + b, start=a=-1 b=1.5)", ["sgd:lr=0.05"],
      noise: Noise("minibatch(size=2,sampling=fresh)"), steps: 6)
    explorer.curveAxes = .linear
    explorer.followSamples()
    let curves = explorer.context.curves(columns: 100)
    #expect(curves.title.hasSuffix("grey: of 8192 new rows"))
    let data = try #require(explorer.race.landscape.data)
    let history = explorer.race.run(entry: 0).history
    #expect(curves.backdrop.ghosts.count == 1 && curves.backdrop.ghosts[0].count == 7)
    for (place, point) in (curves.backdrop.ghosts.first ?? []).enumerated() {
      let loss = try #require(data.expectedLoss(at: Array(history.parameters(at: place))))
      #expect(point.x == Double(place) && abs(point.y - loss) < 1e-12)
    }
    // The fixed sample has none.
    var fixed = try ExplorerTests.explorer(
      Self.line, ["sgd:lr=0.05"], noise: Noise("minibatch(size=2)"), steps: 6)
    fixed.followSamples()
    #expect(fixed.context.curves(columns: 100).backdrop.ghosts.isEmpty)
  }

  // MARK: Fisher

  /// F of a softmax layer from its definition, and the product of the factors from theirs.
  @Test func theFisherBlockIsThatOfTheDefinition() throws {
    let landscape = try LandscapeText.landscape("network(data=moons, rows=10, hidden=none, weights=3)")
    let network = try #require(landscape.problem as? NetworkProblem)
    let θ = try #require(network.defaultStart)
    let block = try #require(network.fisherBlock(layer: 0, at: θ))
    #expect(block.side == 6)
    let (xs, ys) = (network.training.column("x") ?? [], network.training.column("y") ?? [])
    let told = network.predictions(at: θ, inputs: [xs, ys])
    var (exact, a, s) = (
      [Double](repeating: 0, count: 36), [Double](repeating: 0, count: 9), [Double](repeating: 0, count: 4)
    )
    for row in 0..<10 {
      let input = [xs[row], ys[row], 1]
      let p = [told[0][row], told[1][row]]
      for i in 0..<3 { for j in 0..<3 { a[3 * i + j] += input[i] * input[j] / 10 } }
      for k in 0..<2 {
        for l in 0..<2 {
          let own = (k == l ? p[k] : 0) - p[k] * p[l]
          s[2 * k + l] += own / 10
          for i in 0..<3 {
            for j in 0..<3 { exact[(3 * k + i) * 6 + 3 * l + j] += own * input[i] * input[j] / 10 }
          }
        }
      }
    }
    for i in 0..<6 {
      for j in 0..<6 {
        #expect(abs(block.exact[6 * i + j] - exact[6 * i + j]) < 1e-12)
        #expect(abs(block.product[6 * i + j] - s[2 * (i / 3) + j / 3] * a[3 * (i % 3) + j % 3]) < 1e-12)
      }
    }
    #expect(abs(network.fisherError(layer: 0, at: θ) - block.error) < 1e-15)
  }

  @Test func theFisherMatrixStandsBesideItsProduct() throws {
    var explorer = try explorer(
      Self.network, ["sgd:lr=0.3"], steps: 10, appearance: Appearance(glyphs: .braille, depth: .direct))
    explorer.type("b Y Y Y")
    let network = try #require(explorer.race.landscape.problem as? NetworkProblem)
    let parameters = explorer.race.run(entry: 0).parameters
    for (layer, side) in [(0, 9), (1, 8)] {
      #expect(explorer.shows("layer \(layer + 1): F, \(side)×\(side)") && explorer.shows("A⊗S"))
      let error = network.fisherError(layer: layer, at: parameters)
      #expect(explorer.shows("‖F − A⊗S‖/‖F‖ = \(NumberText.brief(error, digits: 3))"))
      explorer.type("l")
    }
    explorer.type("Y")
    #expect(!explorer.shows("A⊗S"))
    // Plain letters where there are no colours.
    var plain = try ExplorerTests.explorer(Self.network, ["sgd:lr=0.3"], steps: 10)
    plain.type("b Y Y Y")
    #expect(plain.shows("layer 1: F, 9×9"))
  }

  /// What a pixel stands for is the mean of its entries.
  @Test func aPixelIsAMean() {
    let matrix = (0..<16).map(Double.init)
    #expect(FisherPicture.mean(matrix, 4, row: 0, column: 1, of: 2) == (2 + 3 + 6 + 7) / 4.0)
    #expect(FisherPicture.mean(matrix, 4, row: 3, column: 2, of: 4) == 14)
  }
}
