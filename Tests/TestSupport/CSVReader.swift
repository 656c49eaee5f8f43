/// Reads comma-separated values as RFC 4180 has them, independently of what writes them.
package enum CSVReader {
  /// The records of a text, each a list of fields. Line ends within quotes are kept; a text without a line end after its last record is
  /// read like one with it.
  package static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var isInRecord = false
    // By scalars: a carriage return and a line feed are one character.
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      isInRecord = true
      switch (scalar, isQuoted) {
      case ("\"", true) where scalars.first == "\"":
        field.append("\"")
        scalars.removeFirst()
      case ("\"", _): isQuoted.toggle()
      case (",", false):
        fields.append(field)
        field = ""
      case ("\n", false):
        records.append(fields + [field])
        (fields, field, isInRecord) = ([], "", false)
      default: field.unicodeScalars.append(scalar)
      }
    }
    return isInRecord ? records + [fields + [field]] : records
  }
}
