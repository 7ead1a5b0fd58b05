import CLinux

/// Clocks that no administrator can set.
package enum MachineClock {
  /// Time since boot, time asleep included.
  package static var sinceBoot: Duration { .nanoseconds(freeze_boottime_nanoseconds()) }

  /// Whether the kernel holds the wall clock for synchronised; true where it will not say.
  package static var isSynchronised: Bool { freeze_clock_is_synchronised() != 0 }
}
