import Foundation

/// A number with its gradient and Hessian in at most four variables: forward differentiation for the test surfaces,
/// independent of the product's own.
struct Dual {
  var value: Double
  var gradient: SIMD4<Double> = .zero
  var hessian: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) = (.zero, .zero, .zero, .zero)

  init(_ value: Double) { self.value = value }
  init(variable index: Int, _ value: Double) {
    self.value = value
    gradient[index] = 1
  }

  /// f(u), from f, f' and f'' at u.
  func mapped(_ f: Double, _ d: Double, _ dd: Double) -> Dual {
    var result = Dual(f)
    result.gradient = d * gradient
    result.hessian.0 = d * hessian.0 + dd * gradient[0] * gradient
    result.hessian.1 = d * hessian.1 + dd * gradient[1] * gradient
    result.hessian.2 = d * hessian.2 + dd * gradient[2] * gradient
    result.hessian.3 = d * hessian.3 + dd * gradient[3] * gradient
    return result
  }

  static func + (a: Dual, b: Dual) -> Dual {
    var result = Dual(a.value + b.value)
    result.gradient = a.gradient + b.gradient
    result.hessian.0 = a.hessian.0 + b.hessian.0
    result.hessian.1 = a.hessian.1 + b.hessian.1
    result.hessian.2 = a.hessian.2 + b.hessian.2
    result.hessian.3 = a.hessian.3 + b.hessian.3
    return result
  }
  static func * (a: Dual, b: Dual) -> Dual {
    var result = Dual(a.value * b.value)
    result.gradient = a.value * b.gradient + b.value * a.gradient
    func row(_ i: Int, _ h: SIMD4<Double>, _ k: SIMD4<Double>) -> SIMD4<Double> {
      a.value * k + b.value * h + a.gradient[i] * b.gradient + b.gradient[i] * a.gradient
    }
    result.hessian.0 = row(0, a.hessian.0, b.hessian.0)
    result.hessian.1 = row(1, a.hessian.1, b.hessian.1)
    result.hessian.2 = row(2, a.hessian.2, b.hessian.2)
    result.hessian.3 = row(3, a.hessian.3, b.hessian.3)
    return result
  }
  static prefix func - (a: Dual) -> Dual { -1.0 * a }
  static func - (a: Dual, b: Dual) -> Dual { a + (-b) }
  static func + (a: Dual, b: Double) -> Dual { a + Dual(b) }
  static func + (a: Double, b: Dual) -> Dual { Dual(a) + b }
  static func - (a: Dual, b: Double) -> Dual { a + Dual(-b) }
  static func - (a: Double, b: Dual) -> Dual { Dual(a) - b }
  static func * (a: Double, b: Dual) -> Dual { b.mapped(a * b.value, a, 0) }
  static func / (a: Dual, b: Double) -> Dual { a.mapped(a.value / b, 1 / b, 0) }

  func power(_ n: Int) -> Dual {
    let x = value
    return mapped(
      pow(x, Double(n)), Double(n) * pow(x, Double(n - 1)), Double(n * (n - 1)) * pow(x, Double(n - 2)))
  }
  var squared: Dual { mapped(value * value, 2 * value, 2) }
  var exponential: Dual { mapped(exp(value), exp(value), exp(value)) }
  var cosine: Dual { mapped(cos(value), -sin(value), -cos(value)) }
  var root: Dual {
    let r = value.squareRoot()
    return mapped(r, 0.5 / r, -0.25 / (r * value))
  }
}
