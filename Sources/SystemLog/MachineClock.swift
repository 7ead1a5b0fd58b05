import CLinux

/// Clocks that no administrator can set.
public enum MachineClock {
  /// Time since boot, time asleep included.
  public static var sinceBoot: Duration { .nanoseconds(freeze_boottime_nanoseconds()) }
}
