import Foundation
import Testing
import TestSupport

@testable import Experiments

struct NumberTextTests {
  /// Two significant digits, plain from 0.001 to 9999, with a true minus sign in both places.
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (-1, "−1"), (0.03, "0.03"), (0.234, "0.23"), (12.3, "12"), (247, "250"),
    (0.00123, "0.0012"), (5.3e-15, "5.3e−15"), (-2.4e7, "−2.4e7"), (9.96, "10"), (9.94, "9.9"),
    (0.0995, "0.1"),
    (0.9999, "1"), (99.6, "100"), (999.6, "1000"), (1234.5, "1200"), (-1234.5, "−1200"), (9949, "9900"),
    // What rounds to the next power of ten is written as that is.
    (9950, "1e4"), (9999, "1e4"), (12345, "1.2e4"), (0.001, "0.001"), (0.000996, "0.001"),
    (0.000994, "9.9e−4"),
    (0.0001, "1e−4"), (0.000012345, "1.2e−5"), (-0.000012345, "−1.2e−5"), (1e5, "1e5"), (1e22, "1e22"),
    (100, "100"), (0.125, "0.13"), (0.1 + 0.2, "0.3"), (.leastNonzeroMagnitude, "5e−324"),
    (1.7976931348623157e308, "1.8e308"), (2.2250738585072014e-308, "2.2e−308"), (5e73, "5e73"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "NaN"),
  ]) func brief(value: Double, text: String) {
    #expect(NumberText.brief(value) == text)
  }

  @Test(arguments: [
    (9.96, 2, "10"), (0.996, 2, "1"), (0.0996, 2, "0.1"), (1.24, 2, "1.2"), (1.25, 2, "1.3"),
    (-1.204, 2, "−1.2"), (95, 1, "100"), (0.95, 1, "1"), (0.94, 1, "0.9"), (1234567, 5, "1.2346e6"),
    (3.14159265, 6, "3.14159"), (9.996, 3, "10"), (9.994, 3, "9.99"), (999.6, 3, "1000"), (9996, 4, "9996"),
    (12346, 4, "1.235e4"), (0.0012345, 4, "0.001235"), (0.00012345, 4, "1.235e−4"), (1.001, 3, "1"),
  ]) func briefWithDigits(value: Double, digits: Int, text: String) {
    #expect(NumberText.brief(value, digits: digits) == text)
  }

  @Test(
    arguments: [
      (0.0667, "0.0667"), (0.05623413, "0.05623"), (30, "30"), (25.5, "25.5"), (1e-8, "1e−8"), (1234, "1234"),
    ] as [(Double, String)]) func setting(value: Double, text: String)
  { #expect(NumberText.setting(value) == text) }

  /// Multiples of a step are told apart, whatever rounding has made of both.
  @Test(
    arguments: [
      (0, 0.5, "0"), (0.5, 0.5, "0.5"), (1, 0.5, "1"), (1.5, 0.5, "1.5"), (0.1 + 0.2, 0.1, "0.3"),
      (0.995, 0.005, "0.995"), (1 - 1e-5, 1e-5, "0.99999"), (1 - 1e-7, 1e-7, "0.9999999"),
      (1000, 200, "1000"),
      (1e5, 2e4, "1e5"), (1.2e5, 2e4, "1.2e5"), (100_002, 2, "1.00002e5"), (-0.25, 0.25, "−0.25"),
      (3e-5, 1.0000000000000001e-5, "3e−5"), (1.2e-5, 2e-6, "1.2e−5"), (1.04, 0.01, "1.04"), (0.2, 1, "0.2"),
    ] as [(Double, Double, String)]) func briefDownToAStep(value: Double, step: Double, text: String)
  {
    #expect(NumberText.brief(value, downTo: step) == text)
  }

  @Test(
    arguments: [
      (0.0476, 0.04), (0.05, 0.05), (0.1, 0.1), (9.99, 9), (-123, -100), (1, 1), (0x1p-1074, 0x1p-1074),
      (0, 0),
    ] as [(Double, Double)]) func firstDigit(value: Double, first: Double)
  { #expect(NumberText.firstDigit(of: value) == first) }

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
  @Test func fixedAndBriefAgreeWithPrintf() {
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
      let brief = NumberText.brief(abs(value), digits: digits)
      #expect(Double(brief.replacingOccurrences(of: "−", with: "-")) == Double(exponent))
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
