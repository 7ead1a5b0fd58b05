import AuditBase
import FreezeRules
import Testing

@testable import AuditReports

@Suite struct HTMLReportTests {
  @Test func theAnswerComesFirstAndEverySectionIsThere() throws {
    let late = act("2") {
      $0.approvalNo = "100/OTDA"
      $0.approvalDate = .known(DateSpan(date("2024-05-10")), original: "2024-05-10")
    }
    let free = act("3") { $0.decreeDate = .known(DateSpan(date("2024-03-20")), original: "2024-03-20") }
    let bad = act("4") { $0.decreeDate = .absent(original: "0000-00-00") }
    for language in Language.allCases {
      let html = try report(.html, [act("1"), late, free, bad], try header { $0.language = language })
      let answer = try #require(html.range(of: "<h1><data value=\"2\">2</data>"))
      #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
      for id in ["timeline", "findings", "quality", "windows", "made"] {
        let section = try #require(html.range(of: "<section id=\"\(id)\">"), "\(id)")
        #expect(answer.upperBound < section.lowerBound)
      }
      // Picture, derivation, approval, law, hashes, sums.
      #expect(html.contains("role=\"img\"") && html.contains("<desc") && html.contains("#g-inside"))
      #expect(html.contains("#g-approved-late") && html.contains("#g-letter") && html.contains("#g-outside"))
      #expect(
        html.matches(of: #/<tr class="f /#).count == 3 && html.matches(of: /<details><summary>/).count >= 2)
      #expect(html.contains("100/OTDA") && html.contains("UU 10/2016 Pasal 71 ayat (2)"))
      #expect(html.contains("SE Mendagri 100.2.1.3/1575/SJ"))
      let table = try windows()
      #expect(html.contains(table.rulebook.hash) && html.contains(table.calendar.hash))
      #expect(html.contains("freeze-auditor 1.2.3") && html.contains("acts.csv"))
      #expect(html.contains("0000-00-00"), "what could not be judged is shown as found")
      #expect(html.contains(language == .indonesian ? "perlu klarifikasi" : "records need clarification"))
    }
  }

  @Test func theInsideDateIsMarkedAndOnlyThat() throws {
    let action = act("1") {
      $0.decreeDate = .known(DateSpan(date("2024-03-21")), original: "")
      $0.inauguratedOn = .known(DateSpan(date("2024-03-22")), original: "")
    }
    let html = try report(.html, [action], try header())
    let hits = html.matches(of: /<div class=hit><dt>([^<]*)<dd>([^<]*) <em>/)
    #expect(hits.map { "\($0.1) \($0.2)" } == ["pelantikan 22 Maret 2024"])
    #expect(html.contains("di dalam, hari batas"))
  }

  @Test func noNetworkNoScriptAndTheSameBytesAgain() throws {
    let html = try report(.html, [act("1")], try header())
    for word in ["<script", "http:", "https:", "src=", "@import", "<link", "url(//", "<iframe", "onclick"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html == (try report(.html, [act("1")], try header())))
  }

  /// By bytes: a quote with a combining mark behind it is another character and would end an attribute.
  @Test func everythingFromTheDataIsEscaped() throws {
    let evil = "\"\u{301}><svg/onload=alert(1)>'&<b>{{t.kicker}}\u{202E}\u{0}"
    let action = act(evil) {
      $0.kind = evil
      $0.decreeNo = evil
      $0.employeeName = evil
      $0.nip = evil
      $0.postFrom = evil
      $0.postTo = evil + String(repeating: "y", count: 10_000)
      $0.echelonFrom = evil
      $0.approvalNo = evil
      $0.revokes = evil
      $0.regionCode = nil
      $0.effectiveDate = .unreadable(original: evil)
    }
    var other = action
    other.kind = "mutasi"
    let html = try report(.html, [action, other], try header { $0.source = evil })
    #expect(!html.contains("<svg/onload") && !html.contains("<b>{{"))
    #expect(html.contains("&quot;\u{301}&gt;&lt;svg/onload=alert(1)&gt;&#39;&amp;&lt;b&gt;"))
    #expect(!html.unicodeScalars.contains("\u{202E}") && !html.unicodeScalars.contains("\u{0}"))
    #expect(html.utf8.count < 120_000, "a post of 10,000 characters is cut")
  }

  @Test(arguments: [true, false]) func everyColourOfTextHasContrastAA(isDark: Bool) throws {
    let palette = isDark ? HTMLStyle.dark : HTMLStyle.light
    let colours = Dictionary(uniqueKeysWithValues: palette.map { ($0.name, $0.value) })
    #expect(HTMLStyle.dark.map(\.name) == HTMLStyle.light.map(\.name))
    func ratio(_ a: String, _ b: String) throws -> Double {
      let (x, y) = (try luminance(try #require(colours[a])), try luminance(try #require(colours[b])))
      return (max(x, y) + 0.05) / (min(x, y) + 0.05)
    }
    for text in ["ink", "soft", "link", "red", "alert", "maybe", "notice", "silent"] {
      for background in ["paper", "panel"] {
        #expect(try ratio(text, background) >= 4.5, "\(text) on \(background)")
      }
    }
    for level in ["red", "alert", "maybe", "notice", "silent"] {
      for text in ["ink", "soft", level] {
        #expect(try ratio(text, "\(level)-bg") >= 4.5, "\(text) on \(level)-bg")
      }
    }
  }

  private func luminance(_ hex: String) throws -> Double {
    let value = try #require(UInt32(hex.dropFirst(), radix: 16))
    func channel(_ shift: UInt32) -> Double {
      let c = Double(value >> shift & 255) / 255
      return c <= 0.03928 ? c / 12.92 : power((c + 0.055) / 1.055)
    }
    // x to the 2.4 by way of x^2 * fifth root of x^2, without Foundation's pow.
    func power(_ x: Double) -> Double {
      var root = x
      for _ in 0..<80 {
        root = root - (root * root * root * root * root - x * x) / (5 * root * root * root * root)
      }
      return x * x * root
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }

  @Test func tenThousandFindingsStayUnderFifteenMegabytes() throws {
    let actions = (1...10_000).map { index in
      act("\(index)") {
        $0.decreeNo = "800/\(index)/2024"
        $0.inauguratedOn = .known(DateSpan(date("2024-04-0\(index % 9 + 1)")), original: "")
        $0.effectiveDate = .known(DateSpan(date("2024-04-1\(index % 9)")), original: "")
      }
    }
    let html = try report(.html, actions, try header())
    #expect(html.utf8.count < 15_000_000, "\(html.utf8.count)")
    #expect(html.matches(of: /data-id=/).count == 10_000)
  }

  @Test func theTimelineDrawsEveryOutcomeInItsOwnLaneAndSaysItInWords() throws {
    let letter = act("9") {
      $0.approvalNo = "X/1"
      $0.approvalDate = .known(DateSpan(date("2024-03-01")), original: "")
    }
    let html = try report(.html, [act("1"), act("2"), letter], try header())
    let desc = try #require(html.firstMatch(of: #/<desc id="tw0-d">([^<]*)</desc>/#))
    #expect(desc.1.contains("22 Mar 2024 – 22 Sep 2024") && desc.1.contains("penetapan 22 Sep 2024"))
    #expect(desc.1.contains("di dalam masa larangan: 2") && desc.1.contains("disetujui lebih dulu: 1"))
    #expect(html.contains("<title>22 Mar 2024: 2</title>"))
    #expect(html.contains("hari batas 22 Mar 2024") && html.contains("class=\"win hatch\""))
  }
}
