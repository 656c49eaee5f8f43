// The two products that everything is made of. A matrix of activations is rows of `stride` vectors, a row a unit; of
// each row the first `count` vectors are in use.
#ifndef DESCENT_NETWORKS_PRODUCTS_H
#define DESCENT_NETWORKS_PRODUCTS_H

#include "Lanes.h"

// The largest tile whose sums an instruction set keeps in its registers. A tile's shape does not alter any sum.
#ifndef TILE_ROWS
#define TILE_ROWS 1
#define TILE_COLUMNS 2
#endif

INLINE long tile(long left, long largest) {
  long size = left >= 4 ? 4 : left >= 2 ? 2 : 1;
  return size < largest ? size : largest;
}

// Numbers that stand in a matrix: entry (row, term) at row · row_step + term · term_step.
typedef struct {
  const double *entries;
  long row_step, term_step;
} coefficients;

INLINE void combine_tile(
  const int R, const int C, lanes *out, const lanes *in, long stride, coefficients m, long terms, const double *start,
  int add
) {
  lanes sum[R][C];
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int c = 0; c < C; c++) sum[r][c] = add ? out[r * stride + c] : every(start ? start[r] : 0);
  for (long k = 0; k < terms; k++) {
    UNROLL for (int r = 0; r < R; r++) {
      lanes factor = every(m.entries[r * m.row_step + k * m.term_step]);
      UNROLL for (int c = 0; c < C; c++) sum[r][c] += factor * in[k * stride + c];
    }
  }
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int c = 0; c < C; c++) out[r * stride + c] = sum[r][c];
}

INLINE void combine_rows(
  const int R, lanes *out, const lanes *in, long stride, long count, coefficients m, long terms, const double *start,
  int add
) {
  for (long c = 0, step; c < count; c += step) {
    step = tile(count - c, TILE_COLUMNS);
    if (TILE_COLUMNS >= 4 && step == 4) {
      combine_tile(R, 4, out + c, in + c, stride, m, terms, start, add);
    } else if (step == 2) {
      combine_tile(R, 2, out + c, in + c, stride, m, terms, start, add);
    } else {
      combine_tile(R, 1, out + c, in + c, stride, m, terms, start, add);
    }
  }
}

// Rows of `out` = start (0 where null), or what they are where `add`, + Σ m(row, term) · row `term` of `in`.
static void combine(
  lanes *out, long rows, const lanes *in, long stride, long count, coefficients m, long terms, const double *start,
  int add
) {
  for (long r = 0, step; r < rows; r += step) {
    step = tile(rows - r, TILE_ROWS);
    lanes *target = out + r * stride;
    const double *first = start ? start + r : 0;
    if (TILE_ROWS >= 4 && step == 4) {
      combine_rows(4, target, in, stride, count, m, terms, first, add);
    } else if (TILE_ROWS >= 2 && step == 2) {
      combine_rows(2, target, in, stride, count, m, terms, first, add);
    } else {
      combine_rows(1, target, in, stride, count, m, terms, first, add);
    }
    m.entries += step * m.row_step;
  }
}

INLINE void correlate_tile(
  const int R, const int C, double *sums, long step, const lanes *left, const lanes *right, long stride, long count
) {
  lanes sum[(R * C + 7) / 8 * 8];
  UNROLL for (int i = 0; i < (R * C + 7) / 8 * 8; i++) sum[i] = every(0);
  for (long s = 0; s < count; s++) {
    UNROLL for (int r = 0; r < R; r++)
      UNROLL for (int c = 0; c < C; c++) sum[r * C + c] += left[r * stride + s] * right[c * stride + s];
  }
  UNROLL for (int i = 0; i < R * C; i += 8) {
    lanes eight = sums_of_eight(sum + i);
    UNROLL for (int k = i; k < i + 8 && k < R * C; k += C) {
      double *target = sums + k / C * step;
      if (C == 4) {
        loose_four four = k == i ? __builtin_shufflevector(eight, eight, 0, 1, 2, 3)
                                 : __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
        *(loose_four *)target += four;
      } else {
        UNROLL for (int c = 0; c < C; c++) target[c] += eight[k - i + c];
      }
    }
  }
}

INLINE void correlate_rows(
  const int R, double *sums, long step, const lanes *left, const lanes *right, long columns, long stride, long count
) {
  for (long c = 0, width; c < columns; c += width) {
    width = tile(columns - c, TILE_COLUMNS);
    const lanes *source = right + c * stride;
    if (TILE_COLUMNS >= 4 && width == 4) {
      correlate_tile(R, 4, sums + c, step, left, source, stride, count);
    } else if (width == 2) {
      correlate_tile(R, 2, sums + c, step, left, source, stride, count);
    } else {
      correlate_tile(R, 1, sums + c, step, left, source, stride, count);
    }
  }
}

// sums(r, c) at r · step + c grows by the samples' sum of row r of `left` times row c of `right`.
static void correlate(
  double *sums, long step, const lanes *left, long rows, const lanes *right, long columns, long stride, long count
) {
  for (long r = 0, height; r < rows; r += height) {
    height = tile(rows - r, TILE_ROWS);
    double *target = sums + r * step;
    const lanes *source = left + r * stride;
    if (TILE_ROWS >= 4 && height == 4) {
      correlate_rows(4, target, step, source, right, columns, stride, count);
    } else if (TILE_ROWS >= 2 && height == 2) {
      correlate_rows(2, target, step, source, right, columns, stride, count);
    } else {
      correlate_rows(1, target, step, source, right, columns, stride, count);
    }
  }
}

// sums(r) at r · step grows by the samples' sum of row r.
static void add_sums(double *sums, long step, const lanes *rows, long row_count, long stride, long count) {
  for (long first = 0; first < row_count; first += 8) {
    long used = row_count - first < 8 ? row_count - first : 8;
    const lanes *row[8];
    lanes sum[8];
    UNROLL for (int r = 0; r < 8; r++) {
      // Behind the last row it again; nobody asks for the sum.
      row[r] = rows + (first + (r < used ? r : used - 1)) * stride;
      sum[r] = every(0);
    }
    for (long s = 0; s < count; s++) {
      UNROLL for (int r = 0; r < 8; r++) sum[r] += row[r][s];
    }
    lanes eight = sums_of_eight(sum);
    for (long r = 0; r < used; r++) sums[(first + r) * step] += eight[r];
  }
}

#endif
