public import Landscapes
import OptimizerCore

/// How much of a run a plane through more than two parameters shows: what stands beside every such picture.
public struct ProjectionGauge: Sendable, Hashable {
  /// The loss where the run is.
  public let loss: Double
  /// The loss at its shadow, which is the point of the picture where it is drawn.
  public let shadowLoss: Double
  /// The share of the path's squared length that lies in the plane, from 0 to 1; nil before the first step.
  public let pathShare: Double?

  /// The gauge of a run at its playhead.
  public init(_ run: Run, on landscape: Landscape) {
    loss = run.loss
    shadowLoss = landscape.value(at: landscape.point(at: run.parameters), step: run.step)
    guard let plane = landscape.plane, let last = run.history.index(at: run.step), last > 0 else {
      pathShare = nil
      return
    }
    // A few hundred pieces of a long path tell as much as all.
    let stride = max(1, last / 256)
    var (inside, all) = (0.0, 0.0)
    var before = run.history.parameters(at: 0)
    for row in Swift.stride(from: stride, through: last, by: stride) {
      let now = run.history.parameters(at: row)
      let step = zip(now, before).map { $0 - $1 }
      let part = plane.component(of: step)
      inside += part.x * part.x + part.y * part.y
      all += step.reduce(0) { $0 + $1 * $1 }
      before = now
    }
    pathShare = all > 0 ? inside / all : nil
  }

  /// What the picture says in its corner, a line each.
  ///
  /// - Parameters:
  ///   - number: the entry, counted from 1.
  ///   - distance: how far the run is from the plane.
  public func remarks(number: Int, distance: Double) -> [String] {
    var lines = ["\(number) is \(NumberText.brief(distance)) off this plane"]
    if let pathShare {
      lines[0] += ", which holds \(NumberText.brief(100 * pathShare, digits: 2)) % of its path"
    }
    lines.append("loss \(NumberText.brief(loss)), at its shadow here \(NumberText.brief(shadowLoss))")
    return lines
  }
}

extension Landscape {
  /// The parameters of the point of the picture at which parameters are drawn.
  fileprivate func point(at parameters: [Double]) -> [Double] { lift(project(parameters)) }
}
