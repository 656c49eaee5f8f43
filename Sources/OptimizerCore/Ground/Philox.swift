/// Random bits as a function of a key and a counter: Philox4x32-10.
///
/// Nothing is carried from draw to draw, so a run replayed from a snapshot sees the same noise without any state.
/// Salmon et al. 2011, doi:10.1145/2063384.2063405.
package struct Philox: Sendable {
  private let key: (UInt32, UInt32)

  package init(seed: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The 128 bits of one counter.
  func block(_ counter: (UInt32, UInt32, UInt32, UInt32)) -> (UInt32, UInt32, UInt32, UInt32) {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) * UInt64(c.0)
      let b = UInt64(0xCD9E_8D57) * UInt64(c.2)
      c = (
        UInt32(b >> 32) ^ c.1 ^ k.0, UInt32(truncatingIfNeeded: b),
        UInt32(a >> 32) ^ c.3 ^ k.1, UInt32(truncatingIfNeeded: a)
      )
      k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
    }
    return c
  }

  /// Two numbers, uniform in the open interval (0, 1), for a step, a stream and an index.
  package func uniforms(step: Int, stream: UInt32, index: Int) -> (Double, Double) {
    let step = UInt64(bitPattern: Int64(step))
    let bits = block(
      (
        UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32),
        UInt32(truncatingIfNeeded: index),
        stream
      ))
    return (Self.uniform(bits.0, bits.1), Self.uniform(bits.2, bits.3))
  }

  /// Two independent standard normal numbers, by the Box-Muller transform.
  package func normals(step: Int, stream: UInt32, index: Int) -> (Double, Double) {
    let (u, v) = uniforms(step: step, stream: stream, index: index)
    let radius = (-2 * Elementary.log(u)).squareRoot()
    let angle = 2 * Double.pi * v
    return (radius * Elementary.cos(angle), radius * Elementary.sin(angle))
  }

  /// 52 random bits and a half: never 0, never 1, symmetric about a half.
  private static func uniform(_ high: UInt32, _ low: UInt32) -> Double {
    let bits = (UInt64(high) << 32 | UInt64(low)) >> 12
    return (Double(bits) + 0.5) * 0x1p-52
  }
}
