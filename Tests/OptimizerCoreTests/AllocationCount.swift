import AllocationCounter

/// The number of allocations on this thread while the body runs.
func allocations(during body: () -> Void) -> Int {
  allocation_counter_start()
  body()
  return allocation_counter_stop()
}
