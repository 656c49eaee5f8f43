/// One step of a tape: r[target] = operation(r[a], r[b], r[c]).
struct Instruction: Sendable {
  var operation: Operation
  var target: Int32
  var a: Int32
  var b: Int32
  var c: Int32
}
