// Eight numbers side by side, and the elementary functions of them.
//
// The functions are the same sequence of sums and products on every processor, and good to two units in the last place.
#ifndef DESCENT_NETWORKS_LANES_H
#define DESCENT_NETWORKS_LANES_H

#include <stdint.h>

// Functions of vectors are inlined always, so that no convention of calls with them matters.
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef double lanes __attribute__((vector_size(64)));
typedef int64_t masks __attribute__((vector_size(64)));
// The same where only a number's alignment is certain.
typedef double loose_lanes __attribute__((vector_size(64), aligned(8)));
typedef double loose_four __attribute__((vector_size(32), aligned(8)));

enum { WIDTH = 8 };

INLINE lanes every(double x) { return (lanes){x, x, x, x, x, x, x, x}; }

// `a` where the mask is set, else `b`.
INLINE lanes choose(masks mask, lanes a, lanes b) { return (lanes)((mask & (masks)a) | (~mask & (masks)b)); }

INLINE lanes magnitude(lanes x) { return (lanes)((masks)x & INT64_MAX); }

INLINE lanes with_sign(lanes magnitude, lanes sign) {
  return (lanes)((masks)magnitude | ((masks)sign & INT64_MIN));
}

// Sums of the lanes of eight vectors. The order of every sum is (0+4) + (2+6), (1+5) + (3+7), then both.
INLINE lanes sums_of_eight(const lanes x[8]) {
  lanes halves[4], quarters[2];
  UNROLL for (int i = 0; i < 4; i++) {
    lanes a = x[2 * i], b = x[2 * i + 1];
    halves[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
      + __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  }
  UNROLL for (int i = 0; i < 2; i++) {
    lanes a = halves[2 * i], b = halves[2 * i + 1];
    quarters[i] = __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
      + __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
  }
  return __builtin_shufflevector(quarters[0], quarters[1], 0, 2, 4, 6, 8, 10, 12, 14)
    + __builtin_shufflevector(quarters[0], quarters[1], 1, 3, 5, 7, 9, 11, 13, 15);
}

INLINE double sum_of(lanes x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

// 1.5 · 2⁵²: added to a small number it leaves the nearest integer in the lowest bits.
static const double shifter = 0x1.8p52;

INLINE lanes power_of_two(lanes n) {
  return (lanes)(((masks)(n + shifter) + 1023) << 52);
}

// eˣ; 0 and ∞ where it is beyond the numbers, NaN of NaN.
INLINE lanes exponential(lanes x) {
  x = choose(x > 710, every(710), x);
  x = choose(x < -746, every(-746), x);
  lanes n = (x * 0x1.71547652b82fep0 + shifter) - shifter;
  // n · log 2 in two parts, the first exact; `rest` is what rounding takes from r.
  lanes high_part = x - n * 0x1.62e42feep-1, low_part = n * 0x1.a39ef35793c76p-33;
  lanes r = high_part - low_part;
  lanes rest = (high_part - r) - low_part;
  // The Taylor series: |r| ≤ ½ log 2, so that the next term is below 2⁻⁵⁶ of the sum.
  lanes square = r * r;
  lanes low = (1.0 / 2 + r * (1.0 / 6)) + square * (1.0 / 24 + r * (1.0 / 120));
  lanes middle = (1.0 / 720 + r * (1.0 / 5040)) + square * (1.0 / 40320 + r * (1.0 / 362880));
  lanes high = (1.0 / 3628800 + r * (1.0 / 39916800)) + square * (1.0 / 479001600 + r * (1.0 / 6227020800));
  lanes fourth = square * square;
  lanes tail = low + fourth * (middle + fourth * high);
  // 1 + r with its rounding error, so that the last sum alone rounds at full size.
  lanes sum = 1 + r;
  lanes result = sum + (((1 - sum) + r) + (rest + square * tail));
  // In two factors, since 2ⁿ alone can be beyond the numbers while eˣ is not.
  lanes half = (n * 0.5 + shifter) - shifter;
  return result * power_of_two(half) * power_of_two(n - half);
}

// tanh x. Below 0.625 the rational approximation of Moshier's Cephes library, above it 1 − 2/(e²ˣ + 1).
INLINE lanes hyperbolic_tangent(lanes x) {
  lanes size = magnitude(x);
  lanes square = x * x;
  masks is_small = size < 0.625;
  lanes above = square * -9.64399179425052238628e-1 - 9.92877231001918586564e1;
  above = square * above - 1.61468768441708447952e3;
  lanes below = square + 1.12811678491632931402e2;
  below = square * below + 2.23548839060100448583e3;
  below = square * below + 4.84406305325125486048e3;
  lanes numerator = choose(is_small, size * square * above, every(-2));
  lanes denominator = choose(is_small, below, exponential(size + size) + 1);
  return with_sign(choose(is_small, size, every(1)) + numerator / denominator, x);
}

// 1 ⁄ (1 + e⁻ˣ).
INLINE lanes logistic(lanes x) {
  lanes power = exponential(-magnitude(x));
  masks is_negative = x < 0;
  lanes sum = 1 + power;
  lanes quotient = choose(is_negative, power, every(1)) / sum;
  // What rounding took from the sum, put back to first order.
  lanes rest = (1 - sum) + power;
  return quotient - quotient * (choose(is_negative, 1 - quotient, quotient) * rest);
}

// The natural logarithm of normal numbers above 0, after fdlibm; what is not finite stays as it is.
INLINE lanes logarithm(lanes x) {
  masks bits = (masks)x;
  // The mantissa in √½…√2, the exponent with it.
  masks raised = bits + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  masks field = (masks)((__attribute__((vector_size(64))) uint64_t)raised >> 52);
  lanes k = (lanes)(field | (masks)every(0x1p52)) - (0x1p52 + 1023);
  lanes f = (lanes)((raised & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1;
  lanes s = f / (2 + f);
  lanes z = s * s;
  lanes w = z * z;
  lanes even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  lanes odd = z * (6.666666666666735130e-1
    + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  lanes half = 0.5 * f * f;
  lanes result = k * 6.93147180369123816490e-1
    - ((half - (s * (half + (odd + even)) + k * 1.90821492927058770002e-10)) - f);
  return choose((x - x) == 0, result, x);
}

#endif
