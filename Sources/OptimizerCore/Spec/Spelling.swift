/// Suggestions for misspelt names.
package enum Spelling {
  /// The known word nearest to a misspelt one, or nil if none is near enough to be meant.
  ///
  /// Near is a distance (insertions, deletions, replacements, swaps of neighbours) of at most a third of the word,
  /// rounded up, and smaller than the word; one letter is no correction of several. A word that continues the given one also
  /// counts. The first of equals wins.
  package static func nearest(to word: String, in known: [String]) -> String? {
    let lowered = word.lowercased()
    guard !lowered.isEmpty, lowered.unicodeScalars.count <= 64 else { return nil }
    let limit = (lowered.count + 2) / 3
    var best: (word: String, distance: Int)?
    for candidate in known where candidate.count > 1 || lowered.count == 1 {
      let distance = Self.distance(lowered, candidate.lowercased())
      guard distance < lowered.count || distance == 0 else { continue }
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    if let best { return best.word }
    guard lowered.count >= 3 else { return nil }
    return known.first { $0.lowercased().hasPrefix(lowered) }
  }

  /// `, did you mean 'adam'?`, or the given alternative if nothing is near.
  package static func suggestion(for word: String, in known: [String], otherwise: String = "") -> String {
    nearest(to: word, in: known).map { ", did you mean '\($0)'?" } ?? otherwise
  }

  /// The optimal string alignment distance.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
