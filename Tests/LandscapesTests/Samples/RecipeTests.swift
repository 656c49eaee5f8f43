import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Rows that are made by recipes.
@Suite struct DataRecipeTests {
  private func columns(_ text: String, rows: Int, seed: UInt64 = 0) throws -> [[Double]] {
    try DataGenerator(text).table(rows: rows, seed: seed).columns
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let n = Double(a.count)
    let (p, q) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    let (u, v) = (a.map { $0 - p }, b.map { $0 - q })
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return dot(u, v) / (dot(u, u) * dot(v, v)).squareRoot()
  }

  @Test func drawsHaveTheirDistributions() throws {
    let n = 6000.0
    let table = try columns("u: uniform(-3,5); n: normal(2); b: bernoulli(0.2)", rows: 6000)
    func mean(_ values: [Double], _ power: Double) -> Double {
      values.reduce(0) { $0 + pow($1, power) } / n
    }
    #expect(table[0].allSatisfy { -3 <= $0 && $0 < 5 })
    // The standard errors of the means are 0.03, 0.026 and 0.005.
    #expect((mean(table[0], 1) - 1).magnitude < 0.12)
    #expect((mean(table[1], 1)).magnitude < 0.1)
    #expect((mean(table[1], 2) - 4).magnitude < 0.3 && (mean(table[1], 4) / 16 - 3).magnitude < 0.6)
    #expect(Set(table[2]) == [0, 1] && (mean(table[2], 1) - 0.2).magnitude < 0.02)
  }

  /// Draws are independent in a row, from row to row, and wherever they are written.
  @Test func drawsAreIndependent() throws {
    let table = try columns(
      "a: uniform(0,1); b: uniform(0,1); c: normal(1); d: normal(1); g: uniform(0,1) - uniform(0,1); "
        + "h: normal(1)*uniform(0,1)", rows: 4000)
    for i in table.indices {
      for j in table.indices where j > i {
        #expect(correlation(table[i], table[j]).magnitude < 0.07, "\(i), \(j)")
      }
      #expect(correlation(Array(table[i].dropLast()), Array(table[i].dropFirst())).magnitude < 0.07)
    }
    // Of two draws of an expression the difference is no 0: its variance is a sixth.
    let variance = table[4].reduce(0.0) { $0 + $1 * $1 } / 4000
    #expect((variance - 1.0 / 6).magnitude < 0.02)
  }

  @Test func aSeedMakesTheTable() throws {
    let text = "x: normal(1); y: 2*x + uniform(-1,1)"
    let table = try columns(text, rows: 30, seed: 7)
    #expect(try columns(text, rows: 30, seed: 7) == table)
    #expect(try columns(text, rows: 30, seed: 8) != table)
    // A longer table begins with the shorter one.
    #expect(try columns(text, rows: 50, seed: 7).map { Array($0.prefix(30)) } == table)
    for (x, y) in zip(table[0], table[1]) { #expect((y - 2 * x).magnitude <= 1) }
  }

  @Test func hiddenColumnsServeOthers() throws {
    let generator = try DataGenerator("let a: row + 1; x: a^2; y: x - a*rows")
    #expect(generator.names == ["x", "y"])
    #expect(try generator.table(rows: 3, seed: 0).columns == [[1, 4, 9], [-2, -2, 0]])
  }

  @Test func constantsHaveTheirValues() throws {
    let generator = try DataGenerator("x: row*scale", constants: ["scale"])
    #expect(try generator.table(rows: 3, seed: 0, constants: ["scale": 2.5]).columns == [[0, 2.5, 5]])
    let error = #expect(throws: DataError.self) { try generator.table(rows: 3, seed: 0) }
    #expect(error?.description == "the constant 'scale' has no value")
  }

  /// The classes that NumPy's quantiles, interpolated linearly, make of 3 sin 0 … 3 sin 12.
  @Test func levelsAreQuantiles() throws {
    #expect(try columns("c: levels(5, 3*sin(row))", rows: 13)[0] == [2, 4, 4, 2, 0, 0, 2, 3, 4, 3, 1, 0, 1])
    #expect(try columns("c: levels(3, 3*sin(row))", rows: 13)[0] == [1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 0])
    #expect(try columns("c: bands(4, 3*sin(row))", rows: 13)[0] == [2, 3, 3, 2, 0, 0, 1, 3, 3, 2, 0, 0, 0])
    #expect(try columns("c: levels(2, row)", rows: 1)[0] == [0])
  }

  /// The classes that PyTorch's reference has of peaks: above how many of the thresholds a point lies.
  @Test func peaksAreThoseOfTheReference() throws {
    struct File: Decodable {
      struct Problem: Decodable {
        let X: [[Double]]
        let labels_0_to_4: [Int]
        let thresholds: [Double]
      }
      let problem: Problem
    }
    let file = Bundle.module.resourceURL!.appending(path: "Reference/mlp_peaks.json")
    let problem = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).problem
    let recipe = try #require(DataSets.all.first { $0.name == "peaks" }).recipe
    let formula = try #require(recipe.split(separator: "levels(5, ").last).dropLast()
    let peaks = try Landscape(formula: String(formula))
    for (x, label) in zip(problem.X, problem.labels_0_to_4) {
      let height = peaks.problem.value(at: x)
      #expect(problem.thresholds.count { $0 < height } == label)
    }
  }

  @Test(arguments: DataSets.names) func bundledSetsAreWhole(_ name: String) throws {
    let source = try #require(DataSets.named(name))
    let table = try DataGenerator(try #require(DataSets.all.first { $0.name == name }).recipe)
      .table(rows: 300, seed: 3)
    #expect(table.names == source.names && source.text == name)
    #expect(table.columns.allSatisfy { $0.allSatisfy { $0.isFinite } })
    if let classes = table.column("class") {
      let kinds = Set(classes)
      #expect(kinds.isSubset(of: (0..<5).map(Double.init)) && kinds.count >= 2)
      // All but the bands have equally many rows in each.
      for kind in kinds where !name.hasSuffix("bands") {
        let share = Double(classes.count { $0 == kind }) / 300
        #expect((share * Double(kinds.count) - 1).magnitude < 0.25)
      }
    }
  }

  @Test(arguments: [
    ("", "a recipe for data has a column, such as u: uniform(-3,3)"),
    ("let a: 1", "a recipe for data has a column, such as u: uniform(-3,3)"),
    ("u", "a column is written name: expression, such as v: 2*u + normal(0.4), got 'u'"),
    ("2u: 1", "a column needs a name of its own, got '2u'"),
    ("u: 1; u: 2", "a column needs a name of its own, got 'u'"),
    ("row: 1", "a column needs a name of its own, got 'row'"),
    ("pi: 1", "a column needs a name of its own, got 'pi'"),
    ("a__b: 1", "a column needs a name of its own, got 'a__b'"),
    (
      "u: uniform(1)",
      "in column u: draws are uniform(low,high), normal(sd) and bernoulli(p), got 'uniform(1)'"
    ),
    (
      "u: 2*normal(1,2)",
      "in column u: draws are uniform(low,high), normal(sd) and bernoulli(p), got 'normal(1,2)'"
    ),
    ("u: uniform(0,1", "in column u: uniform( lacks its closing parenthesis"),
    ("u: levels(1, row)", "in column u: levels(k, expression) cuts into k parts, k from 2 to 100"),
    ("u: bands(row)", "in column u: bands(k, expression) cuts into k parts, k from 2 to 100"),
  ])
  func explains(_ text: String, _ message: String) {
    let error = #expect(throws: DataError.self) { try DataGenerator(text) }
    #expect(error?.description == message)
  }

  @Test func unknownNamesAreSaidWithTheirColumn() {
    for text in ["u: 1; v: 2*w", "u: 1; v: uniform(0,w)", "v: levels(3, w)", "v: draw_u1"] {
      let error = #expect(throws: DataError.self) { try DataGenerator(text) }
      #expect(
        error?.description.hasPrefix("in column v: unknown name ") == true,
        "\(text): \(error.map(\.description) ?? "")")
    }
    // The names of draws are nobody's business.
    let error = #expect(throws: DataError.self) { try DataGenerator("u: normal(1) + b; v: 1") }
    #expect(
      error?.description
        == "in column u: unknown name 'b': a formula knows row, rows, pi, e and what follows 'where'")
  }

  /// Draws have names within, which nobody else can use or be mistaken for.
  @Test func drawsAreNobodyElses() throws {
    let table = try columns("draw_u1: 5 + row; y: uniform(0,1) + 0*draw_u1", rows: 20)
    #expect(table[1].allSatisfy { 0 <= $0 && $0 < 1 } && Set(table[1]).count == 20)
    let error = #expect(throws: DataError.self) { try DataGenerator("v: uniform(0,1) + draw__u1") }
    #expect(error?.description == "in column v: a name has no '__' in it, got 'uniform(0,1) + draw__u1'")
  }

  @Test func whatIsNotFiniteIsSaidWithItsRow() throws {
    let generator = try DataGenerator("u: row; v: 1/(u - 2)")
    #expect(try generator.table(rows: 2, seed: 0).count == 2)
    let error = #expect(throws: DataError.self) { try generator.table(rows: 5, seed: 0) }
    #expect(error?.description == "in column v: row 3 is not a finite number")
  }

  @Test func aRecipeIsNotEndless() {
    let error = #expect(throws: DataError.self) {
      try DataGenerator("u: " + String(repeating: "1+", count: 2000))
    }
    #expect(error?.description == "a recipe for data is at most 4000 characters long")
    let nested = String(repeating: "normal(", count: 20) + "1" + String(repeating: ")", count: 20)
    let deep = #expect(throws: DataError.self) { try DataGenerator("u: \(nested)") }
    #expect(deep?.description == "in column u: draws are nested too deeply")
  }
}
