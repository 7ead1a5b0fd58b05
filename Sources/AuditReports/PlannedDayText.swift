import AuditBase
import FreezeRules

extension PlannedDay {
  /// The answer in a few lines, without a final newline.
  package func text(_ language: Language) -> String {
    let date = date.written(language)
    var lines = [headline(date, language)]
    if let region { lines.append("  " + Text("Wilayah", "Region")[language] + ": " + region.label) }
    if let coverage, let post { lines.append("  " + coverageText(coverage, post, language)) }
    for window in frozenBy + disputedBy { lines += describe(window, language) }
    if answer == .frozen || answer == .disputed {
      lines.append(ending(language))
      lines.append(
        Text(
          "Surat Menteri harus bertanggal paling lambat hari tindakannya, \(date).",
          "The letter of the Minister must be dated no later than the act, \(date).")[language])
      lines.append(
        Text(
          "Urutan yang sah: pertek BKN (I-MUT), permohonan SI-OLA, surat Menteri, SK, pelantikan, laporan dalam 7 hari kerja.",
          "The lawful order: BKN pertek (I-MUT), SI-OLA application, the Minister's letter, decree, inauguration, report within 7 working days."
        )[language])
    }
    if let nextWindow, isFree, !isOutOfScope {
      lines.append(
        Text(
          "Masa larangan berikutnya mulai \(nextWindow.earliest.written(.indonesian)): \(nextWindow.ruleTitle), \(nextWindow.election).",
          "The next window opens \(nextWindow.earliest.written(.english)): \(nextWindow.ruleTitle), \(nextWindow.election)."
        )[
          language])
    }
    return lines.joined(separator: "\n")
  }

  /// The answer in a line.
  private func headline(_ date: String, _ language: Language) -> String {
    switch answer {
    case .notEvaluated where !isRuleInForce:
      return Text(
        "\(date): belum ada aturan yang berlaku pada hari itu; tidak dapat dijawab \"bebas\".",
        "\(date): no rule was in force on that day; the answer is not \"free\".")[language]
    case .notEvaluated:
      return Text(
        "\(date): tidak dapat dijawab. \(missing.sentences(.indonesian))",
        "\(date): cannot be said. \(missing.sentences(.english))"
      )[language]
    case .free where isOutOfScope:
      let state = frozenBy.isEmpty && disputedBy.isEmpty
      return state
        ? Text(
          "\(date): penggantian pejabat tidak dilarang pada hari itu.",
          "\(date): replacing officials is not frozen on that day.")[language]
        : Text(
          "\(date): tidak dilarang bagi jabatan ini, karena di luar cakupan aturan pada hari itu.",
          "\(date): not frozen for this post, which is out of scope on that day.")[language]
    case .free:
      return Text(
        "\(date): penggantian pejabat tidak dilarang pada hari itu.",
        "\(date): replacing officials is not frozen on that day.")[language]
    case .frozen, .disputed:
      let word =
        answer == .frozen
        ? Text("DILARANG", "FROZEN")[language] : Text("DIPERDEBATKAN", "IN DISPUTE")[language]
      return Text(
        "\(date): \(word) tanpa persetujuan tertulis Menteri Dalam Negeri.",
        "\(date): \(word) without the written approval of the Minister of Home Affairs.")[language]
    }
  }

  /// Until when it is frozen, and whether it is free from then on.
  private func ending(_ language: Language) -> String {
    guard let last = frozenThrough else {
      return Text("Akhirnya belum diketahui.", "Its end is not known yet.")[language]
    }
    let until = Text(
      "Berlaku sampai dengan \(last.written(.indonesian)).",
      "In force up to and including \(last.written(.english)).")[language]
    if let day = freeFrom {
      return until
        + Text(
          " Bebas kembali sejak \(day.written(.indonesian)).", " Free again from \(day.written(.english)).")[
          language]
    }
    let reason =
      missing.isEmpty
      ? Text("tidak ada aturan yang berlaku pada hari itu.", "no rule is in force on that day.")[language]
      : missing.sentences(language)
    return until
      + Text(
        " Apakah bebas sesudahnya belum dapat dijawab: \(reason)",
        " Whether it is free after that cannot be answered: \(reason)")[language]
  }

  private func describe(_ window: Window, _ language: Language) -> [String] {
    var lines = [
      "  \(window.ruleTitle) · \(window.election): \(window.span(language)) (\((window.citations + [window.anchor.instrument]).joined(separator: "; ")))"
    ]
    if window.isByGovernor, let dispute = Dispute(.governorElection) {
      lines.append("    " + Text("tergantung ", "depends on ")[language] + dispute.question[language])
    }
    if disputedBy.contains(where: { $0 === window }) {
      let frozen = window.openReadings.members.filter {
        window.firstDay($0) <= date && date <= window.lastDay($0)
      }
      let free = window.openReadings.members.filter { !frozen.contains($0) }
      // However it is counted: then it is something else that is in dispute.
      if free.isEmpty { return lines }
      func said(_ readings: [Reading], _ language: Language) -> String {
        ReadingText.phrase(readings, among: window.openReadings.members, language)
      }
      lines.append(
        "    "
          + Text(
            "dilarang bila dihitung dengan \(said(frozen, .indonesian)); bebas dengan \(said(free, .indonesian))",
            "frozen when counted with \(said(frozen, .english)); free with \(said(free, .english))"
          )[language])
    }
    return lines
  }

  private func coverageText(_ coverage: CoverageFinding, _ post: String, _ language: Language) -> String {
    let source =
      coverage.row.map {
        " (\($0.citation), " + Text("diketahui sejak", "known from")[language]
          + " \($0.knownFrom.written(language)))"
      }
      ?? ""
    let answer =
      switch coverage.answer {
      case .covered: Text("termasuk cakupan", "covered")[language]
      case .notCovered: Text("di luar cakupan", "out of scope")[language]
      case .assumed:
        Text(
          "diandaikan termasuk cakupan; sumbernya tidak menegaskan",
          "assumed to be covered; no source settles it")[language]
      }
    return Text("Jabatan", "Post")[language]
      + " \"\(PlainText.line(post, limit: 80))\" [\(coverage.taken.phrase[language])]: \(answer)\(source)"
  }
}
