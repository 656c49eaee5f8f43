/// A lecture that the course goes with.
package enum CourseDeck: String, CaseIterable, Sendable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"

  /// Who gave it, and what it is called.
  package var title: String {
    switch self {
    case .a: "Ruthotto, \"Computational Mathematics and AI\", lecture 5: efficient optimization methods"
    case .b: "Lim, \"Advanced Optimization Algorithms for AI\", chapter 4: Adam and its variants"
    case .c: "Ruthotto, \"Computational Mathematics and AI\", lecture 3: optimization for machine learning"
    case .d: "Lin, \"Optimization for Deep Learning\", lecture 13"
    case .e: "STATS 403, \"Deep Learning\", lecture 2: training neural networks"
    }
  }
}
