import Foundation
import Testing
import TestSupport

@testable import Scenes

/// Where scenes are found, and what is said where they are not.
struct SceneLibraryTests {
  private static let document = "landscape: bowl\noptimizers: [sgd]\ntitle: "

  private func failure(_ name: String, in library: SceneLibrary = SceneLibrary()) -> SceneLibrary.Failure? {
    do {
      _ = try library.scene(name)
      return nil
    } catch { return error }
  }

  @Test func aPathThenTheFoldersInOrderThenTheBundle() throws {
    let folder = try Folder()
    try folder.write(Self.document + "first\n", to: "a/mine.yaml")
    try folder.write(Self.document + "second\n", to: "b/mine.yaml")
    try folder.write(Self.document + "my ravine\n", to: "b/ravine.yaml")
    let path = try folder.write(Self.document + "by path\n", to: "elsewhere/ravine.yaml")
    let library = SceneLibrary(folders: ["\(folder.path)/a", "\(folder.path)/b", "\(folder.path)/none"])
    #expect(try library.scene("mine").title == "first")
    #expect(try library.scene("ravine").title == "my ravine")
    #expect(try library.scene(path).title == "by path")
    #expect(try library.scene(path).name == "ravine")
    #expect(try library.scene("bowl").title == SceneLibrary().scene("bowl").title)
    #expect(try SceneLibrary().scene("ravine").title != "my ravine")
    #expect(Set(library.names).isSuperset(of: ["mine", "ravine", "bowl"]))
    #expect(library.names == library.names.sorted() && Set(library.names).count == library.names.count)
  }

  @Test func namesInAFolderAreYAMLFilesThatAreNotHidden() throws {
    let folder = try Folder()
    for name in ["a.yaml", "b.yml", "c.txt", ".d.yaml", "e.yaml~"] {
      try folder.write(Self.document, to: name)
    }
    #expect(SceneLibrary(folders: [folder.path]).names.filter { $0.count == 1 } == ["a"])
  }

  @Test func theShortExtensionWorksByPath() throws {
    let folder = try Folder()
    let path = try folder.write(Self.document + "short\n", to: "b.yml")
    #expect(try SceneLibrary().scene(path).name == "b")
  }

  @Test func whatIsNotThereIsNotFound() throws {
    guard case .notFound(let near)? = failure("ravne") else {
      Issue.record("found")
      return
    }
    #expect(near == "no scene 'ravne', did you mean 'ravine'?")
    guard case .notFound(let far)? = failure("quux") else {
      Issue.record("found")
      return
    }
    #expect(far == "no scene 'quux'")
    for path in ["./nope.yaml", "nope.yml", "/nope/nope"] {
      guard case .notFound(let message)? = failure(path) else {
        Issue.record("found")
        return
      }
      #expect(message == "no file '\(path)'")
    }
  }

  @Test func foldersAndDevicesAreNoScenes() throws {
    let folder = try Folder()
    guard case .unreadable(let message)? = failure(folder.path) else {
      Issue.record("a folder was read")
      return
    }
    #expect(message == "'\(folder.path)' is a folder; name a file in it")
    guard case .malformed(let empty)? = failure("/dev/null") else {
      Issue.record("/dev/null was read")
      return
    }
    #expect(empty.description.hasPrefix("/dev/null:1: the file is empty"))
    guard case .malformed(let endless)? = failure("/dev/zero") else {
      Issue.record("/dev/zero was read")
      return
    }
    #expect(endless.description.contains("a scene is at most 1048576 bytes"))
  }

  @Test func filesThatAreNoTextSaySo() throws {
    let folder = try Folder()
    let cases: [(Data, String)] = [
      (Data([0x6c, 0xff, 0xfe, 0x00]), "not text in UTF-8"),
      (Data([0xff, 0xfe, 0x6c, 0x00]), "not text in UTF-8"),
      (Data([0xed, 0xa0, 0x80]), "not text in UTF-8"),
      (Data("title: a\0b\n".utf8), "control characters are not allowed"),
      (Data("title: \u{1b}[31m\n".utf8), "control characters are not allowed"), (Data(), "the file is empty"),
      (Data(repeating: 0x23, count: 2 << 20), "a scene is at most 1048576 bytes"),
    ]
    for (index, (data, part)) in cases.enumerated() {
      let path = try folder.write(data, to: "\(index).yaml")
      guard case .malformed(let errors)? = failure(path) else {
        Issue.record("case \(index) was read")
        continue
      }
      #expect(errors.errors.count == 1 && errors.description.hasPrefix(path + ":"))
      #expect(errors.description.contains(part), "\(errors)")
    }
  }

  @Test func aMegabyteOfCommentIsStillAScene() throws {
    let text = Self.document + "large\n#" + String(repeating: "x", count: (1 << 20) - 60) + "\n"
    #expect(try scene(text).title == "large")
  }

  @Test func errorsNameThePathAsGiven() throws {
    let folder = try Folder()
    let path = try folder.write("landscape: bowl\noptimizers: [sgd]\ntitel: x\n", to: "wrong.yaml")
    guard case .malformed(let errors)? = failure(path) else {
      Issue.record("read")
      return
    }
    #expect(errors.description == "\(path):3:1: unknown key 'titel', did you mean 'title'?")
    guard case .malformed(let named)? = failure("wrong", in: SceneLibrary(folders: [folder.path])) else {
      Issue.record("read")
      return
    }
    #expect(named.description == errors.description)
  }
}
