public import Landscapes

extension JSONText {
  /// A landscape with its formula, constants, window and known points; with its matrices where it has them.
  public static func landscape(_ landscape: Landscape) -> String {
    func list(_ points: [Point]) -> String {
      array(points.map { array([$0.x, $0.y].map(number)) })
    }
    func pair(_ range: ClosedRange<Double>) -> String {
      array([range.lowerBound, range.upperBound].map(number))
    }
    var members: [(String, String)] = [
      ("id", string(landscape.id)), ("title", string(landscape.title)),
      ("formula", string(landscape.text)),
      (
        "constants",
        array(
          landscape.constants.map {
            object([
              ("name", string($0.name)), ("symbol", string($0.symbol)),
              ("label", string($0.label)), ("value", number($0.value)),
              ("range", pair($0.range)),
            ])
          })
      ),
      ("window", object([("x", pair(landscape.window.x)), ("y", pair(landscape.window.y))])),
      ("start", array([landscape.start.x, landscape.start.y].map(number))),
      ("minima", list(landscape.minima)), ("saddles", list(landscape.saddles)),
      ("watch", string(landscape.watch)), ("source", string(landscape.source)),
    ]
    if let problem = landscape.matrixProblem {
      func matrix(_ matrix: MatrixProblem.Matrix) -> String {
        array(
          (0..<matrix.rows).map { row in
            array(
              (0..<matrix.columns).map { number(matrix.entries[row * matrix.columns + $0]) })
          })
      }
      members += [
        ("parameters", array(problem.entryNames.map(string))),
        ("A", matrix(problem.a)), ("B", matrix(problem.b)), ("C", matrix(problem.c)),
        ("start_parameters", array(problem.start.map(number))),
        ("minimiser", array(problem.minimiser.map(number))),
        ("plane", string(landscape.planeName ?? "")),
      ]
    }
    return object(members)
  }
}
