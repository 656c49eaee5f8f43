import Canvas
import Experiments
import Exports
import Scenes

/// The course: which scenes it has, and which claims of the lectures they show.
extension ListText {
  /// The name by which it is described.
  static let courseName = "course"

  private static func minutes(_ scenes: [Scene]) -> Int {
    Int(clamped: (scenes.reduce(0) { $0 + $1.teachingTime } / 60).rounded())
  }

  private static func counted(_ scenes: [Scene]) -> String {
    "\(scenes.count) scene\(scenes.count == 1 ? "" : "s"), \(minutes(scenes)) min"
  }

  static func description(_ course: Course) -> String {
    let shown = CourseClaim.all.filter { !course.scenes(showing: $0).isEmpty }
    var text = "The course (\(courseName)): \(counted(course.scenes)), which show \(shown.count) of "
    text += "\(CourseClaim.all.count) claims of \(CourseDeck.allCases.count) lectures, "
    text += "by \(course.scenes.reduce(0) { $0 + $1.expectations.count }) expectations\n\nlectures\n"
    text += table(CourseDeck.allCases.map { ("  \($0.rawValue)", $0.title) })
    text += "\ncourses, as `descent present --course NAME` presents them\n"
    text += table(course.names.map { ("  \($0)", counted(course.scenes(of: $0) ?? [])) })
    text += "\nclaims, with the scenes that show and prove them\n"
    for claim in CourseClaim.all {
      let number = Text.padded("\(claim.number)", to: 2)
      let decks = Text.padded(claim.decks.map(\.rawValue).joined(), to: 5)
      let scenes = course.scenes(showing: claim).map(\.name)
      text += "  \(number)  \(decks)\(claim.text)\n"
      text +=
        "           \(scenes.isEmpty ? "no scene yet" : Text.sanitised(scenes.joined(separator: ", ")))\n"
    }
    text += "\nscenes, in order, with lectures and claims\n"
    text += table(
      course.scenes.map { scene in
        let decks = Set(scene.shownClaims.flatMap(\.decks)).map(\.rawValue).sorted().joined()
        let claims = scene.claims.map(String.init).joined(separator: " ")
        let proof = "\(scene.expectations.count) expectations, \(minutes([scene])) min"
        return ("  \(scene.name)", "\(scene.title) (\(decks) \(claims); \(proof))")
      })
    return text
  }

  static func json(_ course: Course) -> String {
    JSONText.object([
      (
        "courses",
        JSONText.object(
          course.names.map { name in
            (name, JSONText.array((course.scenes(of: name) ?? []).map { JSONText.string($0.name) }))
          })
      ),
      (
        "claims",
        JSONText.array(
          CourseClaim.all.map { claim in
            JSONText.object([
              ("number", "\(claim.number)"),
              ("lectures", JSONText.array(claim.decks.map { JSONText.string($0.rawValue) })),
              ("text", JSONText.string(claim.text)),
              ("scenes", JSONText.array(course.scenes(showing: claim).map { JSONText.string($0.name) })),
            ])
          })
      ),
      ("scenes", JSONText.array(course.scenes.map(entry(of:)))),
    ])
  }

  private static func entry(of scene: Scene) -> String {
    let decks = Set(scene.shownClaims.flatMap(\.decks)).map(\.rawValue).sorted()
    return JSONText.object([
      ("name", JSONText.string(scene.name)), ("title", JSONText.string(scene.title)),
      ("lectures", JSONText.array(decks.map(JSONText.string))),
      ("claims", JSONText.array(scene.claims.map(String.init))),
      ("expectations", "\(scene.expectations.count)"), ("minutes", "\(minutes([scene]))"),
    ])
  }
}
