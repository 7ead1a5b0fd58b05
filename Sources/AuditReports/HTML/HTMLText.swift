import FreezeRules
import Mustache

/// Words and numbers of the HTML report.
struct HTMLText {
  let language: Language

  /// The sentence in the report's language.
  func callAsFunction(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }

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
  func number(_ value: Int) -> String {
    var groups: [String] = []
    var rest = String(value)
    while rest.count > 3 {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest.removeLast(3)
    }
    return ([rest] + groups).joined(separator: language == .indonesian ? "." : ",")
  }

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

  private static let labels: [String: Bilingual] = [
    "kicker": Bilingual(
      id: "Audit masa larangan penggantian pejabat", en: "Audit of the freeze on replacing officials"),
    "answer": Bilingual(id: "catatan perlu klarifikasi", en: "records need clarification"),
    "of": Bilingual(id: "dari", en: "of"),
    "knownOn": Bilingual(id: "menurut yang diketahui pada", en: "as known on"),
    "caution": Bilingual(
      id:
        "“Perlu klarifikasi” bukan berarti pelanggaran: laporan ini menunjukkan tanggal mana yang jatuh di dalam masa larangan, alasannya, dan apa yang akan mengubah kesimpulan itu.",
      en:
        "“Needs clarification” (perlu klarifikasi) does not mean a violation: this report shows which date falls inside the frozen period, why, and what would change that conclusion."
    ),
    "timeline": Bilingual(id: "Garis waktu", en: "Timeline"),
    "timelineHelp": Bilingual(
      id: "Setiap tanda adalah satu hari; angka di atasnya jumlah tindakan pada hari itu.",
      en: "Each mark is one day; the number above it counts the acts of that day."),
    "timelineData": Bilingual(id: "Isi gambar sebagai tabel", en: "The picture as a table"),
    "day": Bilingual(id: "Hari", en: "Day"),
    "what": Bilingual(id: "Apa", en: "What"),
    "count": Bilingual(id: "Jumlah", en: "Number"),
    "findings": Bilingual(id: "Temuan per SK", en: "Findings by decree (SK)"),
    "noFindings": Bilingual(id: "Tidak ada yang perlu ditampilkan.", en: "There is nothing to show."),
    "index": Bilingual(id: "Daftar SK", en: "List of decrees"),
    "why": Bilingual(id: "Penalaran", en: "Reasoning"),
    "changes": Bilingual(id: "Yang akan mengubahnya", en: "What would change it"),
    "sources": Bilingual(id: "Dasar", en: "Sources"),
    "quality": Bilingual(id: "Mutu data", en: "Data quality"),
    "windows": Bilingual(id: "Masa larangan dan dasar hukumnya", en: "Frozen periods and their law"),
    "made": Bilingual(id: "Cara laporan ini dibuat", en: "How this report was made"),
    "outcome": Bilingual(id: "Kesimpulan", en: "Outcome"),
    "total": Bilingual(id: "Jumlah dibaca", en: "Records read"),
    "footer": Bilingual(
      id:
        "Memuat data pribadi (UU 27/2022): bagikan hanya kepada yang berwenang. Laporan ini alat bantu; yang memutuskan adalah Menteri Dalam Negeri, Bawaslu, dan pengadilan.",
      en:
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
