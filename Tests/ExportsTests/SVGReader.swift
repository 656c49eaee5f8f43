import Foundation
import FoundationXML
import Testing

/// An element of a document, as far as the tests look.
struct SVGElement {
  var name: String
  var attributes: [String: String]
  /// The classes of the elements around it, the outermost first.
  var groups: [String]
  var text = ""

  func number(_ attribute: String) throws -> Double {
    try #require(attributes[attribute].flatMap { Double($0) })
  }

  /// The lines of a path of absolute moves and lines; closed ones end where they began.
  func lines() throws -> [[SIMD2<Double>]] {
    var lines: [[SIMD2<Double>]] = []
    let data = try #require(attributes["d"])
    for part in data.split(separator: "M") {
      let isClosed = part.hasSuffix("Z")
      var line: [SIMD2<Double>] = []
      for corner in part.filter({ $0 != "Z" }).split(separator: "L") {
        let numbers = corner.split(separator: " ").map { Double($0) }
        try #require(numbers.count == 2)
        line.append(SIMD2(try #require(numbers[0]), try #require(numbers[1])))
      }
      if isClosed { line.append(line[0]) }
      lines.append(line)
    }
    return lines
  }
}

/// Reads a document with an XML parser; what is not well-formed fails the test.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var elements: [SVGElement] = []
  private var open: [Int] = []

  static func elements(of document: String) throws -> [SVGElement] {
    let reader = SVGReader()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    let isRead = parser.parse()
    #expect(isRead, "\(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
    return reader.elements
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let groups = open.compactMap { elements[$0].attributes["class"] }
    open.append(elements.count)
    elements.append(SVGElement(name: name, attributes: attributes, groups: groups))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
