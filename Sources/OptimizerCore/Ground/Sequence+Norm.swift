extension Sequence<Double> {
  /// The Euclidean norm √Σaᵢ², by hypotenuses: no square overflows or vanishes. ∞ if a number is
  /// infinite, else NaN if one is.
  // Inlined, since it is asked of lazy sequences for every frame: unspecialised it took most of the frame.
  @inlinable package var euclideanNorm: Double { reduce(0) { Elementary.hypot($0, $1) } }
}
