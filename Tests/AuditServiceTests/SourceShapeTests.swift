import AuditBase
import FreezeRules
import Testing

@testable import AuditService

/// What of a source may change without a person, and what is refused.
@Suite struct SourceShapeTests {
  private static func shape(
    _ columns: [String] = ["action_id:25", "decree_date:1082"], annexes: String? = nil,
    _ definitions: [String: String] = ["freeze_audit.personnel_action": "aa"], server: Int = 15
  ) -> SourceShape {
    var shape = SourceShape(columns: Set(columns), annexes: annexes)
    shape.definitions = definitions
    shape.server = server
    return shape
  }

  /// An earlier and a later shape, and the words of what is refused.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    var before = shape()
    var now = shape()
    let words: [String]
    var testDescription: String { name }
  }

  static let changes: [Change] = [
    Change(name: "nothing", words: []),
    Change(
      name: "a column is gone", now: shape(["action_id:25"]), words: ["columns are gone", "decree_date"]),
    Change(
      name: "a column is of another type", now: shape(["action_id:25", "decree_date:25"]),
      words: ["another type", "decree_date"]),
    Change(
      name: "annexes come", now: shape(annexes: "freeze_audit.approval"), words: []),
    Change(
      name: "annexes go", before: shape(annexes: "freeze_audit.approval"),
      words: ["freeze_audit.approval", "gone"]),
    Change(
      name: "annexes of the view's own come", now: shape(annexes: "hr.act_approval"),
      words: ["now read from hr.act_approval"]),
    Change(
      name: "annexes come from elsewhere", before: shape(annexes: "freeze_audit.approval"),
      now: shape(annexes: "hr.act_approval"), words: ["now read from hr.act_approval"]),
    Change(
      name: "the view has another definition", now: shape([("freeze_audit.personnel_action", "bb")]),
      words: ["definitions", "freeze_audit.personnel_action"]),
    Change(
      name: "a function below has another definition",
      before: shape([("v", "aa"), ("hr.f(text)", "cc")]), now: shape([("v", "aa"), ("hr.f(text)", "dd")]),
      words: ["definitions", "hr.f(text)"]),
    Change(
      name: "a view became a table", now: shape([]), words: ["definitions", "freeze_audit.personnel_action"]),
    Change(
      name: "a table became a view", before: shape([]), words: []),
    Change(
      name: "another version of the server",
      now: shape([("freeze_audit.personnel_action", "bb")], server: 16),
      words: []),
  ]

  private static func shape(_ definitions: [(String, String)], server: Int = 15) -> SourceShape {
    shape(Dictionary(uniqueKeysWithValues: definitions), server: server)
  }
  private static func shape(_ definitions: [String: String], server: Int) -> SourceShape {
    shape(["action_id:25", "decree_date:1082"], annexes: nil, definitions, server: server)
  }

  @Test(arguments: changes)
  func `What may hide an act is refused`(_ change: Change) {
    // As it comes back from the ledger.
    let last = SourceShape(text: change.before.text)
    #expect(last == change.before)
    let told = change.now.changes(since: last, view: "v").map(\.english).joined(separator: "; ")
    #expect(told.isEmpty == change.words.isEmpty, "\(told)")
    for word in change.words { #expect(told.contains(word), "\(told)") }
  }

  @Test func `A text of an earlier program is a shape without definitions`() {
    let old = SourceShape(text: "action_id:25,decree_date:1082,freeze_audit.approval:lines")
    #expect(old.annexes == "freeze_audit.approval" && old.definitions.isEmpty)
    #expect(Self.shape(annexes: "freeze_audit.approval").changes(since: old, view: "v").isEmpty)
    #expect(SourceExtent(text: old.text) == nil)
    let odd = Self.shape([(SourceShape.part("\"a,b=c\".v"), "ee")])
    #expect(SourceShape(text: odd.text) == odd)
  }

  /// Records in all and near the windows before and now, per cent that may go, and what is refused.
  @Test(arguments: [
    (300, 30, 300, 30, 20, []), (300, 30, 400, 40, 20, []), (300, 30, 299, 30, 20, []),
    (300, 30, 200, 30, 20, ["records fell"]), (300, 30, 290, 12, 20, ["near the windows"]),
    (300, 30, 0, 0, 20, ["records fell", "near the windows"]), (5, 5, 4, 4, 20, []), (2, 2, 1, 1, 20, []),
    (2, 2, 0, 0, 20, ["records fell", "near the windows"]), (300, 30, 1, 1, 100, []),
    (300, 30, 299, 29, 0, ["records fell", "near the windows"]),
  ])
  func `A source that holds much less is refused`(
    _ records: Int, _ near: Int, _ recordsNow: Int, _ nearNow: Int, _ maximum: Int, _ words: [String]
  ) throws {
    let days = "2024-03-22..2024-09-22+2029-01-01..2029-06-30/2016-07-01..2030-12-31"
    let extent = SourceExtent(records: records, near: near, days: days)
    let last = try #require(SourceExtent(text: Self.shape().text + "," + extent.text))
    #expect(last == extent)
    let now = SourceExtent(records: recordsNow, near: nearNow, days: days)
    let losses = now.losses(since: last, maximumLoss: maximum).map(\.english)
    #expect(losses.count == words.count, "\(losses)")
    for (loss, word) in zip(losses, words) { #expect(loss.contains(word)) }
    // Another calendar asks for other days: fewer records near them mean nothing.
    let other = SourceExtent(records: records, near: nearNow, days: "/")
    #expect(other.losses(since: last, maximumLoss: maximum).isEmpty)
  }
}
