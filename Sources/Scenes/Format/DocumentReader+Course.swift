import OptimizerCore
import Yams

/// What says where in the course a scene stands.
extension DocumentReader {
  mutating func claims(_ node: Node) -> [Int]? {
    let numbers = CourseClaim.all.map(\.number)
    let rule = "claims must be a list of numbers from \(numbers.min() ?? 0) to \(numbers.max() ?? 0)"
    guard let items = items(node, rule + " such as [1, 2]") else { return nil }
    var claims: [Int] = []
    for item in items where !isFull {
      guard let number = count(item, "a claim") else { continue }
      if !numbers.contains(number) {
        fail(item, "\(rule), got '\(number)'; `descent describe course` lists them")
      } else if claims.contains(number) {
        fail(item, "the claim \(number) is named twice")
      } else {
        claims.append(number)
      }
    }
    return claims
  }

  mutating func courses(_ node: Node) -> [String]? {
    guard let items = items(node, "courses must be a list of names such as [first-hour]") else { return nil }
    var courses: [String] = []
    for item in items where !isFull {
      guard let name = text(item, "a course") else { continue }
      if !Course.isOwnName(name) {
        fail(
          item,
          "a course has a name of small letters, digits and single dashes, other than \(Course.whole) and those of the lectures, got '\(Excerpt.printable(name))'"
        )
      } else if courses.contains(name) {
        fail(item, "the course '\(name)' is named twice")
      } else {
        courses.append(name)
      }
    }
    return courses
  }
}
