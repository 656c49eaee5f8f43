import Foundation
import Testing
import TestSupport

/// The course on the command line.
struct CourseCommandTests {
  @Test func theCourseIsDescribed() throws {
    let done = try Program.run(["describe", "course"])
    #expect(done.status == 0)
    for word in [
      "first-hour", "65 claims", "bowl, zigzag", "12 scenes", "Newton's method solves a quadratic",
    ] {
      #expect(done.text.contains(word), "\(word)")
    }
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(Program.run(["describe", "course", "--format", "json"]).text.utf8))
        as? [String: Any])
    let claims = try #require(json["claims"] as? [[String: Any]])
    #expect(claims.count == 65 && (claims[0]["scenes"] as? [String])?.first == "bowl")
    let courses = try #require(json["courses"] as? [String: [String]])
    #expect(courses["first-hour"]?.count == 12 && (courses["all"]?.count ?? 0) >= 49)
  }

  /// A course that there is none of is named with those that there are; two ways of saying which scenes are too many.
  @Test func coursesAreChecked() throws {
    let unknown = try Program.run(["present", "--course", "first-houre"])
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'first-hour'?"))
    let both = try Program.run(["present", "bowl", "--course", "A"])
    #expect(both.status == 64 && both.errors.contains("leave out 'bowl'"))
    let notes = try Program.run(["present", "--notes", "--course", "A"])
    #expect(notes.status == 64 && notes.errors.contains("takes no scene and no course"))
    #expect(try Program.run(["present", "--notes"]).status == 69)
  }

  @Test func aHandoutIsWritten() throws {
    let folder = try Folder()
    let scene = try folder.write(
      "title: Mine\nlandscape: bowl\noptimizers: [sgd]\nsteps: 5\nexpect: [sgd.loss > 0]\n", to: "mine.yaml")
    let done = try Program.run(["export", scene, "\(folder.path)/h.html"])
    #expect(done.status == 0)
    let html = try String(contentsOfFile: "\(folder.path)/h.html", encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("<h2>1. Mine</h2>") && html.contains("✓"))
    let wrong = try Program.run(["export", "bowl", "\(folder.path)/b.svg", "--course", "A"])
    #expect(wrong.status == 64 && wrong.errors.contains("--course is for a handout"))
  }
}
