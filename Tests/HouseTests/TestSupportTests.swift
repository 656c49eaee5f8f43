import Foundation
import TestSupport
import Testing

/// What other tests rely on.
struct TestSupportTests {
  /// The first numbers of the published generator from 1234567.
  @Test func randomNumbersAreThoseOfSplitMix64() {
    var random = SplitMix64(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect((0..<1000).allSatisfy { _ in (0..<1).contains(random.uniform()) })
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("", []), ("\n", [[""]]), ("a,\n", [["a", ""]]),
    ("a,b", [["a", "b"]]), ("\"a,\"\"b\"\"\r\nc\",d\n", [["a,\"b\"\r\nc", "d"]]), ("\"\",x\n", [["", "x"]]),
  ])
  func recordsAreReadAsTheStandardSays(_ text: String, _ records: [[String]]) {
    #expect(CSVReader.records(text) == records)
  }

  @Test func foldersGoWithTheTest() throws {
    var path = ""
    do {
      let folder = try Folder()
      path = try folder.write("x", to: "a/b.txt")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "x")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func differencesAreNamedByTheirLine() {
    #expect(RecordedText.difference(of: "a\nb\n", from: "a\nb\n") == nil)
    #expect(
      RecordedText.difference(of: "a\nc\n", from: "a\nb\n") == "line 2:\n  is  c\n  was b")
    #expect(
      RecordedText.difference(of: "a", from: "a\nb") == "line 2:\n  is  (at its end)\n  was b")
    #expect(RecordedText.difference(of: "a\n", from: "a") != nil, "a line end counts")
  }
}
