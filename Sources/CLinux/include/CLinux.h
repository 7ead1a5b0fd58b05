// The few Linux calls Swift cannot make by itself: variadic ones, and those built from C macros.
//
// Every function returns a value >= 0 on success and -errno on failure; none touches global state except
// freeze_block_signals. All descriptors are made close-on-exec.

#ifndef FREEZE_CLINUX_H
#define FREEZE_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// A memory file holding `length` bytes, sealed against every further change (shrink, grow, write, seal):
// what journald asks of a log entry too large for a datagram. Returns the descriptor.
int freeze_sealed_memfd(const void *bytes, size_t length);

// Sends one datagram without content that carries descriptor `passed` (SCM_RIGHTS) on a connected socket.
// Never blocks, never raises SIGPIPE. Returns 0.
int freeze_send_descriptor(int socket, int passed);

// Blocks the `count` signals in the calling thread and those it starts later, and returns a non-blocking
// signalfd for them. Call it before any other thread exists, else a thread without the block takes the signal.
int freeze_block_signals(const int *signals, size_t count);

// The next pending signal number of a signalfd; 0 when none is pending.
int freeze_read_signal(int descriptor);

// Nanoseconds since boot, time asleep included (CLOCK_BOOTTIME).
int64_t freeze_boottime_nanoseconds(void);

// Nanoseconds of CLOCK_MONOTONIC, the clock of systemd's MONOTONIC_USEC.
int64_t freeze_monotonic_nanoseconds(void);

// Whether the kernel holds the wall clock for synchronised (adjtimex): 1 or 0.
int freeze_clock_is_synchronised(void);

#endif
