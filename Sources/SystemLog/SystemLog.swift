// SystemLog: how the auditor speaks to the machine it runs on.
//
//   LogEntry -> LogSink -> JournalSocket   native journal protocol, when systemd connected us to the journal
//                       -> JSONLines       else, or when the journal is away: one JSON object a line
//   ServiceManager                         readiness, status and watchdog (sd_notify)
//   SignalDescriptor                       signals as something to poll
//   SafeText                               what makes foreign text harmless before it goes anywhere
//
// Nothing here knows of alerts, law or records, and nothing here needs libsystemd: the three protocols are
// stable and documented (systemd.io/JOURNAL_NATIVE_PROTOCOL, sd_notify(3), systemd.exec(5) on $JOURNAL_STREAM).
//
// SIGPIPE: sockets are written with MSG_NOSIGNAL; a program that writes JSON lines to a pipe ignores SIGPIPE
// itself, and then gets `LogError.closed`.
