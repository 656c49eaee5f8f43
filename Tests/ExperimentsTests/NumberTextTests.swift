import Foundation
import Testing
import TestSupport

@testable import Experiments

struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (-1, "−1"), (0.03, "0.03"), (247, "247"), (1.2e-9, "1.2e-9"),
    (9.996, "10"), (9.994, "9.99"), (0.0995, "0.0995"), (0.09996, "0.1"), (0.9999, "1"), (99.96, "100"),
    (999.6, "1000"), (2.9999, "3"), (1.001, "1"), (12345, "12300"), (123456, "123000"), (999_999, "1e6"),
    (1_234_567, "1.23e6"), (9_996_000, "1e7"), (0.0001, "0.0001"), (0.000123456, "0.000123"),
    (0.00009996, "0.0001"), (0.00001, "1e-5"), (-0.000012345, "−1.23e-5"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.8e308"), (2.2250738585072014e-308, "2.23e-308"), (100, "100"), (1e6, "1e6"),
    (999_400, "999000"),
    (1e7, "1e7"), (1e22, "1e22"), (-1234.5, "−1230"), (0.125, "0.125"), (0.1 + 0.2, "0.3"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "NaN"),
  ]) func brief(value: Double, text: String) {
    #expect(NumberText.brief(value) == text)
  }

  @Test(arguments: [
    (9.96, 2, "10"), (0.996, 2, "1"), (0.0996, 2, "0.1"), (1.24, 2, "1.2"), (1.25, 2, "1.3"),
    (-1.204, 2, "−1.2"),
    (95, 1, "100"), (0.95, 1, "1"), (0.94, 1, "0.9"), (1234567, 5, "1.2346e6"), (3.14159265, 6, "3.14159"),
  ]) func briefWithDigits(value: Double, digits: Int, text: String) {
    #expect(NumberText.brief(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0, 2, "0"), (-0.0, 2, "0"), (0.11, 2, "1.1e-01"), (1, 2, "1.0e+00"), (-1, 2, "−1.0e+00"),
    (9.96, 2, "1.0e+01"), (9.94, 2, "9.9e+00"), (0.0995, 2, "1.0e-01"), (0.0994, 2, "9.9e-02"),
    (1e-9, 1, "1e-09"), (9.6e-10, 1, "1e-09"), (1e100, 2, "1.0e+100"),
    (.leastNonzeroMagnitude, 2, "5.0e-324"),
    (1.7976931348623157e308, 3, "1.80e+308"), (123456, 4, "1.235e+05"), (.infinity, 2, "∞"),
    (-.infinity, 2, "−∞"),
    (.nan, 2, "NaN"),
  ]) func scientific(value: Double, digits: Int, text: String) {
    #expect(NumberText.scientific(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0, 2, "0.00"), (-0.0, 2, "0.00"), (1.204, 3, "1.204"), (-1.204, 3, "−1.204"), (9.996, 2, "10.00"),
    (9.994, 2, "9.99"), (0.0995, 3, "0.100"), (0.0995, 2, "0.10"), (0.0995, 1, "0.1"), (0.0995, 0, "0"),
    (0.5, 0, "1"),
    (1.5, 0, "2"), (0.49, 0, "0"), (99.5, 0, "100"), (0.004, 2, "0.00"), (-0.004, 2, "0.00"),
    (0.005, 2, "0.01"),
    (-0.006, 2, "−0.01"), (0.0006, 2, "0.00"), (1e-300, 2, "0.00"), (.leastNonzeroMagnitude, 2, "0.00"),
    (1234.5, 1, "1234.5"),
    (1e6, 1, "1000000.0"), (1e22, 1, "10000000000000000000000.0"), (.nan, 2, "NaN"), (.infinity, 2, "∞"),
    (-.infinity, 2, "−∞"),
  ]) func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test func fixedWithASign() {
    #expect(NumberText.fixed(1.5, decimals: 1, sign: true) == "+1.5")
    #expect(NumberText.fixed(-1.5, decimals: 1, sign: true) == "−1.5")
    #expect(NumberText.fixed(0, decimals: 1, sign: true) == "+0.0")
  }

  /// Against printf, away from ties that a double cannot hold exactly.
  @Test func fixedAndScientificAgreeWithPrintf() {
    var random = SplitMix64(state: 3)
    for _ in 0..<2000 {
      let value =
        Double.random(in: -1...1, using: &random) * pow(10, Double.random(in: -6...8, using: &random))
      let decimals = Int.random(in: 0...5, using: &random)
      let printed = String(format: "%.\(decimals)f", value).replacingOccurrences(of: "-", with: "−")
      let zero = !printed.contains { ("1"..."9").contains($0) }
      #expect(
        NumberText.fixed(value, decimals: decimals)
          == (zero ? printed.replacingOccurrences(of: "−", with: "") : printed))
      let digits = Int.random(in: 1...6, using: &random)
      let exponent = String(format: "%.\(digits - 1)e", abs(value))
      #expect(NumberText.scientific(abs(value), digits: digits) == exponent)
    }
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1"), (-0.0, "-0"), (0, "0"), (1e-5, "1e-5"), (1e16, "1e16"),
    (123456789, "123456789"),
    (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "5e-324"), (.infinity, "inf"),
    (-.infinity, "-inf"), (.nan, "nan"),
  ]) func exact(value: Double, text: String) {
    #expect(NumberText.exact(value) == text)
  }

  @Test func exactReadsBackAsTheIdenticalDouble() {
    var random = SplitMix64(state: 4)
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = NumberText.exact(value)
      guard strtod(text, nil).bitPattern == value.bitPattern, Double(text)?.bitPattern == value.bitPattern
      else {
        Issue.record("\(value.bitPattern): \(text)")
        return
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (9, "9"), (1234, "1234"), (12345, "12 345"), (123456, "123 456"), (1_234_567, "1 234 567"),
    (1_000_000_000, "1 000 000 000"),
  ]) func count(value: Int, text: String) {
    #expect(NumberText.count(value).replacingOccurrences(of: "\u{2009}", with: " ") == text)
  }
}
