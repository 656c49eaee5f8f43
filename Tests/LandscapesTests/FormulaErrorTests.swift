import Landscapes
import OptimizerCore
import Testing

@Suite struct FormulaErrorTests {
  /// Malformed texts over the constant `kappa`, each with its whole complaint.
  static let complaints: [(text: String, complaint: String)] = [
    ("", "the formula is empty: write one in x and y, such as x^2 + 5*y^2 (column 1)"),
    ("   ", "the formula is empty: write one in x and y, such as x^2 + 5*y^2 (column 4)"),
    ("x +", "a number, a name or '(' is missing after '+' (column 4)"),
    ("x + * y", "expected a number, a name or '(', got '*' (column 5)"),
    ("(x", "this '(' is never closed (column 1)"),
    ("x)", "this ')' closes nothing (column 2)"),
    ("()", "nothing stands in these brackets (column 2)"),
    ("sin()", "'sin' takes 1 argument, got 0: write sin(x) (column 1)"),
    ("sine(x)", "unknown function 'sine', did you mean 'sin'? (column 1)"),
    ("x + sine(y)", "unknown function 'sine', did you mean 'sin'? (column 5)"),
    ("ln(x)", "unknown function 'ln', did you mean 'log'? (column 1)"),
    ("foo(x)", "unknown function 'foo' (column 1)"),
    ("z", "unknown name 'z': a formula knows x, y, kappa, t, pi, e and what follows 'where' (column 1)"),
    ("kapa*x", "unknown name 'kapa', did you mean 'kappa'? (column 1)"),
    ("xy", "unknown name 'xy': write x*y (column 1)"),
    ("2x", "write 2*x, not 2x (column 2)"),
    ("2 x", "write 2*x, not 2 x (column 3)"),
    ("2(x+1)", "write 2*(…), not 2(…) (column 2)"),
    ("(x)(y)", "an operator is missing before '(': for a product write * (column 4)"),
    ("x y", "write x*y, not x y (column 3)"),
    ("x 2", "write x*2, not x 2 (column 3)"),
    ("x(1+y)", "write x*(…), not x(…) (column 2)"),
    ("sin x", "the function 'sin' needs brackets: write sin(x) (column 1)"),
    ("sin", "the function 'sin' needs brackets: write sin(x) (column 1)"),
    ("atan2(x)", "'atan2' takes 2 arguments, got 1: write atan2(y, x) (column 1)"),
    ("min(x)", "'min' takes 2 arguments, got 1: write min(x, y) (column 1)"),
    ("sin(x, y)", "'sin' takes 1 argument, got 2: write sin(x) (column 1)"),
    ("if(x, y)", "'if' takes 3 arguments, got 2: write if(x < y, x, y) (column 1)"),
    ("hypot(x,y,x,y,x,y)", "'hypot' takes 2 arguments, got more: write hypot(x, y) (column 1)"),
    ("x < y < 1", "comparisons do not chain: write (a < b)*(b < c) (column 7)"),
    ("x = 1", "compare with ==; local names go after 'where' (column 3)"),
    ("x ** 2", "write ^ for a power, not ** (column 3)"),
    ("x =< 1", "write <=, not =< (column 3)"),
    ("x && y", "there is no '&&': multiply conditions for 'and', use max(…, …) for 'or' (column 3)"),
    ("x and y", "there is no 'and': multiply conditions for 'and', use max(…, …) for 'or' (column 3)"),
    ("x > 0 or y > 0", "there is no 'or': multiply conditions for 'and', use max(…, …) for 'or' (column 7)"),
    ("not x", "there is no 'not': 1 - c is the opposite of a condition c (column 1)"),
    ("x*not(y)", "there is no 'not': 1 - c is the opposite of a condition c (column 3)"),
    ("x<>y", "write != for 'not equal', not <> (column 2)"),
    ("0x10*x", "numbers are decimal here: write 16, not 0x10 (column 1)"),
    ("x + 0xFFe", "numbers are decimal here: write 4094, not 0xFFe (column 5)"),
    ("0xg", "write 0*xg, not 0xg (column 2)"), ("0x", "write 0*x, not 0x (column 2)"),
    ("sin^2(x)", "the function 'sin' needs brackets: write sin(x)^2 (column 1)"),
    ("sin^2", "the function 'sin' needs brackets: write sin(x) (column 1)"),
    ("x # y", "unexpected character '#' (column 3)"),
    ("x² + sine(y)", "unknown function 'sine', did you mean 'sin'? (column 6)"),
    ("κ·x⁻¹² + κy", "write kappa*y, not kappa y (column 11)"),
    ("2κ", "write 2*kappa, not 2 kappa (column 2)"),
    ("x²y", "write 2*y, not 2 y (column 3)"),
    ("√x", "the function 'sqrt' needs brackets: write sqrt(x) (column 1)"),
    ("x²^3", "a power of a power needs brackets: write (x^2)^3 or x^(2^3) (column 2)"),
    ("x² ^y", "a power of a power needs brackets: write (x^2)^3 or x^(2^3) (column 2)"),
    ("x⁻", "a number, a name or '(' is missing after '-' (column 3)"),
    ("²", "expected a number, a name or '(', got '^' (column 1)"),
    (
      "φ·x", "unknown name 'phi', did you mean 'pi'? (column 1)"
    ),
    ("‖x‖", "unexpected character '‖': write sqrt(…) of a sum of squares, or hypot(a, b) (column 1)"),
    ("½·x", "unexpected character '½': write 0.5 (column 1)"),
    ("1.2.3", "'1.2.3' is not a number (column 1)"),
    ("1e400", "the number 1e400 is too large: 1.7976931348623157e308 is the limit (column 1)"),
    ("x^", "a number, a name or '(' is missing after '^' (column 3)"),
    ("-", "a number, a name or '(' is missing after '-' (column 2)"),
    ("x,y", "a comma separates the arguments of a function; the decimal mark is a point (column 2)"),
    ("1,5*x", "a comma separates the arguments of a function; the decimal mark is a point (column 2)"),
    ("u + x where", "a local name is missing: write 'where u = x + y' (column 12)"),
    ("u where u", "expected '=' after the local name 'u' (column 10)"),
    ("u where u = ", "a number, a name or '(' is missing after '=' (column 13)"),
    ("u where u = x, ", "a local name is missing: write 'where u = x + y' (column 16)"),
    ("u where u = x, u = y", "the local name 'u' is given twice (column 16)"),
    ("u where x = 1", "a local name cannot be 'x', which has a meaning already (column 9)"),
    ("u where sin = 1", "a local name cannot be 'sin', which has a meaning already (column 9)"),
    ("kappa where kappa = 2", "a local name cannot be 'kappa', which is a constant (column 13)"),
    ("where u = 1", "the formula must stand in front of 'where' (column 1)"),
    (
      "x where u = 1 where v = 2", "'where' may stand only once: separate local names with commas (column 15)"
    ),
    ("(x where u = 1)", "'where' stands after the whole formula, outside all brackets (column 4)"),
    (
      "u where u = v, v = 1",
      "unknown name 'v': a formula knows x, y, kappa, t, pi, e and what follows 'where' (column 13)"
    ),
    ("u where 2 = x", "expected a local name, got '2': write 'where u = x + y' (column 9)"),
    ("u where u = x y", "write x*y, not x y (column 15)"),
    ("x & y", "unexpected character '&' (column 3)"),
    ("x\u{1b}[31m", "unexpected character U+001B (column 2)"),
    ("x + \u{202e}y", "unexpected character U+202E (column 5)"),
    ("5!", "unexpected character '!': there are no factorials; 'not equal' is != (column 2)"),
    ("|x|", "unexpected character '|': write abs(…) (column 1)"),
    ("[x]", "unexpected character '[': write ( (column 1)"),
    ("x % 2", "unexpected character '%': write mod(a, b) (column 3)"),
    (
      "x + zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
      "unknown name 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…': a formula knows x, y, kappa, t, pi, e and what follows 'where' (column 5)"
    ),
    ("pow(x, 2)", "unknown function 'pow': write x^y (column 1)"),
    ("x == ", "a number, a name or '(' is missing after '==' (column 6)"),
    ("kappa kappa", "write kappa*kappa, not kappa kappa (column 7)"),
    ("3 where", "a local name is missing: write 'where u = x + y' (column 8)"),
    ("sinx", "unknown name 'sinx', did you mean 'sin'? (column 1)"),
    ("x**", "write ^ for a power, not ** (column 2)"),
    ("1.e", "write 1.*e, not 1.e (column 3)"),
    ("1e", "write 1*e, not 1e (column 2)"),
    ("x..2", "unexpected character '.' (column 2)"),
    (".", "unexpected character '.' (column 1)"),
    ("x.y", "unexpected character '.' (column 2)"),
    ("e2", "unknown name 'e2': a formula knows x, y, kappa, t, pi, e and what follows 'where' (column 1)"),
    ("exp", "the function 'exp' needs brackets: write exp(x) (column 1)"),
    ("sin(cos)", "the function 'cos' needs brackets: write cos(x) (column 5)"),
    ("x + where u = 1", "a number, a name or '(' is missing after '+' (column 5)"),
    (
      "u where u = (1, v = 2",
      "a comma separates the arguments of a function; the decimal mark is a point (column 15)"
    ),
    ("x\u{301}", "unexpected character U+0301 (column 1)"),
    ("é", "unexpected character 'é' (column 1)"),
  ]

  @Test(arguments: complaints) func saysWhatAndWhere(_ text: String, _ complaint: String) {
    #expect {
      try Formula(text, constants: ["kappa"])
    } throws: { error in
      (error as? ExpressionError)?.description == complaint
    }
  }
}
