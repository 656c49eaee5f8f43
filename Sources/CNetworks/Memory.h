// The memory of a computation: one block of samples at a time, with all that is known of it layer by layer.
#ifndef DESCENT_NETWORKS_MEMORY_H
#define DESCENT_NETWORKS_MEMORY_H

#include "Lanes.h"
#include "include/CNetworks.h"

enum {
  // The units of a part, where a wide hidden layer, the only one, is computed in parts that stay in the cache.
  PART = 32,
  // Vectors in a row of the largest block.
  LARGEST_STRIDE = 16
};

// One block of samples. What a computation does not need has no memory.
typedef struct {
  // Vectors from row to row, and how many of them are in use.
  long stride, count;
  // Samples of the block, and the first of them.
  long samples, first;
  lanes *labels, *targets;
  // The members' weights, 0 behind the last sample.
  lanes *weights;
  // Activations, the inputs first; their derivatives along a direction.
  lanes **activations, **tangents;
  // Derivatives of each output in turn by what enters the units; and the same times the loss's Hessian.
  lanes **outward, **curved;
  // The softmax of the outputs.
  lanes *chances;
  // What goes backward, in turn; and its derivatives.
  lanes *deltas[2], *delta_tangents[2];
  // Rows for products of two.
  lanes *pairs[2];
} block;

static inline long max_of(long a, long b) { return a > b ? a : b; }

static inline long outputs_of(const cnetworks_network *network) { return network->layer[network->layers - 1].width; }

static inline long fan_in(const cnetworks_network *network, long layer) {
  return layer == 0 ? network->inputs : network->layer[layer - 1].width;
}

// Where a layer's weights begin; its bias follows them.
static inline long offset_of(const cnetworks_network *network, long layer) {
  long offset = 0;
  for (long l = 0; l < layer; l++) {
    offset += network->layer[l].width * (fan_in(network, l) + (network->layer[l].bias ? 1 : 0));
  }
  return offset;
}

static inline long parameters_of(const cnetworks_network *network) { return offset_of(network, network->layers); }

static inline int is_parted(const cnetworks_network *network, int kind) {
  return kind == CNETWORKS_GRADIENT && network->layers == 2 && network->layer[0].width > 4 * PART;
}

// Vectors in a full block: so many that the activations stay in the cache, and the same for every N.
static inline long vectors_of(const cnetworks_network *network, int kind) {
  long units = network->inputs;
  for (long l = 0; l < network->layers; l++) units += network->layer[l].width;
  if (kind == CNETWORKS_MATRIX) units *= outputs_of(network);
  if (is_parted(network, kind)) return LARGEST_STRIDE;
  return units <= 4096 ? 8 : units <= 16384 ? 4 : 2;
}

// Rows that a layer of activations takes: a parted layer one part.
static inline long rows_of(const cnetworks_network *network, int kind, long layer) {
  return is_parted(network, kind) && layer == 0 ? PART : network->layer[layer].width;
}

// Hands out memory one piece after the other; counts alone where there is none.
typedef struct {
  char *base;
  long used;
} arena;

static inline void *take(arena *memory, long bytes) {
  void *piece = memory->base ? memory->base + memory->used : 0;
  memory->used += (bytes + 63) / 64 * 64;
  return piece;
}

static inline lanes *take_rows(arena *memory, const block *b, long rows) {
  return take(memory, rows * b->stride * (long)sizeof(lanes));
}

// Rows for the outputs of each layer, `copies` times its units; the inputs are a layer where a computation wants them.
static inline lanes **take_layers(
  arena *memory, const block *b, const cnetworks_network *network, int kind, int with_inputs, long copies
) {
  lanes **layers = take(memory, (network->layers + 1) * (long)sizeof(lanes *));
  for (long l = with_inputs ? -1 : 0; l < network->layers; l++) {
    lanes *rows = take_rows(memory, b, copies * (l < 0 ? network->inputs : rows_of(network, kind, l)));
    if (layers) layers[l + 1] = rows;
  }
  return layers;
}

// Lays a block out, and says how many bytes it takes.
static inline long lay_out(block *b, const cnetworks_network *network, int kind, void *scratch) {
  arena memory = {scratch, 0};
  long outputs = outputs_of(network), widest = network->inputs;
  for (long l = 0; l < network->layers; l++) widest = max_of(widest, rows_of(network, kind, l));
  b->stride = vectors_of(network, kind);
  b->labels = take_rows(&memory, b, 1);
  b->weights = take_rows(&memory, b, 1);
  b->targets = take_rows(&memory, b, outputs);
  b->activations = take_layers(&memory, b, network, kind, 1, 1);
  for (int i = 0; i < 2; i++) b->deltas[i] = take_rows(&memory, b, widest);
  if (kind != CNETWORKS_GRADIENT) b->chances = take_rows(&memory, b, outputs);
  if (kind == CNETWORKS_PRODUCT) {
    b->tangents = take_layers(&memory, b, network, kind, 0, 1);
    for (int i = 0; i < 2; i++) b->delta_tangents[i] = take_rows(&memory, b, widest);
  }
  if (kind == CNETWORKS_MATRIX) {
    b->outward = take_layers(&memory, b, network, kind, 0, outputs);
    b->curved = take_layers(&memory, b, network, kind, 0, outputs);
    for (int i = 0; i < 2; i++) b->pairs[i] = take_rows(&memory, b, widest + 1);
  }
  return memory.used;
}

// Turns to the block of samples from `first` on, as many as fit.
static inline void turn_to(block *b, const cnetworks_samples *samples, long first) {
  long left = samples->count - first, largest = b->stride * WIDTH;
  b->first = first;
  b->samples = left < largest ? left : largest;
  b->count = (b->samples + WIDTH - 1) / WIDTH;
}

// Which sample stands in a place of the block: behind the last one it again, so that no number appears from nowhere.
static inline long sample_at(const block *b, const cnetworks_samples *samples, long place) {
  long member = b->first + (place < b->samples ? place : b->samples - 1);
  return samples->rows ? samples->rows[member] : member;
}

// Whether a vector is eight members that stand beside each other in the columns.
static inline int is_contiguous(const block *b, const cnetworks_samples *samples, long v) {
  return !samples->rows && (v + 1) * WIDTH <= b->samples;
}

static inline void load_columns(
  lanes *rows, const double *columns, long count, const block *b, const cnetworks_samples *samples
) {
  for (long c = 0; c < count; c++) {
    const double *column = columns + c * samples->total;
    for (long v = 0; v < b->count; v++) {
      lanes *target = rows + c * b->stride + v;
      if (is_contiguous(b, samples, v)) {
        *target = *(const loose_lanes *)(column + b->first + v * WIDTH);
      } else {
        for (long i = 0; i < WIDTH; i++) (*target)[i] = column[sample_at(b, samples, v * WIDTH + i)];
      }
    }
  }
}

static inline void load_inputs(const block *b, const cnetworks_network *network, const cnetworks_samples *samples) {
  load_columns(b->activations[0], samples->features, network->inputs, b, samples);
}

// What the members count, each by its own weight and its sample's; or, not `weighted`, whether there is one.
static inline void load_weights(const block *b, const cnetworks_samples *samples, int weighted) {
  const double *weights = weighted && samples->weights ? samples->weights + b->first : 0;
  const double *own = weighted ? samples->sample_weights : 0;
  for (long v = 0; v < b->count; v++) {
    long used = b->samples - v * WIDTH;
    if (used >= WIDTH) {
      b->weights[v] = weights ? *(const loose_lanes *)(weights + v * WIDTH) : every(1);
    } else {
      for (long i = 0; i < WIDTH; i++) b->weights[v][i] = i >= used ? 0 : weights ? weights[v * WIDTH + i] : 1;
    }
    if (!own) continue;
    for (long i = 0; i < WIDTH; i++) b->weights[v][i] *= own[sample_at(b, samples, v * WIDTH + i)];
  }
}

static inline void load_answers(const block *b, const cnetworks_network *network, const cnetworks_samples *samples) {
  if (network->loss == CNETWORKS_SQUARED) {
    load_columns(b->targets, samples->targets, outputs_of(network), b, samples);
    return;
  }
  for (long v = 0; v < b->count; v++) {
    const int *labels = samples->labels + b->first + v * WIDTH;
    lanes eight;
    if (is_contiguous(b, samples, v)) {
      UNROLL for (int i = 0; i < WIDTH; i++) eight[i] = labels[i];
    } else {
      for (long i = 0; i < WIDTH; i++) eight[i] = samples->labels[sample_at(b, samples, v * WIDTH + i)];
    }
    b->labels[v] = eight;
  }
}

#endif
