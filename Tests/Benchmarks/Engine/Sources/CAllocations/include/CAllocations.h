#pragma once
#include <stdint.h>

/// Allocations of this process so far: the benchmark puts its own malloc before the C library's and counts.
uint64_t allocation_count(void);
