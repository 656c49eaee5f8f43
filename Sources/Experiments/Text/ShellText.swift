/// Words for a POSIX shell.
package enum ShellText {
  /// The word as it is where that is safe, else in single quotes.
  package static func quoted(_ word: String) -> String {
    let safe = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(Character(scalar))
          || "-_=+,.:/%@".unicodeScalars.contains(scalar))
    }
    if safe, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
