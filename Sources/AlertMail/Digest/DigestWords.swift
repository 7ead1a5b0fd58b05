import AuditBase
import AuditReports
import FreezeRules

/// The words of a digest.
struct DigestWords {
  let settings: Digest.Settings
  var zone = Zone.wib
  var room = Digest.Room()
  /// What can still be put off depends on it.
  var today: CivilDate?
  var workingDays = WorkingDays.shipped

  var language: Language { settings.language }

  /// What the next desk gets is not new: nobody answered it.
  var isPassedOn = false

  func title(_ section: NewsSection) -> String {
    switch section {
    case .new where isPassedOn: Text("Peringatan belum ditanggapi", "Unanswered alerts")[language]
    case .new: Text("Peringatan baru", "New alerts")[language]
    case .changed: Text("Peringatan berubah", "Alerts changed")[language]
    case .closed: Text("Peringatan selesai", "Alerts closed")[language]
    case .acknowledged: Text("Peringatan ditanggapi", "Alerts acknowledged")[language]
    case .notice: Text("Pemberitahuan", "Notices")[language]
    }
  }

  var openTitle: String { Text("Peringatan terbuka", "Open alerts")[language] }
  var figuresTitle: String { Text("Hitungan", "Figures")[language] }

  // MARK: Sentences

  private func parts(_ numbers: [Int]) -> [String] {
    var parts: [String] = []
    let alerts = numbers[0] == 1 ? "alert" : "alerts"
    let words = [
      isPassedOn
        ? Text("peringatan belum ditanggapi", "unanswered \(alerts)")
        : Text("peringatan baru", "new \(alerts)"),
      Text("berubah", "changed"), Text("selesai", "closed"),
      Text("ditanggapi", "acknowledged"),
      Text("pemberitahuan", numbers[4] == 1 ? "notice" : "notices"),
    ]
    for (number, word) in zip(numbers, words) where number > 0 {
      parts.append("\(number) \(word[language])")
    }
    return parts
  }

  func subject(_ numbers: [Int], open: Int, alarms: [String]) -> String {
    let region = settings.region.map { " " + Digest.plain($0, limit: 20) } ?? ""
    var parts = parts(numbers)
    if parts.isEmpty { parts = [Text("tidak ada yang baru", "nothing new")[language]] }
    parts = alarms + parts
    parts.append(Text("\(open) terbuka", "\(open) open")[language])
    if numbers[0] > 0 { parts.append(Text("perlu klarifikasi", "needs clarification")[language]) }
    return Text("[Larangan mutasi\(region)] ", "[Freeze auditor\(region)] ")[language]
      + parts.joined(separator: " · ")
  }

  func lead(_ numbers: [Int], open: Int) -> String {
    let parts = parts(numbers)
    let state = Text(
      "\(open) peringatan terbuka", open == 1 ? "1 alert is open" : "\(open) alerts are open")[language]
    if isPassedOn { return (parts + [state]).joined(separator: "; ") + "." }
    return parts.isEmpty
      ? Text(
        "Tidak ada yang baru sejak ringkasan sebelumnya; \(state).",
        "Nothing new since the last digest; \(state).")[language]
      : parts.joined(separator: ", ")
        + Text(
          " sejak ringkasan sebelumnya; \(state).", " since the last digest; \(state).")[language]
  }

  // MARK: What it rests on

  func tally(_ events: NewEvents, _ moment: Moment) -> [String] {
    var lines: [String] = []
    let numbers = events.tally.counts
    let total = events.tally.total
    if total > 0 {
      lines.append(
        passedOnFigures(total)?[language] ?? Text(
          "\(total) peristiwa = \(numbers[0]) baru + \(numbers[1]) berubah + \(numbers[2]) selesai + \(numbers[3]) ditanggapi + \(numbers[4]) pemberitahuan; nomor ",
          "\(total) events = \(numbers[0]) new + \(numbers[1]) changed + \(numbers[2]) closed + \(numbers[3]) acknowledged + \(numbers[4]) notices; numbers "
        )[language] + events.told.description + "."
          + (events.tally.joined.map {
            Text(
              " \($0) peristiwa lagi menyangkut orang yang sama di bawah ketentuan lain, digabung di sini.",
              " \($0) more events are of the same people by another rule, told together here.")[language]
          } ?? ""))
    }
    if let hidden = events.tally.hidden {
      let command = command(hidden)
      lines.append(
        Text(
          "\(events.tally.hiddenCount) peristiwa hanya dihitung, tidak dirinci di sini (nomor \(hidden.lowerBound)-\(hidden.upperBound)). Semuanya: \(command)",
          "\(events.tally.hiddenCount) events are only counted, not told one by one (numbers \(hidden.lowerBound)-\(hidden.upperBound)). All of them: \(command)"
        )[language])
    }
    if events.untaken > 0 {
      lines.append(
        Text(
          "\(events.untaken) entri log lagi belum termuat; ringkasan berikutnya melanjutkan.",
          "\(events.untaken) more log entries found no room yet; the next digest goes on.")[language])
    }
    lines += health(events.health)
    if let head = events.head {
      lines.append(
        Text(
          "Arsip peringatan: nomor \(head.seq), hash \(head.hash).",
          "Ledger: number \(head.seq), hash \(head.hash).")[language])
    } else {
      lines.append(
        Text(
          "Arsip peringatan tidak dapat ditanya; hash kepalanya tidak diketahui.",
          "The ledger could not be asked; the hash of its head is not known.")[language])
    }
    lines.append(
      Text(
        "Dibuat \(moment.written(.indonesian)) oleh freeze-auditor \(settings.program). Bila surat ini tidak datang pada hari kerja, ada gangguan: hubungi pengelola.",
        "Made \(moment.written(.english)) by freeze-auditor \(settings.program). When this mail does not come on a working day, something is broken: tell the administrator."
      )[language])
    lines.append(
      Text(
        "Uraian penilaian satu catatan: freeze-auditor explain ID. Semua yang terbuka: freeze-auditor alerts list.",
        "The reasoning on one record: freeze-auditor explain ID. Everything open: freeze-auditor alerts list."
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

  /// What there is no room for, and where it is.
  func more(_ count: Int, _ digest: Digest) -> String {
    let numbers = digest.events.told
    let place =
      digest.isAllAttached || numbers.isEmpty
      ? Text("lihat lampiran", "see the attachment")[language]
      : Text("lihat: ", "see: ")[language] + command(numbers.first...numbers.last)
    return Text("… dan \(count) lagi, \(place)", "… and \(count) more, \(place)")[language]
  }

  /// The command that shows the events of these numbers.
  func command(_ numbers: ClosedRange<Int64>) -> String {
    "freeze-auditor alerts list --all --from \(numbers.lowerBound) --to \(numbers.upperBound)"
  }

  var appliesToAll: String {
    Text("Berlaku bagi semua SK di bawah ini", "Holds for every decree below")[language]
  }

  var stepsAreAttached: String {
    Text(
      "Langkah untuk tiap orang, dan yang akan mengubah kesimpulannya, ada di lampiran",
      "What to do about each person, and what would change the outcome, stands in the attachment")[language]
  }

  func applies(_ count: Int) -> String {
    count == 1
      ? Text("Rincian", "Details")[language]
      : Text("Rincian untuk \(count) orang ini", "Details of these \(count) people")[language]
  }
}
