import FreezeRules
import Testing

@testable import AuditReports

/// What a long page says once, so that a decree of one person takes two lines of paper.
@Suite struct PaperTests {
  /// Decrees of one person each.
  private func acts(_ count: Int, _ change: (Int, inout PersonnelAction) -> Void = { _, _ in })
    -> [PersonnelAction]
  {
    (1...count).map { number in
      act("\(number)") {
        $0.decreeNo = "800/\(number)"
        change(number, &$0)
      }
    }
  }

  /// The blocks of the decrees, and what stands before them.
  private func page(_ actions: [PersonnelAction]) throws -> (head: Substring, blocks: Substring) {
    let html = try report(.html, actions, header())
    let start = try #require(html.firstRange(of: "<section class=\"sk"))
    let end = try #require(html.firstRange(of: "<section id=\"quality\">"))
    return (html[..<start.lowerBound], html[start.lowerBound..<end.lowerBound])
  }

  @Test func `The region of all is said once, above them`() throws {
    let long = try page(acts(20))
    #expect(long.head.contains("Kab. Musi Rawas") && !long.blocks.contains("Kab. Musi Rawas"))
    // Of a few it stands beside each, and so it does where they differ.
    let short = try page(acts(3))
    #expect(!short.head.contains("Kab. Musi Rawas"))
    #expect(short.blocks.matches(of: #/class=facts>Kab. Musi Rawas/#).count == 3)
    let mixed = try page(acts(20) { if $0 == 7 { $1.regionCode = "16.06" } })
    #expect(mixed.blocks.matches(of: #/class=facts>Kab. Musi Rawas/#).count == 19)
  }

  @Test func `Crowded paper leaves out only that no letter is cited`() throws {
    let page = try page(acts(20) { if $0 == 7 { $1.approvalNo = "100.2.2.6/7/SJ" } })
    #expect(page.blocks.matches(of: #/<p class="facts nl">tidak menyebut surat Menteri/#).count == 19)
    #expect(page.blocks.contains("<p class=facts>menyebut surat Menteri 100.2.2.6/7/SJ"))
    #expect(page.head.contains("<p class=po>"))
    #expect(page.head.contains(".po{display:none}") && page.head.contains(".tight .one .nl{display:none}"))
    #expect(page.blocks.contains("<div class=no><dt>TMT<dd>–</div>"))
    #expect(page.blocks.contains("paling lambat: surat Menteri 22 Maret 2024, laporan 2 April 2024"))
  }

  @Test func `An echelon that stays is said once`() throws {
    #expect(try page(acts(1)).blocks.contains("eselon III.b · mutasi"))
    #expect(try page(acts(1) { $1.echelonTo = "III.a" }).blocks.contains("eselon III.b → III.a · mutasi"))
    #expect(try page(acts(1) { $1.echelonTo = nil }).blocks.contains("eselon III.b → – · mutasi"))
  }
}
