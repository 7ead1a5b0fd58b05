import FreezeRules

extension PlannedDay {
  /// The answer in a few lines, without a final newline.
  public func text(_ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var lines: [String] = []
    if !isRuleInForce {
      lines.append(
        say(
          "\(date): belum ada aturan yang berlaku pada hari itu; tidak dapat dijawab \"bebas\".",
          "\(date): no rule was in force on that day; the answer is not \"free\"."))
    } else if isFree {
      lines.append(
        say(
          "\(date): penggantian pejabat tidak dilarang pada hari itu.",
          "\(date): replacing officials is not frozen on that day."))
    } else {
      let word = frozenBy.isEmpty ? say("DIPERSELISIHKAN", "IN DISPUTE") : say("DILARANG", "FROZEN")
      lines.append(
        say(
          "\(date): \(word) tanpa persetujuan tertulis Menteri Dalam Negeri.",
          "\(date): \(word) without the written approval of the Minister of Home Affairs."))
      for window in frozenBy + disputedBy {
        lines.append(
          "  \(window.ruleTitle) · \(window.election): \(window.span(language)) (\(window.citations.joined(separator: "; ")))"
        )
      }
      lines.append(
        freeFrom.map { say("Bebas kembali sejak \($0).", "Free again from \($0).") }
          ?? say("Akhirnya belum diketahui.", "Its end is not known yet."))
      lines.append(
        say(
          "Urutan yang sah: pertek BKN (I-MUT), permohonan SI-OLA, surat Menteri, SK, pelantikan, laporan dalam 7 hari kerja.",
          "The lawful order: BKN pertek (I-MUT), SI-OLA application, the Minister's letter, decree, inauguration, report within 7 working days."
        ))
    }
    if let nextWindow, isFree {
      lines.append(
        say(
          "Jendela berikutnya dibuka \(nextWindow.earliest): \(nextWindow.ruleTitle), \(nextWindow.election).",
          "The next window opens \(nextWindow.earliest): \(nextWindow.ruleTitle), \(nextWindow.election)."))
    }
    return lines.joined(separator: "\n")
  }
}
