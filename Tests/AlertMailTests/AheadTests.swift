import AuditBase
import AuditReports
import Foundation
import FreezeRules
import Testing

@testable import AlertMail

@Suite("What can still be put off stands first in the mail")
struct AheadTests {
  /// An alert of an act with its days; the mail is of 2 March 2026.
  private func event(
    _ seq: Int, decree: String, signed: String, oath: String?, inside: String = "decree_date,inaugurated_on",
    outcome: String = "inside"
  ) -> LogEvent {
    var all = fields(
      seq, "raised", nil, decree, nil, outcome,
      "Peringatan baru: mutasi a.n. B*** S***: perlu klarifikasi\nMasa larangan: satu untuk semua\nLangkah: bila belum dilantik, tunda."
    )
    all["FREEZE_DECREE_DATE"] = signed
    all["FREEZE_INAUGURATED_ON"] = oath
    all["FREEZE_INSIDE"] = inside
    return LogEvent(fields: all, origin: .log)
  }

  private var events: [LogEvent] {
    [
      event(1, decree: "800/901", signed: "2026-02-20", oath: "2026-02-23"),
      event(2, decree: "800/950", signed: "2026-02-25", oath: "2026-03-08"),
      event(3, decree: "800/950", signed: "2026-02-25", oath: "2026-03-08"),
      event(4, decree: "800/960", signed: "2026-03-01", oath: "2026-03-20", inside: "inaugurated_on"),
      event(5, decree: "800/902", signed: "infinity", oath: nil, outcome: "depends"),
    ]
  }

  @Test("the subject says how many, when, and how soon") func subject() throws {
    #expect(
      try digest(events).subject.contains(
        "2 orang dilantik 8 Mar, 6 hari lagi (+1 orang sesudahnya) · 5 peringatan"))
    #expect(
      try digest(events, language: .english).subject.contains(
        "2 people to be sworn in 8 Mar, in 6 days (+1 later)"))
    #expect(!(try digest([events[0]]).subject.contains("lagi")))
  }

  @Test("SKs to come are on top, the soonest first, each with its own advice; past ones get other advice")
  func order() throws {
    let text = DigestText.render(try digest(events))
    var place = text.startIndex
    for mark in [
      "BELUM BERLAKU, MASIH DAPAT DITUNDA",
      "SK 800/950 · tanggal 25 Februari 2026 · pelantikan 8 Maret 2026 (6 hari lagi)",
      "2 orang · di dalam masa larangan · belum ditanggapi",
      "surat Menteri paling lambat 25 Februari 2026 (sudah lewat)",
      "dengan SK baru sesudah surat itu",
      "SK 800/960 · tanggal 1 Maret 2026 · pelantikan 20 Maret 2026 (18 hari lagi)",
      "surat Menteri paling lambat 20 Maret 2026",
      "TERBUKA PER SK", "SK 800/901 · tanggal 20 Februari 2026 · pelantikan 23 Februari 2026 · 1 orang",
      "PERINGATAN BARU (5)", "Berlaku bagi semua SK di bawah ini:", "Masa larangan: satu untuk semua",
    ] {
      let found = try #require(text.range(of: mark, range: place..<text.endIndex), "\(mark) in\n\(text)")
      place = found.upperBound
    }
    #expect(text.components(separatedBy: "Masa larangan: satu untuk semua").count == 2, "said once")
    #expect(text.contains("laporan kepada Menteri paling lambat 4 Maret 2026"))
    #expect(
      text.components(separatedBy: "bila belum dilantik").count == 2,
      "the advice is that of today, but where there is no day")
    // Days are in words, but in the command to be typed.
    let prose = text.split(separator: "\n").filter { !$0.contains("freeze-auditor alerts note") }.joined()
    #expect(!prose.contains("infinity") && !prose.contains("2026-02-2"), "\(prose)")
  }

  @Test("the HTML says the same, red only where somebody can still act") func html() throws {
    let html = DigestHTML.render(try digest(events)).string
    #expect(html.contains("6 hari lagi") && html.contains("#a3131b"))
    let past = DigestHTML.render(try digest([events[0]])).string
    #expect(!past.contains("color:#a3131b") && past.contains("SK 800/901"))
    #expect(!html.contains("<img") && !html.contains("http"))
    // One heading and one main part for a screen reader; columns that nothing squeezes, on a telephone as well: what is to be
    // done stands in a row of its own.
    #expect(html.components(separatedBy: "<h1").count == 2 && html.contains("<div role=\"main\">"))
    #expect(html.contains("table-layout:fixed") && html.contains("<td colspan=\"3\""))
    #expect(html.contains("white-space:nowrap\">") && html.contains("<th scope=\"col\""))
  }

  @Test("a masked mail keeps the days and drops what could name somebody") func masked() throws {
    var all = fields(1, "raised", nil, "SK Budi", nil, "inside", "Peringatan baru: x")
    all["FREEZE_PERSONAL_DATA"] = "full"
    all["FREEZE_INAUGURATED_ON"] = "2026-03-08"
    all["FREEZE_INSIDE"] = "inaugurated_on"
    let digest = try digest([LogEvent(fields: all, origin: .log)])
    #expect(digest.subject.contains("1 orang dilantik 8 Mar, 6 hari lagi"))
    #expect(!DigestText.render(digest).contains("Budi"))
  }

  @Test(
    "a masked title is a title, and nothing but a title",
    arguments: [
      ("Nama Lengkap, S.H., M.H.", "N*** L***, S.H., M.H."),
      ("Drs. Budi Santoso, M.Si", "Drs. B*** S***, M.Si"), ("Dr. H. Ani", "Dr. H. A***"),
      ("Siti S.STP., M.A.P.", "S***, S.STP., M.A.P."), ("H.Adi", "H***"), ("Santoso,Budi", "S*** B***"),
      ("Sutrisno, Adi", "S*** A***"), ("Budi S", "B*** S***"),
    ])
  func titles(name: String, shown: String) { #expect(PersonalData.masked.name(name) == shown) }
}
