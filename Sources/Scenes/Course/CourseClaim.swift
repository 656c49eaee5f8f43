/// Something that the lectures claim, which a scene shows and proves.
package struct CourseClaim: Sendable, Hashable {
  /// By which scenes name it, from 1.
  package let number: Int
  /// The lectures that say it.
  package let decks: [CourseDeck]
  /// What is claimed, in a sentence; where the lecture's needs a condition, with it.
  package let text: String

  init(_ number: Int, _ decks: [CourseDeck], _ text: String) {
    self.number = number
    self.decks = decks
    self.text = text
  }
}
