package import Experiments
import Landscapes
import OptimizerCore

/// Every step of every run with the state of its optimizer, for other programs. Numbers read back to the identical double.
package enum StepData {
  /// Writes CSV by RFC 4180, one row a step.
  ///
  /// The columns of a trace come first. Then each piece of state has a column a number: `m.x,m.y` for a vector, `V.x.x`
  /// and so on for a matrix over the parameters, `L.0,L.1` for any other matrix, the symbol alone for a single number. A field is empty where a run has no such state, at the
  /// start above all. The runs are run twice, first to learn the columns, so that memory does not grow with the steps.
  package static func writeCSV(_ experiment: Experiment, to write: (String) throws -> Void) rethrows {
    let dimension = experiment.landscape.dimension
    var columns: [String] = []
    var known: Set<String> = []
    var seen: (run: Int, counts: [Int]) = (0, [])
    experiment.trace(withState: true) { trace in
      // The names depend on how many numbers there are, which seldom changes.
      let counts = trace.state.map(\.values.count)
      if seen == (trace.run, counts) { return }
      seen = (trace.run, counts)
      for field in fields(of: trace.state, dimension: dimension) where known.insert(field.name).inserted {
        columns.append(field.name)
      }
    } end: { _ in
    }
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let header = TraceText.csvHeader(dimension: dimension).dropLast()
    try write((([String(header)] + columns.map(TraceText.quoted)).joined(separator: ",")) + "\n")
    try experiment.trace(withState: true) { trace in
      var texts = [String](repeating: "", count: columns.count)
      for field in fields(of: trace.state, dimension: dimension) {
        if let place = places[field.name] { texts[place] = NumberText.exact(field.value) }
      }
      let start = String(TraceText.csvLine(trace).dropLast())
      try write(([start] + texts).joined(separator: ",") + "\n")
    } end: { _ in
    }
  }

  /// Writes JSON: the landscape, the replay line, and the runs with their entry, outcome and steps. A step has the members
  /// of a trace and `state`, lists of numbers by symbol.
  package static func writeJSON(_ experiment: Experiment, to write: (String) throws -> Void) rethrows {
    let landscape = experiment.landscape
    try write("{\"landscape\": \(JSONText.landscape(landscape)),\n")
    let replay = experiment.replayLine(steps: experiment.budget.steps ?? 0)
    try write(" \"replay\": \(JSONText.string(replay)),\n \"runs\": [")
    var run = 0
    var isFirst = true
    try experiment.trace(withState: true) { trace in
      if trace.run != run {
        try write(run == 0 ? "\n" : ",\n")
        let pieces = trace.state.enumerated().map { index, slot in
          JSONText.object([
            ("symbol", JSONText.string(symbols(of: trace.state)[index])),
            ("label", JSONText.string(slot.label)), ("drawn_as", JSONText.string("\(slot.drawing)")),
          ])
        }
        try write(" {\"optimizer\": \(JSONText.string(trace.entry.spec.description)), ")
        try write("\"name\": \(JSONText.string(trace.entry.name)), ")
        try write("\"state\": \(JSONText.array(pieces)),\n  \"steps\": [")
        run = trace.run
        isFirst = true
      }
      let state = zip(symbols(of: trace.state), trace.state).map { symbol, slot in
        (symbol, JSONText.array(slot.values.map(JSONText.number)))
      }
      let step = TraceText.json(trace.row).dropLast() + ", \"state\": \(JSONText.object(state))}"
      try write((isFirst ? "\n   " : ",\n   ") + step)
      isFirst = false
    } end: { end in
      try write("],\n  \"outcome\": \(JSONText.string(end.outcome.name))")
      try write(", \"outcome_words\": \(JSONText.string(end.outcome.words))}")
    }
    try write("\n]}\n")
  }

  /// The symbols of pieces of state, told apart where a wrapper and its base use the same: `m`, `m#2`.
  static func symbols(of state: [SlotValue<Double>]) -> [String] {
    var counts: [String: Int] = [:]
    return state.map { slot in
      let count = counts[slot.symbol, default: 0] + 1
      counts[slot.symbol] = count
      return count == 1 ? slot.symbol : "\(slot.symbol)#\(count)"
    }
  }

  /// The numbers of the state with the names of their columns.
  static func fields(of state: [SlotValue<Double>], dimension: Int) -> [(name: String, value: Double)] {
    let coordinates = TraceText.coordinates(dimension: dimension)
    var fields: [(name: String, value: Double)] = []
    for (symbol, slot) in zip(symbols(of: state), state) {
      let count = slot.values.count
      for (index, value) in slot.values.enumerated() {
        let name: String
        if slot.drawing == .scalar, count == 1 {
          name = symbol
        } else if slot.drawing == .matrix, count == dimension * dimension {
          name = "\(symbol).\(coordinates[index / dimension]).\(coordinates[index % dimension])"
        } else if slot.drawing != .matrix, count == dimension {
          name = "\(symbol).\(coordinates[index])"
        } else {
          name = "\(symbol).\(index)"
        }
        fields.append((name, value))
      }
    }
    return fields
  }
}
