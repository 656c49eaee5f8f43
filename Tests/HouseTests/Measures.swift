/// What is counted of a target's files. A file *refers to* another if it names a type that the other declares at its top;
/// members are not followed, and a name that two types share counts as a reference.
struct Measures {
  let target: String
  /// The largest set of files that all lead to each other by references; a single file is a circle of one.
  let circle: [String]
  /// Lines of every file, the longest first.
  let files: [(path: String, lineCount: Int)]
  /// Lines of every function, initialiser and computed property, the longest first.
  let bodies: [(path: String, body: Source.Body)]
  /// Types declared at the top of a file of another name.
  let away: [String]

  init(target: String, sources: [Source]) {
    let tokens = sources.map(\.tokens)
    let types = tokens.map(Source.types)
    var home: [Substring: Int] = [:]
    for (file, names) in types.enumerated() {
      for name in names where home[name[...]] == nil { home[name[...]] = file }
    }
    let references = tokens.indices.map { file in
      Set(tokens[file].compactMap { home[$0.text] }).subtracting([file]).sorted()
    }
    self.target = target
    circle = Self.circles(references).max { $0.count < $1.count }?.map { sources[$0].path }.sorted() ?? []
    files = sources.map { ($0.path, $0.lineCount) }.sorted { $0.1 > $1.1 }
    bodies = sources.indices.flatMap { file in
      Source.bodies(in: tokens[file]).map { (sources[file].path, $0) }
    }.sorted { $0.1.lineCount > $1.1.lineCount }
    away = sources.indices.flatMap { file in
      // `Type+Role.swift` is a home of Type.
      types[file].filter { $0 != sources[file].stem.prefix { $0 != "+" } }
        .map { "\(sources[file].path): \($0)" }
    }
  }

  /// The strongly connected sets of a graph (Tarjan 1972), each vertex in one.
  static func circles(_ edges: [[Int]]) -> [[Int]] {
    var number = [Int?](repeating: nil, count: edges.count)
    var lowest = [Int](repeating: 0, count: edges.count)
    var stack: [Int] = []
    var isOnStack = [Bool](repeating: false, count: edges.count)
    var circles: [[Int]] = []
    var count = 0

    func visit(_ vertex: Int) {
      number[vertex] = count
      lowest[vertex] = count
      count += 1
      stack.append(vertex)
      isOnStack[vertex] = true
      for next in edges[vertex] {
        guard let seen = number[next] else {
          visit(next)
          lowest[vertex] = min(lowest[vertex], lowest[next])
          continue
        }
        if isOnStack[next] { lowest[vertex] = min(lowest[vertex], seen) }
      }
      guard lowest[vertex] == number[vertex] else { return }
      var circle: [Int] = []
      repeat {
        circle.append(stack.removeLast())
        isOnStack[circle.last!] = false
      } while circle.last != vertex
      circles.append(circle)
    }

    for vertex in edges.indices where number[vertex] == nil { visit(vertex) }
    return circles
  }
}
