import Landscapes
import OptimizerCore

extension Sweep {
  /// The stability limit and the optimum of every axis that is a knob with one, as far as the theory knows.
  ///
  /// The curvature is that at the known minimum nearest to the cell's start, or at the start where none is known.
  public var theory: [TheoryCurve] {
    var curves: [TheoryCurve] = []
    for (axis, isAlongX) in [(x, true), (y, false)] {
      guard case .knob(.entry(_, let key)) = axis.target else { continue }
      for kind in [TheoryCurve.Kind.limit, .optimum] {
        if let curve = theory(kind, of: key, isAlongX: isAlongX) { curves.append(curve) }
      }
    }
    return curves
  }

  private func theory(_ kind: TheoryCurve.Kind, of key: String, isAlongX: Bool) -> TheoryCurve? {
    var formula: String?
    var isExact = true
    var values: [Double?] = []
    for index in 0..<(isAlongX ? rows : columns) {
      let cell = isAlongX ? experiment(column: 0, row: index) : experiment(column: index, row: 0)
      let start = cell.starts[0]
      let place = cell.landscape.minima.min { $0.distance(to: start) < $1.distance(to: start) } ?? start
      let theory = Theory(of: cell.entries[entry].spec, on: cell.landscape, at: place)
      isExact = isExact && theory.isExact
      switch kind == .limit ? theory.limit(of: key) : theory.optimum(of: key) {
      case .known(let value, let text):
        formula = formula ?? text
        values.append(value)
      case .unknown: values.append(nil)
      }
    }
    guard let formula else { return nil }
    return TheoryCurve(
      kind: kind, isAlongX: isAlongX, formula: formula, isExact: isExact, values: values)
  }
}
