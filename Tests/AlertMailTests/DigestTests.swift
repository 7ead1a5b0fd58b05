import AuditBase
import AuditReports
import Foundation
import FreezeRules
import Testing

@testable import AlertMail

@Suite("The digest")
struct DigestTests {
  @Test("news first, open next, notices last, and the figures add up", arguments: Language.allCases)
  func order(language: Language) throws {
    let events =
      (1...3).map { event($0) } + [
        event(4, "amended", alert: 1), event(5, "cleared", alert: 2), event(6, "acknowledged", alert: 3),
        event(7, outcome: "reversal"), event(8, "data_quality"), event(9, "withdrawn", alert: 3),
        event(10, "something_new"),
      ]
    let text = DigestText.render(try digest(events, language: language))
    let marks =
      language == .indonesian
      ? [
        "PERINGATAN BARU (3)", "PERINGATAN BERUBAH (1)", "PERINGATAN SELESAI (2)",
        "PERINGATAN DITANGGAPI (1)", "PERINGATAN TERBUKA", "PEMBERITAHUAN (3)",
        "10 peristiwa = 3 baru + 1 berubah + 2 selesai + 1 ditanggapi + 3 pemberitahuan; nomor 1-10.",
      ]
      : [
        "NEW ALERTS (3)", "ALERTS CHANGED (1)", "ALERTS CLOSED (2)", "ALERTS ACKNOWLEDGED (1)", "OPEN ALERTS",
        "NOTICES (3)", "10 events = 3 new + 1 changed + 2 closed + 1 acknowledged + 3 notices; numbers 1-10.",
      ]
    var place = text.startIndex
    for mark in marks {
      let found = try #require(text.range(of: mark, range: place..<text.endIndex), "\(mark) in\n\(text)")
      place = found.upperBound
    }
    #expect(
      text.contains(language == .indonesian ? "(sudah selesai, lihat di bawah)" : "(closed since, see below)")
    )
    #expect(text.contains("perlu klarifikasi"))
    #expect(
      !text.lowercased().replacingOccurrences(of: "bukan temuan pelanggaran", with: "").contains(
        "pelanggaran"))
  }

  @Test("266 people of one decree are one group, their common details once, all of them in the workbook")
  func oneDecree() throws {
    let events =
      (1...266).map { event($0, decree: " 821.2/11/BKD/2024 ") } + [event(267, decree: "821.2/12/BKD/2024")]
    let digest = try digest(events)
    let message = try message(digest)
    #expect(message.text.contains("SK 821.2/11/BKD/2024 tanggal 21 Maret 2024 · 266 orang · pilkada-2024"))
    #expect(message.text.contains("SK 821.2/12/BKD/2024 tanggal 21 Maret 2024 · 1 orang"))
    #expect(message.text.components(separatedBy: "Masa larangan: 2024-03-22").count == 2, "said once")
    #expect(message.text.contains("… dan 256 lagi, lihat lampiran"))
    #expect(try readWorkbook(try #require(message.attachments.first).content).count == 267 + 1)
  }

  @Test("300 people of one decree are a mail of at most 60 kB")
  func small() throws {
    let message = try message(digest((1...300).map { event($0, alert: 7919 * $0) }))
    #expect(message.bytes.count <= 60_000, "\(message.bytes.count)")
    #expect(try readWorkbook(try #require(message.attachments.first).content).count == 301)
  }

  @Test(
    "a wave is at most 1 MB, however many decrees and however long its texts; the rest is counted, and the command named",
    arguments: [(20_000, 1, 20), (20_000, 7000, 20), (12_000, 3000, 4000), (3000, 3000, 4000)])
  func wave(count: Int, decrees: Int, text: Int) throws {
    let ledger = StubLedger(
      (1...count).map { seq in
        var fields = fields(
          seq, "raised", nil, "821.2/\(seq % decrees)", nil, "inside",
          "Peringatan baru: " + String(repeating: "é", count: text))
        fields["FREEZE_WINDOW"] = String(repeating: "w", count: text) + "\(seq)"
        return LogEvent(fields: fields, origin: .ledger)
      })
    let news = try newEvents([], ledger: ledger)
    #expect(news.tally[.new] == count)
    #expect(news.next.delivered.description == "1-\(count)")
    let message = Digest.message(
      news,
      settings: Digest.Settings(language: .indonesian, personalData: .masked, region: "16.05", program: "t"),
      moment: try moment(), workingDays: try days(), from: try #require(MailAddress("a@b.example.go.id")),
      to: [try #require(MailAddress("c@d.example.go.id"))])
    #expect(message.bytes.count <= 1_000_000, "\(message.bytes.count)")
    #expect(message.subject.contains("\(count) peringatan baru"))
    let shown = message.text.components(separatedBy: ", #").count - 1
    #expect(shown > 0 && shown < count)
    #expect(message.text.contains("freeze-auditor alerts list --all --from 1 --to "), "\(message.text)")
    #expect(message.text.contains("hanya dihitung, tidak dirinci di sini"))
  }

  @Test("25 fit on a page and need no table") func noTable() throws {
    #expect(try message(digest((1...25).map { event($0) })).attachments.isEmpty)
  }

  @Test("the subject names numbers, region and nobody")
  func subject() throws {
    let named = event(
      1, nip: "197001011995031005", message: "Peringatan baru: mutasi a.n. Budi Santoso (SK 1)")
    let digest = try digest([named], personalData: .full)
    #expect(
      digest.subject
        == "[Larangan mutasi 16.05] ARSIP PERINGATAN TIDAK TERJANGKAU · 1 peringatan baru · 1 terbuka · perlu klarifikasi"
    )
    #expect(DigestText.render(digest).contains("Budi Santoso"))
  }

  @Test(
    "of an entry logged in full, or that does not say how, a masked digest shows nothing of the record",
    arguments: [true, false])
  func maskedLater(isSaid: Bool) throws {
    var named = fields(
      1, "raised", nil, "SK Budi Santoso", "197001011995031005", "inside",
      "Peringatan baru: mutasi a.n. Budi Santoso (SK 1)\nPersetujuan: NIP 197001011995031005")
    named["FREEZE_PERSONAL_DATA"] = isSaid ? "full" : nil
    named["FREEZE_ACTION_ID"] = "197001011995031005-1"
    named["FREEZE_DECREE_DATE"] = "2024 (Budi Santoso)"
    let message = try message(
      try digest([LogEvent(fields: named, origin: .log)] + (2...40).map { event($0) }))
    let table = try readWorkbook(try #require(message.attachments.first).content).joined().joined(
      separator: "|")
    for part in [message.text, message.html, table, message.subject] {
      #expect(!part.contains("Budi") && !part.contains("197001011995031005"))
    }
    #expect(message.text.contains("**************1005"))
  }

  @Test("threads by election: the same root for every digest, the election with most news first")
  func threads() throws {
    var other = fields(9, "raised", nil, "X", nil, "inside", nil)
    other["FREEZE_ELECTION"] = "pilkada-2020"
    let first = try message(try digest([event(1), event(2), LogEvent(fields: other, origin: .log)]))
    let second = try message(try digest([event(3)]))
    #expect(
      first.references == [
        "<freeze-auditor.thread.16.05.pilkada-2024@bkpsdm.example.go.id>",
        "<freeze-auditor.thread.16.05.pilkada-2020@bkpsdm.example.go.id>",
      ])
    #expect(second.references == Array(first.references.prefix(1)))
    #expect(first.messageID != second.messageID)
  }

  @Test("the same events give the same bytes, another event another Message-ID")
  func stable() throws {
    let one = try message(try digest([event(1)]))
    #expect(try message(try digest([event(1)])).bytes == one.bytes)
    #expect(try message(try digest([event(1, alert: 2)])).messageID != one.messageID)
  }

  @Test("an empty digest names the ledger's head") func empty() throws {
    var ledger = StubLedger([event(1)])
    ledger.open = [
      OpenAlert(
        alertID: "a", outcome: "inside", rule: "pasal-71-2", election: "pilkada-2024", decreeNo: "1")
    ]
    var state = MailState()
    state.tell([event(1)])
    let news = try newEvents([], state: state, ledger: ledger)
    let digest = Digest(
      news,
      settings: Digest.Settings(language: .english, personalData: .masked, region: nil, program: "t"),
      moment: try moment(), workingDays: try days())
    #expect(digest.subject == "[Freeze auditor] nothing new · 1 open")
    #expect(DigestText.render(digest).contains("Ledger: number 1, hash \(try ledger.head().hash)."))
    #expect(DigestText.render(digest).contains("1 open (by the ledger): 1 inside the frozen period."))
  }
}

/// What an HR database may hold in a name or a decree number.
private let hostile: [String] = [
  "a\r\nBcc: x@example.org\r\n\r\nbody", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "\t=1", "＝1",
  "<script>alert(1)</script>", "\u{0D4E}<script>alert(1)</script>", "x\"><img src=x onerror=alert(1)>",
  "\u{1B}[2J\u{1B}]0;x\u{7}", "\u{202E}gnp.exe", "\"\u{301},=cmd()", "a\",=cmd(),\"b", "\u{0}\u{85}\u{2028}x",
  "=?UTF-8?B?QmNj?=", String(repeating: "A", count: 5_000_000), String(repeating: "é\u{301}", count: 300_000),
  ".\r\n.\r\nQUIT", "From x", "--=_alt-", "{{subject}}{{{lead}}}{{#sections}}", "&lt;b&gt; & \u{FEFF}",
]

@Suite("Hostile text is harmless in every part")
struct HostileTests {
  @Test("headers, text, HTML and workbook", arguments: hostile.indices)
  func everywhere(index: Int) throws {
    let bad = hostile[index]
    var one = fields(1, "raised", nil, bad, bad, "inside", "Peringatan baru: " + bad + "\n" + bad)
    for label in AlertText.Label.allCases { one[label.field.text] = bad }
    for name in [
      "FREEZE_SUMMARY", "FREEZE_ELECTION", "FREEZE_ACTION_ID", "FREEZE_RULE", "FREEZE_KIND", "FREEZE_REGION",
      "FREEZE_DECREE_DATE",
    ] {
      one[name] = bad
    }
    let events = [LogEvent(fields: one, origin: .log)] + (2...40).map { event($0) }
    let digest = try digest(events, personalData: .full)
    let message = try message(digest)
    let parsed = try ParsedMail(message.bytes)
    #expect(parsed.headers["Bcc"] == nil)
    #expect(parsed.headers["To"] == "hr@bkpsdm.example.go.id")
    #expect(parsed.headers["Subject"] == digest.subject)
    #expect(parsed.longestLine <= 200)
    #expect(parsed.bytesAreASCII)
    #expect(
      parsed.types == [
        "text/plain", "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      ])
    for part in [parsed.text, parsed.html] {
      let controls = part.unicodeScalars.filter { PlainText.isDangerous($0) && $0 != "\n" }
      #expect(controls.isEmpty, "\(controls)")
    }
    for tag in ["<script", "<img", "<b>"] { #expect(!parsed.html.contains(tag)) }
    #expect(try parsed.rows().count == 41)
    #expect(message.bytes.count < 1_000_000)
  }

  @Test("where there is no zlib the table is a CSV in which nothing is a formula", arguments: hostile.indices)
  func csv(index: Int) throws {
    let file = DigestTable.csv(["a", "b"], [[hostile[index], "x"]], .indonesian)
    let text = String(decoding: file.content.dropFirst(3), as: UTF8.self)
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.count == 3)
    let cell = try #require(lines[1].unicodeScalars.dropFirst().first)
    #expect(!"=+-@\t\r|%＝＋－＠".unicodeScalars.contains(cell), "\(lines[1].prefix(80))")
  }

  @Test(
    "no address can be more than an address",
    arguments: [
      "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>", "a b@c", "-oQ/tmp@x", "a@-b", "a@b..c", "\"a\"@b", "a@b\u{301}",
      "a", "@", "a@", "Name <a@b> <c@d>", "Na\nme <a@b.c>", "Na\u{202E}me <a@b.c>", "N,ame <a@b.c>", "é@b.c",
      "a@b>", "a.@b.c", String(repeating: "a", count: 65) + "@b.c", "a@b\u{0}",
    ])
  func refusedAddresses(text: String) { #expect(MailAddress(text) == nil) }

  @Test(
    "addresses as people write them",
    arguments: [
      ("a@b", "a@b"), (" hr+x@bkpsdm.go.id ", "hr+x@bkpsdm.go.id"),
      ("Auditor Pejabat <a@b.c>", "Auditor Pejabat <a@b.c>"), ("É <a@b.c>", "=?UTF-8?B?w4k=?= <a@b.c>"),
      ("A. B. <a@b.c>", "=?UTF-8?B?QS4gQi4=?= <a@b.c>"),
    ])
  func addresses(text: String, header: String) throws {
    #expect(try #require(MailAddress(text)).headerText == header)
  }
}
