import Landscapes
import Testing

@Suite struct FormulaErrorTests {
  private func complaint(_ text: String, constants: [String] = []) -> String {
    do {
      _ = try Formula(text, constants: constants)
      return "none"
    } catch { return error.description }
  }
  @Test func p() {
    for t in [
      "", "   ", "x +", "x + * y", "(x", "x)", "()", "sin()", "sine(x)", "x + sine(y)", "ln(x)", "foo(x)", "z", "kapa*x",
      "xy", "2x", "2 x", "2(x+1)", "(x)(y)", "x y", "x 2", "x(1+y)", "sin x", "sin", "atan2(x)", "min(x)", "sin(x, y)", "if(x, y)", "hypot(x,y,x,y,x,y)",
      "x < y < 1", "x = 1", "x ** 2", "x =< 1", "x && y", "x # y", "x²", "x × y", "1.2.3", "1e400", "x^", "-", "x,y", "1,5*x",
      "u + x where", "u where u", "u where u = ", "u where u = x, ", "u where u = x, u = y", "u where x = 1", "u where sin = 1", "kappa where kappa = 2",
      "where u = 1", "x where u = 1 where v = 2", "(x where u = 1)", "u where u = v, v = 1", "u where 2 = x", "u where u = x y", "x & y", "x\u{1b}[31m", "x + \u{202e}y", "5!", "|x|", "[x]", "x % 2",
      "x + zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "pow(x, 2)", "x == ", "kappa kappa", "3 where", "sinx", "x**", "1.e", "1e", "x..2", ".", "x.y", "e2", "exp", "sin(cos)", "x + where u = 1", "u where u = (1, v = 2", "x\u{301}", "é",
    ] {
      print("      (#\"\(t)\"#, \"\(complaint(t, constants: ["kappa"]))\"),")
    }
  }
}
