// AlertMail: from what the ledger has beyond what was told to the digest HR reads.
//
//   LogBatch       the log as read: what is the auditor's by journald's own fields, every number, as much as there is room for
//   LedgerReading  the ledger's events that no digest told of, in pieces that are kept; how the sources and the daemon are
//   NewsTally      all of it counted, as much kept as a mail has room for
//   NewEvents      log, ledger and state held against each other -> Digest -> text, HTML, table -> MailMessage
//   MailFolder     what was delivered, and the digest on its way: rendered once, the same bytes on every retry
//   Sendmail       the one way out
//   Mailer         the order of effects: read -> render -> spool -> sendmail accepts -> state moves
//
// The promise: an event is in the state as delivered only after sendmail accepted the digest that tells of it. A crash
// anywhere repeats at most the last digest, byte for byte with the same Message-ID. Which events are new is decided
// by their numbers in the ledger alone, never by a position in the log; the cursor only saves reading. Where the ledger cannot be
// asked, the log's words are told as the log's, and held against the ledger once it is back.
//
// No clock and no database in here: time and ledger are arguments.
