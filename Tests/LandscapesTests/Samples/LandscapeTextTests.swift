import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Landscapes that are written down.
@Suite struct LandscapeTextTests {
  /// Files that are there for a test.
  static let files: LandscapeText.FileReader = { @Sendable (path: String) throws(DataError) -> [UInt8] in
    let text: String
    switch path {
    case "points.csv": text = "x,y\n0,1\n1,3\n2,5\n3,6\n"
    case "data/classes.csv": text = "x,z,class\n0,1,0\n1,3,1\n2,5,1\n3,6,2\n"
    case "one.csv": text = "x,class\n0,1\n1,1\n"
    case "bad.csv": text = "x,y\n0,1\n1,oops\n"
    default: throw DataError("there is no file '\(path)'")
    }
    return Array(text.utf8)
  }

  private func landscape(_ text: String) throws(LandscapeError) -> Landscape {
    try LandscapeText.landscape(text, files: Self.files)
  }

  static let texts = [
    "samples(data=line, rows=30, model=a*x + b, target=y, loss=squared, start=a=0 b=0)",
    "samples(data=line, rows=20, model=a*x + b, start=a=0.125 b=-1e-3)",
    "samples(data=wave, rows=24, test=0.25, seed=9, model=a*sin(w*x), loss=huber, l2=0.01, start=a=1 w=2)",
    "samples(data=odds, rows=40, model=a*x + b, loss=bernoulli, start=a=0 b=0)",
    "samples(data=moons, rows=20, model=a*x + b*y; c, loss=categorical, target=class, start=a=0;b=0;c=0.5)",
    "samples(data={x: normal(1); y: 1 + 0.5*x}, rows=30, model=mu; exp(s), loss=normal, start=mu=0 s=0)",
    "samples(data={let u: uniform(-1,1); x: u^2}, rows=12, model=(x - m)^2 + k^2, loss=free, start=m=2 k=1)",
    "samples(data=points.csv, model=a*x + b, start=a=0 b=0)",
    "samples(data=points.csv, rows=3, model=if(x == 0, a, b), loss=absolute, start=a=0 b=0)",
    "samples(data=wave, rows=24, model=a*x + b, sample_weight=if(x > 0, 2, 1), start=a=0 b=0)",
    "network(data=points.csv, target=y, hidden=2, bias=off, sample_weight=1 + x)",
    "network(data=moons, hidden=8x4, activation=tanh)", "network(data=wave, rows=10, hidden=2, gain=0.5)",
    "network(data=peaks, rows=40, test=0.25, seed=3, hidden=none, init=zero)",
    "network(data=xor, rows=20, hidden=3, activation=sigmoid, loss=squared, init=he, weights=12)",
    "network(data=data/classes.csv, hidden=2)", "network(data=points.csv, target=x, hidden=2)",
    "network(data=points.csv, target=y, loss=cross-entropy, hidden=2, init=xavier, rows=4)",
  ]

  /// The name of a landscape is the text that makes it again, equal in all.
  @Test(arguments: texts) func readsBackAsTheSame(_ text: String) throws {
    let first = try landscape(text)
    let second = try landscape(first.id)
    #expect(second.id == first.id && first.problem.words.text == first.id)
    #expect(first == second && first.hashValue == second.hashValue)
    let start = try #require(first.problem.defaultStart)
    #expect(first.problem.value(at: start).bitPattern == second.problem.value(at: start).bitPattern)
    #expect(first.problem.gradient(at: start) == second.problem.gradient(at: start))
    #expect(first.start == second.start && first.window == second.window && first.data != nil)
    #expect(LandscapeText.isOne(text) && !LandscapeText.isOne("ravine"))
  }

  /// What is left unsaid is what the usual value would be.
  @Test func whatIsUsualIsNotSaid() throws {
    #expect(
      try landscape("network(data=moons, rows=200, activation=relu, gain=1)").id
        == "network(data=moons, hidden=32)")
    #expect(
      try landscape("samples( model = a*x+b , data=line,start=b=0 a=1 )").id
        == "samples(data=line, model=a*x+b, target=y, loss=squared, start=b=0 a=1)")
  }

  @Test func everyWordCounts() throws {
    let plain = try landscape("network(data=moons, rows=20, hidden=3, test=0.2)")
    for word in [
      "seed=1", "activation=tanh", "gain=2", "weights=1", "init=he", "loss=squared", "target=x", "bias=off",
      "sample_weight=2 + x",
    ] {
      #expect(try landscape("network(data=moons, rows=20, hidden=3, test=0.2, \(word))") != plain, "\(word)")
    }
    let line = "data=line, rows=20, model=a*x + b"
    let samples = try landscape("samples(\(line), start=a=0 b=0)")
    for word in ["seed=1", "l2=0.1", "loss=huber", "test=0.5", "target=x", "sample_weight=3 + x"] {
      #expect(try landscape("samples(\(line), start=a=0 b=0, \(word))") != samples, "\(word)")
    }
    let rows = try #require(samples.data?.training)
    #expect(rows.count == 20 && samples.data?.test == nil)
    let split = try #require(try landscape("samples(\(line), start=a=0 b=0, test=0.3)").data)
    #expect(split.training.count == 14 && split.test?.count == 6)
    // The two parts are the whole.
    let parts = split.training.columns[0] + (split.test?.columns[0] ?? [])
    #expect(parts.sorted() == rows.columns[0].sorted())
  }

  static let model = "model=a*x + b, start=a=0 b=0"

  @Test(arguments: [
    ("samples", "a landscape is written samples(…), network(…) or grid(…), to the last parenthesis"),
    (
      "samples(data=line", "a landscape is written samples(…), network(…) or grid(…), to the last parenthesis"
    ),
    (
      "samples()",
      "samples needs data, such as data=line, points.csv or {u: uniform(-3,3); v: 2*u + normal(0.4)}"
    ),
    ("samples(line)", "samples takes key=value, separated by commas, got 'line'"),
    ("samples(data=line, data=wave)", "samples has 'data' twice"),
    ("samples(data=line)", "samples needs model, such as model=a*x + b"),
    ("samples(data=line, model=a*x)", "samples needs start, such as start=a=0 b=0"),
    (
      "samples(data=line, model=a*x, start=a)",
      "start names each parameter with its number, such as a=0 b=0, got 'a'"
    ),
    (
      "samples(data=line, model=a*x, start=a=b)",
      "start names each parameter with its number, such as a=0 b=0, got 'a=b'"
    ),
    ("samples(data=line, model=a*x, start=a=0 a=1)", "the parameter 'a' is there twice"),
    ("samples(data=line, model=a*x, start=x=0)", "'x' is a column, so a parameter needs another name"),
    ("samples(data=line, model=a*x, start=pi=0)", "a parameter cannot be called 'pi'"),
    (
      "samples(data=line, model=a*x + c, start=a=0)",
      "in the model 'a*x + c': unknown name 'c': a formula knows x, y, a, pi, e and what follows 'where'"
    ),
    (
      "samples(data=line, loss=square, \(model))",
      "loss is one of squared, absolute, huber, bernoulli, categorical, normal, free, got 'square'; did you mean 'squared'?"
    ),
    (
      "samples(data=line, target=z, \(model))", "the loss squared needs a target column, one of x, y, got 'z'"
    ),
    (
      "samples(data=line, loss=normal, \(model))",
      "the loss normal is of 2 outputs, separated by ';', and the model has 1"
    ),
    (
      "samples(data=line, loss=categorical, \(model))",
      "the loss categorical is of 2 to 16 outputs, separated by ';', and the model has 1"
    ),
    ("samples(data=points.csv, loss=bernoulli, \(model))", "bernoulli takes targets of 0 or 1, row 2 has 3"),
    (
      "samples(data=points.csv, loss=categorical, model=a; b; 0, start=a=0 b=0)",
      "categorical takes classes 0 to 2, row 2 has 3"
    ),
    (
      "samples(data=one.csv, loss=bernoulli, \(model))",
      "every row has the class 1: there is nothing to tell apart"
    ),
    ("samples(data=line, rows=0, \(model))", "rows must be between 1 and 1000000, got '0'"),
    ("samples(data=line, rows=2e6, \(model))", "rows must be between 1 and 1000000, got '2000000'"),
    (
      "samples(data=points.csv, rows=5, \(model))",
      "rows must be at most 4, as many as 'points.csv' has, got '5'"
    ),
    ("samples(data=line, test=1, \(model))", "test must be between 0 and 0.99, got '1'"),
    (
      "samples(data=points.csv, test=0.05, \(model))",
      "a share of 0.05 of 4 rows leaves one of the parts empty"
    ),
    ("samples(data=line, seed=-1, \(model))", "seed must be a whole number, at least 0, got '-1'"),
    ("samples(data=line, l2=-1, \(model))", "l2 must be between 0 and 1000000, got '-1'"),
    (
      "samples(data=line, batch=3, \(model))",
      "samples has no 'batch', it takes data, model, loss, start, sample_weight, target, rows, test, seed, l2"
    ),
    ("samples(data=lime, \(model))", "unknown data 'lime', did you mean 'line'?"),
    ("samples(data=no.csv, \(model))", "there is no file 'no.csv'"),
    ("samples(data=bad.csv, \(model))", "'bad.csv', line 3: y must be a finite number, got 'oops'"),
    (
      "samples(data={x}, \(model))",
      "a column is written name: expression, such as v: 2*u + normal(0.4), got 'x'"
    ),
    ("samples(data={x: 1/row; y: x}, \(model))", "in column x: row 1 is not a finite number"),
    (
      "network(data=moons, hidden=0)",
      "hidden is one width or several, such as 32 or 64x32, each from 1 to 1000000, got '0'"
    ),
    (
      "network(data=moons, hidden=3x)",
      "hidden is one width or several, such as 32 or 64x32, each from 1 to 1000000, got '3x'"
    ),
    (
      "network(data=moons, hidden=1000000x1000000)",
      "the network would have 1000006000002 parameters; at most 10000000"
    ),
    (
      "network(data=moons, activation=gelu)",
      "activation is one of relu, tanh, sigmoid, identity, got 'gelu'; did you mean 'relu'?"
    ),
    ("network(data=moons, gain=big)", "gain must be a number between 0 and 1000, got 'big'"),
    ("network(data=moons, gain=-1)", "gain must be between 0 and 1000, got '-1'"),
    ("network(data=moons, rows=1)", "rows must be a whole number from 2 to 1000000, got '1'"),
    ("network(data=moons, rows=2.5)", "rows must be a whole number from 2 to 1000000, got '2.5'"),
    ("network(data=points.csv, rows=9)", "rows must be at most 4, as many as 'points.csv' has, got '9'"),
    ("network(data=moons, target=z)", "there is no column 'z', the data have class, x, y"),
    ("network(data=one.csv)", "every row has the class 1: there is nothing to tell apart"),
    ("network(data=wave, loss=cross-entropy)", ""),
    ("network(data={class: mod(row,2)})", "besides 'class' there is no column to learn from"),
    (
      "network(data=moons, width=3)",
      "network has no 'width', it takes data, rows, test, seed, target, hidden, bias, activation, loss, sample_weight, init, gain, weights"
    ),
  ])
  func explains(_ text: String, _ message: String) {
    let error = #expect(throws: LandscapeError.self) { try landscape(text) }
    // One of them names a row by its number, which is the data's.
    if message.isEmpty {
      #expect(error?.message.hasSuffix("; loss=squared takes any number") == true)
    } else {
      #expect(error?.message == message)
    }
  }

  @Test func filesAreForThoseWhoReadThem() {
    let error = #expect(throws: LandscapeError.self) {
      try LandscapeText.landscape("network(data=points.csv)")
    }
    #expect(error?.message == "the file 'points.csv' can be named on the command line and in scenes only")
  }

  @Test func aTextIsNotEndless() {
    let long = "samples(data=line, model=" + String(repeating: "a+", count: 5000) + "a, start=a=0)"
    let error = #expect(throws: LandscapeError.self) { try landscape(long) }
    #expect(error?.message == "a landscape's text is at most 8000 characters long")
  }

  /// A column of the model's text that is to blame.
  @Test func theModelsFaultHasItsColumn() {
    let error = #expect(throws: LandscapeError.self) {
      try landscape("samples(data=line, model=a*x + 2*c, start=a=0)")
    }
    #expect(error?.column == 9)
  }
}
