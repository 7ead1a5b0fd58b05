// AuditBase: what every room needs, and that knows nothing of HR, SQL or the log.
//
//   Language, Text, ExplainedError   what is said to people, in both languages
//   JSON                             values whose keys keep their order
//   PlainText, SafeText              text from outside made harmless: for one line, for a log
//   HTML, SpreadsheetCell            the same for a page and for a table
//   AtomicFile                       a file that appears whole or not at all
//   Hex, grouped, FailPoint          small things that stand once
