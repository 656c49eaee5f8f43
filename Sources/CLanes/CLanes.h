// What eight numbers side by side need and Swift's SIMD types do one number at a time.
#ifndef DESCENT_CLANES_H
#define DESCENT_CLANES_H

typedef double clanes_double2 __attribute__((ext_vector_type(2)));
typedef double clanes_double8 __attribute__((ext_vector_type(8)));
typedef double clanes_double16 __attribute__((ext_vector_type(16)));

// The correctly rounded square roots, as the processor's packed instruction gives them. The standard library's take one
// lane after the other through memory, with a test of each for the error number of C.
static inline __attribute__((always_inline)) clanes_double8 clanes_square_root(clanes_double8 x) {
  return __builtin_elementwise_sqrt(x);
}

static inline __attribute__((always_inline)) clanes_double2 clanes_square_root2(clanes_double2 x) {
  return __builtin_elementwise_sqrt(x);
}

static inline __attribute__((always_inline)) clanes_double16 clanes_square_root16(clanes_double16 x) {
  return __builtin_elementwise_sqrt(x);
}

// The sum of the products of two rows of n numbers: eight sums side by side, added from the first to the last, then what is left
// of the rows. Every product is rounded. A build without optimization takes the eight lanes of Swift one by one through metadata.
static inline double clanes_dot(const double *a, const double *b, long n) {
#pragma clang fp contract(off)
  clanes_double8 sums = 0.0;
  long k = 0;
  for (; k + 8 <= n; k += 8) {
    clanes_double8 x, y;
    __builtin_memcpy(&x, a + k, sizeof x);
    __builtin_memcpy(&y, b + k, sizeof y);
    sums += x * y;
  }
  double sum = sums[0];
  for (int lane = 1; lane < 8; lane += 1) sum += sums[lane];
  for (; k < n; k += 1) sum += a[k] * b[k];
  return sum;
}

#endif
