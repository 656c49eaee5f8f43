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

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment[RecordedText.variable] == nil, "would record its own texts")
  )
  func aRecordedTextIsHeldTo() throws {
    let folder = try Folder()
    let file = folder.url.appending(path: "frame.txt")
    withKnownIssue { try RecordedText.expect("a\n", in: file) }
    try folder.write("a\nb 3\n", to: "frame.txt")
    try RecordedText.expect("a\nb 3\n", in: file)
    withKnownIssue { try RecordedText.expect("a\nb 4\n", in: file) }
    withKnownIssue { try RecordedText.expect("a\n", in: file) }
    try RecordedText.expect("a\nb 4\n", in: file) { $0.replacing(/\d/, with: "N") }
  }
}
