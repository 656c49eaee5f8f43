import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Random formulas against 60-digit arithmetic that shares no method with the program: `Reference/formula_fuzz.py`.
///
/// The suite reads 200 formulas; `DESCENT_FUZZ=5000 swift test --filter FormulaFuzzTests` has the script (Python with
/// mpmath; `DESCENT_PYTHON` names another interpreter than python3) make so many more, from the seed in
/// `DESCENT_FUZZ_SEED` (2 if there is none). `DESCENT_FUZZ_FILE` reads them from a file instead.
@Suite struct FormulaFuzzTests {
  struct File: Decodable { let cases: [Case] }

  struct Case: Decodable, Sendable {
    let formula: String
    let point: [Double]
    /// The value, the gradient's x and y, the Hessian's xx, xy and yy, each with its tolerance; nil where numbers on
    /// the way leave the range of doubles.
    let numbers: [[Double]?]?
    let isUndefined: Bool?
  }

  private static let names = ["value", "∂x", "∂y", "∂xx", "∂xy", "∂yy"]
  private static let environment = ProcessInfo.processInfo.environment
  private static var script: URL {
    Bundle.module.resourceURL!.appending(path: "Reference/formula_fuzz.py")
  }

  private static func read(_ data: Data) throws -> [Case] {
    try JSONDecoder().decode(File.self, from: data).cases
  }

  @Test func twoHundredFormulasAgree() throws {
    let cases = try Self.read(
      Data(contentsOf: Bundle.module.resourceURL!.appending(path: "Reference/formula_fuzz.json")))
    #expect(cases.count == 200)
    // A reference that promises little would hide much.
    #expect(cases.flatMap { $0.numbers ?? [] }.count { $0 != nil } > 1000)
    let text = cases.map(\.formula).joined(separator: " ")
    for name in Formula.functionNames { #expect(text.contains(name + "("), "\(name) is in no formula") }
    for one in cases { try check(one) }
  }

  @Test(.enabled(if: environment["DESCENT_FUZZ"] != nil || environment["DESCENT_FUZZ_FILE"] != nil))
  func manyMoreAgree() throws {
    if let file = Self.environment["DESCENT_FUZZ_FILE"] {
      for one in try Self.read(Data(contentsOf: URL(filePath: file))) { try check(one) }
      return
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let seed = Self.environment["DESCENT_FUZZ_SEED"] ?? "2"
    process.arguments = [
      Self.environment["DESCENT_PYTHON"] ?? "python3", Self.script.path, Self.environment["DESCENT_FUZZ"]!,
      seed,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for one in try Self.read(data) { try check(one) }
  }

  private func check(_ one: Case) throws {
    let landscape = try Landscape(formula: one.formula)
    let alone = look(landscape.makeOracle(), one.point)
    let found = [
      alone.value, alone.gradient[0], alone.gradient[1], alone.hessian[0], alone.hessian[1], alone.hessian[3],
    ]
    let place = "\(one.formula) at \(one.point)"
    // What the screen shows of it is the same formula.
    let shown = look(try Landscape(formula: landscape.display).makeOracle(), one.point)
    #expect(shown.value.bitPattern == alone.value.bitPattern, "\(landscape.display) for \(place)")
    if one.isUndefined == true { #expect(found[0].isNaN, "\(place): \(found[0]), and it is undefined") }
    for (k, number) in (one.numbers ?? []).enumerated() {
      guard let number else { continue }
      let (right, tolerance) = (number[0], number[1])
      #expect(
        (found[k] - right).magnitude <= tolerance,
        "\(place): \(Self.names[k]) is \(found[k]), right \(right) ± \(tolerance)")
    }
    // Eight at once, of which only two lanes hold the same point: the others must not disturb them.
    let (x, y) = (one.point[0], one.point[1])
    let eight = look(
      landscape.makeLanesOracle(), [Lanes(x, 0, y, -x, 1, x, 1e200, .nan), Lanes(y, 1, x, -y, 0, y, 2, 0)])
    for lane in [0, 5] {
      let lanes = [
        eight.value[lane], eight.gradient[0][lane], eight.gradient[1][lane], eight.hessian[0][lane],
        eight.hessian[1][lane], eight.hessian[3][lane],
      ]
      for (a, b) in zip(lanes, found) {
        #expect(a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN), "\(place): lane \(lane) differs")
      }
    }
  }
}
