import AuditBase
import AuditReports
import FreezeRules

/// The words of a digest.
struct DigestWords {
  let settings: Digest.Settings

  var language: Language { settings.language }

  func title(_ section: NewsSection) -> String {
    switch section {
    case .new: Text("Peringatan baru", "New alerts")[language]
    case .changed: Text("Peringatan berubah", "Alerts changed")[language]
    case .closed: Text("Peringatan selesai", "Alerts closed")[language]
    case .acknowledged: Text("Peringatan ditanggapi", "Alerts acknowledged")[language]
    case .notice: Text("Catatan", "Notices")[language]
    }
  }

  var openTitle: String { Text("Peringatan terbuka", "Open alerts")[language] }
  var figuresTitle: String { Text("Hitungan", "Figures")[language] }

  // MARK: Sentences

  private func parts(_ numbers: [Int]) -> [String] {
    var parts: [String] = []
    let words = [
      Text("peringatan baru", numbers[0] == 1 ? "new alert" : "new alerts"),
      Text("berubah", "changed"), Text("selesai", "closed"),
      Text("ditanggapi", "acknowledged"),
      Text("catatan", numbers[4] == 1 ? "notice" : "notices"),
    ]
    for (number, word) in zip(numbers, words) where number > 0 {
      parts.append("\(number) \(word[language])")
    }
    return parts
  }

  func subject(_ numbers: [Int], open: Int, isBlind: Bool) -> String {
    let region = settings.region.map { " " + Digest.plain($0, limit: 20) } ?? ""
    var parts = parts(numbers)
    if parts.isEmpty { parts = [Text("tidak ada yang baru", "nothing new")[language]] }
    if isBlind { parts.insert(Text("PEMERIKSAAN BUTA", "THE AUDIT IS BLIND")[language], at: 0) }
    parts.append(Text("\(open) terbuka", "\(open) open")[language])
    if numbers[0] > 0 { parts.append(Text("perlu klarifikasi", "needs clarification")[language]) }
    return Text("[Larangan mutasi\(region)] ", "[Freeze auditor\(region)] ")[language]
      + parts.joined(separator: " · ")
  }

  func lead(_ numbers: [Int], open: Int) -> String {
    let parts = parts(numbers)
    let state = Text(
      "\(open) peringatan terbuka", open == 1 ? "1 alert is open" : "\(open) alerts are open")[language]
    return parts.isEmpty
      ? Text(
        "Tidak ada yang baru sejak ringkasan sebelumnya; \(state).",
        "Nothing new since the last digest; \(state).")[language]
      : parts.joined(separator: ", ")
        + Text(
          " sejak ringkasan sebelumnya; \(state).", " since the last digest; \(state).")[language]
  }

  // MARK: What it rests on

  func tally(_ events: NewEvents, _ numbers: [Int], _ moment: Moment) -> [String] {
    var lines: [String] = []
    let total = numbers.reduce(0, +)
    if total > 0 {
      lines.append(
        Text(
          "\(total) peristiwa = \(numbers[0]) baru + \(numbers[1]) berubah + \(numbers[2]) selesai + \(numbers[3]) ditanggapi + \(numbers[4]) catatan; nomor ",
          "\(total) events = \(numbers[0]) new + \(numbers[1]) changed + \(numbers[2]) closed + \(numbers[3]) acknowledged + \(numbers[4]) notices; numbers "
        )[language] + SequenceSet(events.news.compactMap(\.seq).map { $0...$0 }).description + ".")
    }
    if let head = events.head {
      lines.append(
        Text(
          "Buku besar: nomor \(head.seq), hash \(head.hash).",
          "Ledger: number \(head.seq), hash \(head.hash).")[language])
    } else {
      lines.append(
        Text(
          "Buku besar tidak dapat ditanya; hash kepalanya tidak diketahui.",
          "The ledger could not be asked; the hash of its head is not known.")[language])
    }
    lines.append(
      Text(
        "Dibuat \(moment.text) oleh freeze-auditor \(settings.program). Tidak adanya surat ini pada hari kerja berarti ada yang rusak.",
        "Made \(moment.text) by freeze-auditor \(settings.program). When this mail does not come on a working day, something is broken."
      )[language])
    lines.append(
      Text(
        "Penalaran satu catatan: freeze-auditor explain <catatan>. Semua yang terbuka: freeze-auditor alerts list.",
        "The reasoning on one record: freeze-auditor explain <record>. Everything open: freeze-auditor alerts list."
      )[language])
    return lines
  }

  /// Said of every alert.
  var caution: String {
    Text(
      "Peringatan berarti perlu klarifikasi; bukan temuan pelanggaran.",
      "An alert means \"perlu klarifikasi\" (needs clarification); it is not a finding of violation.")[
        language]
  }

  func more(_ count: Int) -> String {
    Text("… dan \(count) lagi, lihat lampiran CSV", "… and \(count) more, see the attached CSV")[language]
  }

  func applies(_ count: Int) -> String {
    count == 1
      ? Text("Rincian", "Details")[language]
      : Text("Rincian untuk \(count) catatan ini", "Details of these \(count) records")[language]
  }
}
