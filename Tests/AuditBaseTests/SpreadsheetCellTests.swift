import AuditBase
import Testing

@Suite struct SpreadsheetCellTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+62", "'+62"), ("-", "'-"), ("@a", "'@a"), ("  =1", "' =1"), ("\t=1", "' =1"),
    ("|a", "'|a"), ("%a", "'%a"), ("＝1", "'＝1"), ("'x", "''x"), ("198501012010011001", "'198501012010011001"),
    ("007", "'007"), ("7", "7"), ("a;b", "\"a;b\""), ("a,b", "\"a,b\""), ("say \"ya\"", "\"say \"\"ya\"\"\""),
    ("2024-03-22", "2024-03-22"), ("a\nb", "a b"), ("x\u{1B}[2J", "x\u{FFFD}[2J"),
  ])
  func aCellIsNeverAFormula(_ text: String, _ expected: String) {
    #expect(SpreadsheetCell.quotedIfNeeded(SpreadsheetCell.text(text)) == expected)
  }

  @Test(arguments: [("16.05", "'16.05"), ("2024-03", "'2024-03"), ("16", "'16"), ("16a", "16a")])
  func codesAreText(_ text: String, _ expected: String) {
    #expect(SpreadsheetCell.text(text, isCode: true) == expected)
  }

  @Test(arguments: [("a", "\"a\""), ("\"\u{301}", "\"\"\"\u{301}\""), ("", "\"\"")])
  func aQuoteCannotEndACell(_ text: String, _ expected: String) {
    #expect(Array(SpreadsheetCell.quoted(text).utf8) == Array(expected.utf8))
  }
}
