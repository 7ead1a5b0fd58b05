import AuditBase
import FreezeRules

/// Words and numbers of the HTML report.
struct HTMLText {
  let language: Language

  /// The sentence in the report's language.
  func callAsFunction(_ id: String, _ en: String) -> String { Text(id, en)[language] }

  /// `22 Mar 2024`, for drawings and narrow columns.
  func day(_ date: CivilDate) -> String { date.short(language) }

  /// `22 November 2026`.
  func longDay(_ date: CivilDate) -> String { date.written(language) }

  /// `Mar`.
  func month(_ date: CivilDate) -> String { MonthNames.short(date.month, language) }

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

  /// `41 orang`.
  func people(_ count: Int) -> String {
    self("\(number(count)) orang", "\(number(count)) \(count == 1 ? "person" : "people")")
  }

  /// A number that programs can read as well.
  func data(_ value: Int) -> HTML { "<data value=\"\(value)\">\(number(value))</data>" }

  /// A fixed word.
  subscript(word: HTMLWord) -> String { word.text[language] }
}

/// The fixed words of the page.
enum HTMLWord {
  case kicker, of, caution, timeline, timelineHelp, timelineData, day, what, count, findings, noFindings, why
  case quality, windows, made, outcome, total, footer, decrees, ahead, aheadHelp, sums, steps, filters, all

  var text: Text {
    switch self {
    case .kicker:
      Text("Audit masa larangan penggantian pejabat", "Audit of the freeze on replacing officials")
    case .of: Text("dari", "of")
    case .caution:
      Text(
        "“Perlu klarifikasi” bukan berarti pelanggaran: laporan ini menunjukkan tanggal mana yang jatuh di dalam masa larangan, alasannya, dan apa yang akan mengubah kesimpulan itu.",
        "“Needs clarification” (perlu klarifikasi) does not mean a violation: this report shows which date falls inside the frozen period, why, and what would change that conclusion."
      )
    case .timeline: Text("Garis waktu", "Timeline")
    case .timelineHelp:
      Text(
        "Setiap tanda adalah satu hari; angka di atasnya jumlah tindakan pada hari itu.",
        "Each mark is one day; the number above it counts the acts of that day.")
    case .timelineData: Text("Isi gambar sebagai tabel", "The picture as a table")
    case .day: Text("Hari", "Day")
    case .what: Text("Apa", "What")
    case .count: Text("Jumlah", "Number")
    case .findings: Text("Temuan per SK", "Findings by decree (SK)")
    case .noFindings: Text("Tidak ada yang perlu ditampilkan.", "There is nothing to show.")
    case .why: Text("Uraian penilaian", "Reasoning")
    case .quality: Text("Mutu data", "Data quality")
    case .windows: Text("Masa larangan dan dasar hukumnya", "Frozen periods and their law")
    case .made: Text("Cara laporan ini dibuat", "How this report was made")
    case .outcome: Text("Kesimpulan", "Outcome")
    case .total: Text("Jumlah dibaca", "Records read")
    case .footer:
      Text(
        "Memuat data pribadi (UU 27/2022): bagikan hanya kepada yang berwenang. Laporan ini alat bantu; yang memutuskan adalah Menteri Dalam Negeri, Bawaslu, dan pengadilan.",
        "Holds personal data (UU 27/2022): share it only with those entitled to it. This report is an aid; the Minister of Home Affairs, Bawaslu and the courts decide."
      )
    case .decrees: Text("Ringkasan per SK", "Summary by decree (SK)")
    case .ahead: Text("Belum berlaku, masih dapat ditunda", "Not yet done, can still be put off")
    case .aheadHelp:
      Text(
        "Pelantikan atau TMT-nya masih di depan: sampai hari itu masih ada yang dapat dilakukan.",
        "The oath or the effective date is still to come: until that day something can be done.")
    case .sums: Text("Jumlah per wilayah dan unit", "Sums by region and unit")
    case .steps:
      Text("Langkah, dan yang akan mengubah kesimpulan", "Next steps, and what would change the conclusion")
    case .filters: Text("Saring", "Filter")
    case .all: Text("semua", "all")
    }
  }
}
