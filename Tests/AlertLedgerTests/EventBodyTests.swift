import FreezeRules
import AuditBase
import Testing

@testable import AlertLedger

@Suite struct EventBodyTests {
  @Test func `An id depends on each of its parts, and parts cannot run into each other`() {
    let id = AlertID(source: "a", actionID: "b", rule: "c", election: "d")
    #expect(id == AlertID(source: "a", actionID: "b", rule: "c", election: "d"))
    // Fixed for ever: changing it would raise every alert of every site again.
    #expect(id.description == "\(id)" && id.description.count == 32)
    let others = [
      AlertID(source: "ab", actionID: "", rule: "c", election: "d"),
      AlertID(source: "", actionID: "ab", rule: "c", election: "d"),
      AlertID(source: "a", actionID: "b", rule: "cd", election: ""),
      AlertID(source: "b", actionID: "a", rule: "c", election: "d"),
      AlertID(source: "a\u{0}b", actionID: "", rule: "c", election: "d"),
    ]
    #expect(Set(others + [id]).count == others.count + 1)
  }

  @Test(arguments: [
    #"{"a":1,"b":[true,false,null],"c":{"d":"e"}}"#, #"{}"#, #"[]"#, #""""#, #"-12"#,
    #""\u0000\u001f\u2028""#,
    #""ä\"\/ 😀\\""#, #"[[[[1]]]]"#,
  ])
  func `JSON is read back as it was written`(_ text: String) throws {
    let json = try #require(JSON(parsing: text))
    #expect(json.text == text.replacing("\\/", with: "/"))
    #expect(JSON(parsing: json.text) == json)
  }

  @Test(arguments: [
    "", "{", "}", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "1.5", "1e3", "01", "-", "tru", "\"a", "\"\\x\"",
    "\"\\ud800\"",
    "\"\\ud800\\u0041\"", "[1] 2", "\"\n\"", "99999999999999999999", String(repeating: "[", count: 100_000),
  ])
  func `What is no JSON of ours is refused, never a trap`(_ text: String) {
    #expect(JSON(parsing: text) == nil)
  }

  @Test func `Any bytes are refused or read, never a trap`() {
    var generator = SystemRandomNumberGenerator()
    let seed = #"{"v":1,"facts":{"a":"\u00e9\ud83d\ude00","b":[1,-2,null,true]}}"#
    for _ in 0..<20_000 {
      var bytes = Array(seed.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        }
      }
      if let json = JSON(parsing: String(decoding: bytes, as: UTF8.self)) {
        #expect(JSON(parsing: json.text) == json)
      }
    }
  }

  @Test func `A head is read from SEQ:HASH or HASH`() {
    let hash = String(repeating: "ab", count: 32)
    #expect(Verification.Head("7:\(hash)")?.seq == 7)
    #expect(Verification.Head(hash.uppercased())?.hash == hash)
    for bad in [
      "", "7", "7:", "x:\(hash)", ":\(hash)", "-1:\(hash)", "1:2:\(hash)", hash + "0",
      "7:\(hash.dropLast())g",
    ] {
      #expect(Verification.Head(bad) == nil, "\(bad)")
    }
  }

  @Test func `A holder of this machine is dead when its process is, and never otherwise`() {
    let own = Holder.own
    #expect(!Holder.isDead(own))
    var parts = own.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    #expect(parts.count == 5)
    parts[4] = "1"
    #expect(Holder.isDead(parts.joined(separator: "/")), "another process has its number now")
    for (part, why) in [(0, "host"), (1, "machine or user"), (2, "namespace")] {
      var other = parts
      other[part] += "0"
      #expect(!Holder.isDead(other.joined(separator: "/")), "of another \(why) nothing is known")
      other[part] = ""
      #expect(!Holder.isDead(other.joined(separator: "/")))
    }
    parts[3] = "\(Int32.max)"
    #expect(Holder.isDead(parts.joined(separator: "/")), "no process has that number")
    #expect(!Holder.isDead(""))
    #expect(!Holder.isDead("a/b/c/d/e"))
  }
}
