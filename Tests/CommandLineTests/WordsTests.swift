import Foundation
import TestSupport
import Testing

/// What people read: no code words, no calques. Every text of the program, and what it prints.
@Suite("Words") struct WordsTests {
  /// The Indonesian texts of a source file: what follows `id:`, `indonesian:` or opens a `Text(`, without its interpolations.
  private func texts(of source: String) -> [String] {
    let literal = #/(?:\bid:|\bindonesian:|\bText\(|\bsay\()\s*"((?:[^"\\]|\\.)*)"/#
    return source.matches(of: literal).map { text in
      // An interpolation may hold brackets, and quotes only as `\"` would: those end the literal early, which loses nothing but
      // a rest that another pattern finds.
      String(text.1).replacing(#/\\\([^()]*(?:\([^()]*\)[^()]*)*\)/#, with: "X")
        .replacing(#/\\\(.*/#, with: "").replacing(#/\\n/#, with: " ").replacing("\\\"", with: "\"")
    }
  }

  /// Texts that name a column or a value that the reader is to write down just so.
  private static let codes = [
    "petakan dengan --map", "Kepala kolom berkas mana", "Berkas persetujuan memerlukan", "kolom \"X\" (kind",
    "tulis expect", "known_on wajib ada", "opens", "Kesimpulan dengan kode", "kolom wajib tidak ada",
    "boundary_day",
    "depends_on", "catatan ber-action_id", "dengan action_id", "action_id satu catatan",
    "action_id catatan itu",
    "per rentang action_id",
    "Keadaan: clarified", "Apa yang sudah dilakukan: clarified", "ber-action_id",
  ]

  @Test func `No text of the program holds a code word or a calque`() throws {
    let sources = repositoryRoot.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      for text in texts(of: try String(contentsOf: file, encoding: .utf8)) {
        count += 1
        if Self.codes.contains(where: text.contains) { continue }
        #expect(PlainIndonesian.faults(in: text) == [], "\(file.lastPathComponent): \(text)")
      }
    }
    #expect(count > 1000, "the texts were not found: \(count)")
  }

  @Test func `The catalogue of the journal holds none either`() throws {
    let catalogue = try String(
      contentsOf: repositoryRoot.appendingPathComponent("systemd/freeze-auditor.catalog"), encoding: .utf8)
    // An entry in Indonesian begins with its id alone or with `id`; the English one says `en`.
    var isIndonesian = false
    var entries = 0
    for line in catalogue.split(separator: "\n") {
      if line.hasPrefix("-- ") {
        isIndonesian = !line.hasSuffix(" en")
        entries += isIndonesian ? 1 : 0
      } else if isIndonesian, !line.hasPrefix("#"), !line.contains("FREEZE_") {
        #expect(PlainIndonesian.faults(in: String(line)) == [], "\(line)")
      }
    }
    #expect(entries > 10)
  }

  /// What a command prints; a page without its marks.
  private func printed(_ place: Workplace, _ arguments: [String]) throws -> String {
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path, arguments, directory: place.folder, timeout: 120)
    #expect(result.status != 64, "\(arguments): \(result.errorText)")
    let text = result.outputText + "\n" + result.errorText
    guard text.hasPrefix("<!") else { return text }
    return text.replacing(#/<style[\s\S]*?<\/style>/#, with: "").replacing(#/<[^>]*>/#, with: " ")
  }

  static let commands: [[String]] =
    [
      ["audit", "acts.csv"], ["audit", "acts.csv", "--show", "all"],
      ["audit", "acts.csv", "--format", "html"],
      ["audit", "acts.csv", "--format", "html", "--show", "all"],
      ["audit", "acts.csv", "--approvals", "surat.csv", "--letters"],
      ["audit", "acts.csv", "--approvals", "surat.csv", "--letters", "--format", "html"],
      ["audit", "acts.csv", "--since", "before.json"],
      ["audit", "acts.csv", "--compare-known-on", "2024-03-25"],
      ["audit", "acts.csv", "--determination", "pilkada-2024=2024-10-22"],
    ]
    + (1...8).map { ["explain", "\($0)", "--csv", "acts.csv"] } + [
      ["check", "--list", "acts.csv"], ["check", "--list", "acts.csv", "--format", "html"],
      ["check", "--date", "22 Maret 2024", "--region", "16.05"], ["check", "--date", "1 Desember 2030"],
      ["check", "--date", "2024-03-22", "--region", "16.05", "--format", "html"],
      ["windows", "--region", "16.05"], ["windows", "--region", "16.05", "--format", "html"],
      ["calendar", "--region", "16.05"], ["calendar", "--region", "16.05", "--format", "html"],
      ["calendar", "--region", "16.05", "--format", "ics"], ["regions", "serang"],
    ]

  @Test(arguments: commands) func `What is printed is Indonesian`(_ arguments: [String]) throws {
    let place = try Workplace()
    #expect(try place.run("audit", "--sample", "--output", "acts.csv").status == 0)
    try place.write(
      "surat.csv",
      "letter_no,letter_date,nip,post_to\n1/OTDA,2024-03-20,198501012010011001,Kepala Bidang Anggaran\n")
    _ = try place.run("audit", "acts.csv", "--format", "json", "--output", "before.json")
    let text = try printed(place, arguments)
    #expect(text.count > 40)
    #expect(PlainIndonesian.faults(in: text) == [])
  }

  /// Help texts name options, values and columns; the calques are none of those.
  @Test(arguments: [
    "audit", "check", "explain", "windows", "calendar", "rules", "regions", "map", "run", "mail", "status",
    "doctor", "check-config", "dossier", "alerts", "alerts list", "alerts show", "alerts ack",
    "alerts note",
    "alerts import", "alerts accept", "alerts replay", "alerts export", "alerts verify", "alerts keygen",
    "alerts checkpoint",
  ])
  func `Help speaks Indonesian`(_ command: String) throws {
    let place = try Workplace()
    let text = try printed(place, ["help"] + command.split(separator: " ").map(String.init))
      .replacing(#/\n *(freeze-auditor|psql) .*/#, with: "").replacing(#/<[^>]*>/#, with: "")
      .replacing(#/\((nilai|bawaan): [^)]*\)/#, with: "")
    let faults = PlainIndonesian.faults(in: text).filter { fault in
      !["alerts", "alert", "letter", "letters", "depends", "inside", "known_on"].contains {
        fault.hasPrefix($0 + " (")
      }
        && !fault.hasPrefix("action_id") && !fault.hasPrefix("decree_date")
    }
    #expect(faults == [])
  }

  @Test(arguments: ["8", "5"]) func `The manual speaks Indonesian`(_ section: String) throws {
    let place = try Workplace()
    let text = try printed(place, ["manual", section]).replacing(#/\\f[BIRP]|\\-/#, with: "-")
    for word in ["buku besar", "sewa", "daemon", "jendela", "bacaan", "peladen", "untaian koneksi"] {
      #expect(!text.lowercased().contains(word), "\(word)")
    }
  }

  @Test func `English says several dates in the plural, and an outcome once`() throws {
    let place = try Workplace()
    #expect(try place.run("audit", "--sample", "--output", "acts.csv").status == 0)
    let text = try place.run("audit", "acts.csv", "--lang", "en").outputText.replacing(#/\s+/#, with: " ")
    #expect(
      text.contains("effective date (TMT) 22 March 2024, inauguration date 22 March 2024 fall inside"),
      "\(text)")
    let reasons = try place.run("explain", "1", "--csv", "acts.csv", "--lang", "en").outputText
    #expect(!reasons.contains("inside, inside"), "\(reasons)")
  }
}
