/// How urgent an entry is; the raw value is the syslog level in the field PRIORITY.
package enum Priority: Int, Sendable, CaseIterable {
  /// An act inside the window. journald writes these to disk at once.
  case critical = 2
  /// The auditor cannot do its work.
  case error = 3
  /// An alert that needs a look, or the auditor working with less than it should have.
  case warning = 4
  /// Normal but worth reading.
  case notice = 5
  /// The heartbeat and the like.
  case info = 6
}
