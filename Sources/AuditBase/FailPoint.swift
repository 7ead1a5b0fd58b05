import Glibc

/// Named points where the fault campaign kills the process, or with `stop-` before the name freezes it, by
/// FREEZE_FAILPOINT. The program as it is shipped (a release build) has none.
package enum FailPoint {
  /// Passes the point, as a rule.
  package static func pass(_ point: StaticString) {
    #if DEBUG
      guard let variable = getenv("FREEZE_FAILPOINT") else { return }
      let name = String(cString: variable)
      if name == point.description { kill(getpid(), SIGKILL) }
      if name == "stop-" + point.description { kill(getpid(), SIGSTOP) }
    #endif
  }
}
