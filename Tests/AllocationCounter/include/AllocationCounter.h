// Counts the allocations of the calling thread: the test executable's own malloc stands before the C library's.
#pragma once

/// Begins to count from 0 on this thread.
void allocation_counter_start(void);
/// Ends, and gives the number of allocations since the start.
long allocation_counter_stop(void);
