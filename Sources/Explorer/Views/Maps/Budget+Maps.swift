import Experiments

extension Budget {
  /// The steps of a map's runs where neither the race nor its scene has a budget.
  static let mapSteps = 300

  /// As far as runs under it go, in steps.
  var furthest: Int { steps ?? evaluations ?? Budget.mapSteps }

  /// The budget in words: `300 steps`.
  var words: String {
    var parts: [String] = []
    if let steps { parts.append("\(NumberText.count(steps)) steps") }
    if let evaluations { parts.append("\(NumberText.count(evaluations)) evaluations") }
    return parts.joined(separator: " or ")
  }
}
