package import Landscapes
import OptimizerCore

extension JSONText {
  /// A landscape with its formula, constants, window and known points; with its matrices where it has them.
  package static func landscape(_ landscape: Landscape) -> String {
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
    members += landscape.showsAllParameters ? facts(of: landscape.problem) : planeMembers(of: landscape)
    return object(members)
  }

  /// What is said of more than two parameters. Their names and numbers are left out where there are more than
  /// `Landscape.mostNames`; the blocks of the layout say then what there is.
  private static func planeMembers(of landscape: Landscape) -> [(String, String)] {
    let problem = landscape.problem
    let names = problem.words.parameters
    let isListed = names.count <= Landscape.mostNames
    var members: [(String, String)] = []
    if isListed {
      members.append(("parameters", array(names.prefix(names.count).map(string))))
    } else {
      members.append(
        (
          "blocks",
          array(
            problem.layout.blocks.map {
              object([
                ("name", string($0.name)), ("rows", number(Double($0.rows))),
                ("columns", number(Double($0.columns))),
              ])
            })
        ))
    }
    members += facts(of: problem)
    if isListed, let start = problem.defaultStart {
      members.append(("start_parameters", array(start.map(number))))
    }
    if isListed, let minimiser = problem.minimisers.first {
      members.append(("minimiser", array(minimiser.map(number))))
    }
    members.append(("plane", string(landscape.planeName ?? "")))
    return members
  }

  private static func facts(of problem: any Problem) -> [(String, String)] {
    problem.facts.map { fact in
      switch fact.content {
      case .text(let words): return (fact.name, string(words))
      case .matrix(let rows, let columns, let entries):
        return (
          fact.name,
          array((0..<rows).map { row in array((0..<columns).map { number(entries[row * columns + $0]) }) })
        )
      }
    }
  }
}
