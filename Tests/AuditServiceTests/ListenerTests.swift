import Testing

@testable import AuditService

/// What a source's notifications name; whoever may connect can send one.
@Suite struct ListenerTests {
  @Test(
    arguments: [
      ([#"["7"]"#], ["7"]),
      ([#"["7", "a\"b"]"#, #"["8"]"#], ["7", "a\"b", "8"]),
      ([#"["7"]"#, ""], nil),
      ([""], nil),
      (["[]"], nil),
      ([#"["7", 8]"#], nil),
      ([#"["7", null]"#], nil),
      ([#"{"id": "7"}"#], nil),
      ([#"["7""#], nil),
      (["7"], nil),
      ([String(repeating: "[", count: 7000)], nil),
      (
        Array(repeating: "[" + Array(repeating: "\"7\"", count: 500).joined(separator: ",") + "]", count: 3),
        nil
      ),
    ] as [([String], [String]?)])
  func `What notifications name`(_ payloads: [String], _ expected: [String]?) {
    #expect(Listener.Change(payloads) == (expected.map { .named($0) } ?? .somewhere))
  }
}
