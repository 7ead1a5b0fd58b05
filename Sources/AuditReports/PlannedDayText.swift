import FreezeRules

extension [MissingDay] {
  /// Which days were not known, as one clause.
  public var phrase: Bilingual {
    func clause(_ anchor: EdgeRule.Anchor) -> Bilingual? {
      let elections = filter { $0.anchor == anchor }.map(\.election).joined(separator: ", ")
      return elections.isEmpty
        ? nil
        : Bilingual(
          id: "tanggal \(anchor.phrase.indonesian) belum diketahui: \(elections)",
          en: "no \(anchor.phrase.english) was known: \(elections)")
    }
    let clauses = EdgeRule.Anchor.allCases.compactMap(clause)
    return Bilingual(
      id: clauses.map(\.indonesian).joined(separator: "; "),
      en: clauses.map(\.english).joined(separator: "; "))
  }
}

extension PlannedDay {
  /// The answer in a few lines, without a final newline.
  public func text(_ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var lines: [String] = []
    switch answer {
    case .notEvaluated where !isRuleInForce:
      lines.append(
        say(
          "\(date): belum ada aturan yang berlaku pada hari itu; tidak dapat dijawab \"bebas\".",
          "\(date): no rule was in force on that day; the answer is not \"free\"."))
    case .notEvaluated:
      lines.append(
        say(
          "\(date): tidak dapat dijawab, karena \(undetermined.phrase.indonesian).",
          "\(date): cannot be answered, since \(undetermined.phrase.english)."
        ))
    case .free where isOutOfScope:
      let state = frozenBy.isEmpty && disputedBy.isEmpty
      lines.append(
        state
          ? say(
            "\(date): penggantian pejabat tidak dilarang pada hari itu.",
            "\(date): replacing officials is not frozen on that day.")
          : say(
            "\(date): tidak dilarang bagi jabatan ini, karena di luar cakupan aturan pada hari itu.",
            "\(date): not frozen for this post, which is out of scope on that day."))
    case .free:
      lines.append(
        say(
          "\(date): penggantian pejabat tidak dilarang pada hari itu.",
          "\(date): replacing officials is not frozen on that day."))
    case .frozen, .disputed:
      let word = answer == .frozen ? say("DILARANG", "FROZEN") : say("DIPERSELISIHKAN", "IN DISPUTE")
      lines.append(
        say(
          "\(date): \(word) tanpa persetujuan tertulis Menteri Dalam Negeri.",
          "\(date): \(word) without the written approval of the Minister of Home Affairs."))
    }
    if let coverage, let post { lines.append("  " + coverageText(coverage, post, language)) }
    for window in frozenBy + disputedBy { lines += describe(window, language) }
    if answer == .frozen || answer == .disputed {
      lines.append(ending(language))
      lines.append(
        say(
          "Urutan yang sah: pertek BKN (I-MUT), permohonan SI-OLA, surat Menteri, SK, pelantikan, laporan dalam 7 hari kerja.",
          "The lawful order: BKN pertek (I-MUT), SI-OLA application, the Minister's letter, decree, inauguration, report within 7 working days."
        ))
    }
    if let nextWindow, isFree, !isOutOfScope {
      lines.append(
        say(
          "Jendela berikutnya dibuka \(nextWindow.earliest): \(nextWindow.ruleTitle), \(nextWindow.election).",
          "The next window opens \(nextWindow.earliest): \(nextWindow.ruleTitle), \(nextWindow.election)."))
    }
    if isFree || freeFrom != nil, !withoutTermEnd.isEmpty {
      let elections = withoutTermEnd.joined(separator: ", ")
      lines.append(
        say(
          "Perhatian: akhir masa jabatan tidak ada dalam kalender untuk \(elections), sehingga larangan sesudah penetapan tidak ikut dinilai.",
          "Mind: the calendar has no end of term for \(elections), so the prohibition after the determination is not part of this answer."
        ))
    }
    return lines.joined(separator: "\n")
  }

  /// Until when it is frozen, and whether it is free from then on.
  private func ending(_ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    guard let last = frozenThrough else {
      return say("Akhirnya belum diketahui.", "Its end is not known yet.")
    }
    let until = say("Berlaku sampai dengan \(last).", "In force up to and including \(last).")
    if let day = freeFrom { return until + say(" Bebas kembali sejak \(day).", " Free again from \(day).") }
    let reason =
      undetermined.isEmpty
      ? Bilingual(id: "tidak ada aturan yang berlaku pada hari itu", en: "no rule is in force on that day")
      : undetermined.phrase
    return until
      + say(
        " Apakah bebas sesudahnya belum dapat dijawab: \(reason.indonesian).",
        " Whether it is free after that cannot be answered: \(reason.english).")
  }

  private func describe(_ window: Window, _ language: Language) -> [String] {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var lines = [
      "  \(window.ruleTitle) · \(window.election): \(window.span(language)) (\((window.citations + [window.anchor.instrument]).joined(separator: "; ")))"
    ]
    if disputedBy.contains(where: { $0 === window }) {
      let frozen = window.openReadings.members.filter {
        window.firstDay($0) <= date && date <= window.lastDay($0)
      }
      let free = window.openReadings.members.filter { !frozen.contains($0) }
      lines.append(
        "    "
          + say(
            "dilarang menurut bacaan \(frozen.map(\.name).joined(separator: ", ")); bebas menurut \(free.map(\.name).joined(separator: ", "))",
            "frozen on the readings \(frozen.map(\.name).joined(separator: ", ")); free on \(free.map(\.name).joined(separator: ", "))"
          ))
    }
    return lines
  }

  private func coverageText(_ coverage: CoverageFinding, _ post: String, _ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    let source =
      coverage.row.map { " (\($0.citation), " + say("diketahui sejak", "known from") + " \($0.knownFrom))" }
      ?? ""
    let answer =
      switch coverage.answer {
      case .covered: say("termasuk cakupan", "covered")
      case .notCovered: say("di luar cakupan", "out of scope")
      case .assumed:
        say(
          "diandaikan termasuk cakupan; sumbernya tidak menegaskan",
          "assumed to be covered; no source settles it")
      }
    return say("Jabatan", "Post")
      + " \"\(PlainText.line(post, limit: 80))\" [\(coverage.taken.phrase[language])]: \(answer)\(source)"
  }
}
