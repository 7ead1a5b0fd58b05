import AuditBase
import FreezeRules
import Mustache

/// Words and numbers of the HTML report.
struct HTMLText {
  let language: Language

  /// The sentence in the report's language.
  func callAsFunction(_ id: String, _ en: String) -> String { Text(id, en)[language] }

  /// `22 Mar 2024`.
  func day(_ date: CivilDate) -> String { "\(date.day) \(month(date)) \(date.year)" }

  /// `22 November 2026`.
  func longDay(_ date: CivilDate) -> String {
    "\(date.day) \(Self.long[language]?[date.month - 1] ?? "") \(date.year)"
  }

  /// `Mar`.
  func month(_ date: CivilDate) -> String { Self.short[language]?[date.month - 1] ?? "" }

  /// A day, month or year; where there is no date, the text as found.
  func recorded(_ date: RecordedDate) -> String? {
    guard let span = date.span else { return date.display.map { PlainText.line($0, limit: 40) } }
    if span.isExact { return day(span.first) }
    return span.first.month == span.last.month
      ? "\(month(span.first)) \(span.first.year)" : "\(span.first.year)"
  }

  /// A word for the date of a column too narrow for more.
  func label(_ field: DateField) -> String {
    switch field {
    case .decreeDate: self("SK", "decree (SK)")
    case .effectiveDate: self("TMT", "effective (TMT)")
    case .inauguratedOn: self("pelantikan", "inauguration")
    }
  }

  /// `5.012` in Indonesian, `5,012` in English.
  func number(_ value: Int) -> String { value.grouped(language) }

  private static let short: [Language: [String]] = [
    .indonesian: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    .english: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  ]
  private static let long: [Language: [String]] = [
    .indonesian: [
      "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
      "November",
      "Desember",
    ],
    .english: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November",
      "December",
    ],
  ]

  /// The fixed words of the templates, under `t`.
  var labels: [String: String] {
    Self.labels.mapValues { $0[language] }
  }

  private static let labels: [String: Text] = [
    "kicker": Text(
      "Audit masa larangan penggantian pejabat", "Audit of the freeze on replacing officials"),
    "answer": Text("catatan perlu klarifikasi", "records need clarification"),
    "of": Text("dari", "of"),
    "knownOn": Text("menurut yang diketahui pada", "as known on"),
    "caution": Text(
      "“Perlu klarifikasi” bukan berarti pelanggaran: laporan ini menunjukkan tanggal mana yang jatuh di dalam masa larangan, alasannya, dan apa yang akan mengubah kesimpulan itu.",
      "“Needs clarification” (perlu klarifikasi) does not mean a violation: this report shows which date falls inside the frozen period, why, and what would change that conclusion."
    ),
    "timeline": Text("Garis waktu", "Timeline"),
    "timelineHelp": Text(
      "Setiap tanda adalah satu hari; angka di atasnya jumlah tindakan pada hari itu.",
      "Each mark is one day; the number above it counts the acts of that day."),
    "timelineData": Text("Isi gambar sebagai tabel", "The picture as a table"),
    "day": Text("Hari", "Day"),
    "what": Text("Apa", "What"),
    "count": Text("Jumlah", "Number"),
    "findings": Text("Temuan per SK", "Findings by decree (SK)"),
    "noFindings": Text("Tidak ada yang perlu ditampilkan.", "There is nothing to show."),
    "index": Text("Daftar SK", "List of decrees"),
    "why": Text("Penalaran", "Reasoning"),
    "changes": Text("Yang akan mengubahnya", "What would change it"),
    "sources": Text("Dasar", "Sources"),
    "quality": Text("Mutu data", "Data quality"),
    "windows": Text("Masa larangan dan dasar hukumnya", "Frozen periods and their law"),
    "made": Text("Cara laporan ini dibuat", "How this report was made"),
    "outcome": Text("Kesimpulan", "Outcome"),
    "total": Text("Jumlah dibaca", "Records read"),
    "footer": Text(
      "Memuat data pribadi (UU 27/2022): bagikan hanya kepada yang berwenang. Laporan ini alat bantu; yang memutuskan adalah Menteri Dalam Negeri, Bawaslu, dan pengadilan.",
      "Holds personal data (UU 27/2022): share it only with those entitled to it. This report is an aid; the Minister of Home Affairs, Bawaslu and the courts decide."
    ),
  ]
}

/// Escapes by Unicode scalar. The library's own HTML type looks at whole characters: a quote followed by a combining
/// mark is another character to it and would end an attribute.
struct ScalarHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { Self.escape(text) }

  static func escape(_ text: String) -> String {
    let needsNone = text.utf8.allSatisfy { $0 != 60 && $0 != 62 && $0 != 38 && $0 != 34 && $0 != 39 }
    if needsNone { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case 60: bytes += "&lt;".utf8
      case 62: bytes += "&gt;".utf8
      case 38: bytes += "&amp;".utf8
      case 34: bytes += "&quot;".utf8
      case 39: bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
