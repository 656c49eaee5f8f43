import Foundation
import Testing

@testable import Scenes

/// What a scene of the course says, sentence by sentence, and which of its expectations prove it: `Sentences/NAME.txt`.
///
/// A line a sentence, in the order of the scene: the numbers of expectations from 1, or `-` for one that claims nothing that
/// could be false, such as a question or an instruction; then `|` and the sentence.
struct CourseSentences {
  /// One sentence, and what proves it.
  struct Sentence: Equatable {
    let proofs: [Int]
    let text: String
  }

  let sentences: [Sentence]

  /// The sentences of the table of a scene.
  init(of scene: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Sentences/\(scene).txt")
    sentences = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      let row = try #require(line.wholeMatch(of: /(-|[0-9]+(?:,[0-9]+)*) \| (.+)/), "\(scene): \(line)")
      let proofs = row.1 == "-" ? [] : row.1.split(separator: ",").compactMap { Int($0) }
      return Sentence(proofs: proofs, text: String(row.2))
    }
  }

  /// The expectations that some sentence names.
  var proofs: Set<Int> { Set(sentences.flatMap(\.proofs)) }

  /// What a scene says, sentence by sentence.
  static func texts(of scene: Scene) -> [String] {
    func parts(_ kind: String, _ text: String) -> [String] { split(text).map { "\(kind): \($0)" } }
    var texts = parts("title", scene.title) + parts("caption", scene.caption) + parts("notes", scene.notes)
    for beat in scene.beats {
      texts += parts("say", beat.say ?? "")
      if let question = beat.question {
        texts += parts("ask", question.text)
        if let answer = question.answer {
          texts.append("answer: \(words(question.choices[answer - 1]).joined(separator: " "))")
        }
      }
      texts += parts("notes", beat.notes)
    }
    return texts
  }

  private static func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

  /// The sentences of a text: after a stop, where no small letter follows.
  private static func split(_ text: String) -> [String] {
    var sentences: [[Substring]] = []
    for word in words(text) {
      if let last = sentences.last?.last?.last, ".?!".contains(last),
        let first = word.unicodeScalars.first, !("a"..."z").contains(first)
      {
        sentences.append([word])
      } else if sentences.isEmpty {
        sentences.append([word])
      } else {
        sentences[sentences.count - 1].append(word)
      }
    }
    return sentences.map { $0.joined(separator: " ") }
  }
}

/// Each sentence of the course has its proof.
@Suite struct CourseSentenceTests {
  @Test(arguments: SceneLibrary().names) func everySentenceHasItsProof(_ name: String) throws {
    let scene = try SceneLibrary().scene(name)
    let table = try CourseSentences(of: name)
    #expect(table.sentences.map(\.text) == CourseSentences.texts(of: scene))
    for sentence in table.sentences {
      for proof in sentence.proofs {
        #expect((1...scene.expectations.count).contains(proof), "\(sentence.text)")
      }
      // An answer that nothing proves is an opinion.
      if sentence.text.hasPrefix("answer: ") { #expect(!sentence.proofs.isEmpty, "\(sentence.text)") }
    }
    #expect(table.proofs.count >= 2)
  }
}
