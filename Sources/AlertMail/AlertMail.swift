// AlertMail: from log entries to the digest HR reads.
//
//   JournalLine -> LogEvent -> Intake (new or seen before, holes) -> Digest -> text, HTML, CSV -> MailMessage
//   MailFolder   what was delivered, and the digest on its way: rendered once, the same bytes on every retry
//   JournalReader  journalctl, from the last cursor on
//   Sendmail     the one way out
//   Mailer       the order of effects: render -> spool -> sendmail accepts -> state moves
//
// The promise: an event is in the state as delivered only after sendmail accepted the digest that tells of it. A crash
// anywhere repeats at most the last digest, byte for byte with the same Message-ID. Which events are new is decided
// by their FREEZE_SEQ alone, never by a position in the log; the cursor only saves reading.
//
// No clock and no database in here: time and ledger are arguments.
