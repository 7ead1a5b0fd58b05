import Foundation

/// Examples of the help texts: each command line runs as printed in a folder with the sample (tested).
struct Examples {
  /// What a line does, and the line.
  let lines: [(what: String, command: String)]

  /// As the discussion of a help text.
  var discussion: String {
    Console.help(id: "Contoh:\n", en: "Examples:\n")
      + lines.map { "  # \($0.what)\n  \(Self.folded($0.command))" }.joined(separator: "\n")
  }

  /// A long command over two lines, as a shell takes it.
  private static func folded(_ command: String) -> String {
    guard command.count > 72, let cut = command.prefix(66).range(of: " --", options: .backwards) else {
      return command
    }
    return command[..<cut.lowerBound] + " \\\n    " + command[cut.lowerBound...].dropFirst()
  }

  static let audit = Examples(lines: [
    (
      Console.help(
        id: "Berkas contoh untuk diisi, dengan delapan tindakan rekaan.",
        en: "An example file to fill in, with eight made-up acts."),
      "freeze-auditor audit --sample --output acts.csv"
    ),
    (
      Console.help(id: "Temuan di dalamnya, di terminal.", en: "The findings in it, in the terminal."),
      "freeze-auditor audit --csv acts.csv --lang en"
    ),
    (
      Console.help(id: "Laporan untuk dibawa ke rapat.", en: "A report to take to a meeting."),
      "freeze-auditor audit --csv acts.csv --format html --output report.html"
    ),
    (
      Console.help(
        id: "Buku kerja Excel: daftar itu sendiri dengan kolom tambahan (berkas Excel dibaca juga).",
        en: "An Excel workbook: the list itself with columns added (Excel files are read as well)."),
      "freeze-auditor audit acts.csv --format xlsx --output hasil.xlsx"
    ),
    (
      Console.help(id: "Untuk Excel berpengaturan Indonesia.", en: "For Excel with Indonesian settings."),
      "freeze-auditor audit --csv acts.csv --format csv --csv-separator ';' --output findings.csv"
    ),
    (
      Console.help(
        id: "Berkas pemetaan untuk berkas yang kepala kolomnya tidak dikenal.",
        en: "A mapping file for a file whose headers are not known."),
      "freeze-auditor audit acts.csv --suggest-map --output map.yaml"
    ),
    (
      Console.help(
        id: "Bagaimana andai pasangan calon ditetapkan sebulan kemudian?",
        en: "What if the candidates had been determined a month later?"),
      "freeze-auditor audit --csv acts.csv --determination pilkada-2024=2024-10-22"
    ),
    (
      Console.help(
        id: "Tindakan mana yang terlihat lain sejak surat edaran 29 Maret 2024?",
        en: "Which acts look different since the circular of 29 March 2024?"),
      "freeze-auditor audit --csv acts.csv --known-on 2024-04-01 --compare-known-on 2024-03-25"
    ),
    (
      Console.help(
        id: "Apa yang akan diberitahukan pada tahun 2024, dan berapa hari sebelum pelantikan?",
        en: "What would have been told in 2024, and how many days before the oath?"),
      "freeze-auditor audit --csv acts.csv --replay 2024-01-01..2024-12-31"
    ),
  ])
  static let explain = Examples(lines: [
    (
      Console.help(
        id: "Mengapa tindakan 7 bergantung pada cara menghitung bulan.",
        en: "Why act 7 depends on how the months are counted."),
      "freeze-auditor explain 7 --csv acts.csv --lang en"
    )
  ])
  static let windows = Examples(lines: [
    (
      Console.help(
        id: "Setiap masa larangan yang berlaku bagi suatu wilayah.",
        en: "Every window that applies to a region."), "freeze-auditor windows --region 16.05"
    ),
    (
      Console.help(
        id: "Dua jadwal tahun 2020, seperti diketahui sebelum dan sesudahnya.",
        en: "The two schedules of 2020, as known before and after."),
      "freeze-auditor windows --election pilkada-2020 --known-on 2020-06-11"
    ),
    (
      Console.help(
        id: "Fungsi freeze_audit.would_be, yang ditanya formulir SIMPEG sebelum SK ditandatangani.",
        en: "The function freeze_audit.would_be, which a SIMPEG form asks before anyone signs."),
      "freeze-auditor windows --format sql --region 16.05 --output would-be.sql"
    ),
  ])
  static let check = Examples(lines: [
    (
      Console.help(
        id: "Bolehkah pejabat diganti pada hari itu?", en: "May officials be replaced on that day?"),
      "freeze-auditor check --date 2024-03-22 --region 16.05"
    ),
    (
      Console.help(
        id: "Daftar rencana: apa yang boleh jalan, apa yang harus menunggu, apa yang perlu surat Menteri.",
        en: "A planned list: what may go ahead, what must wait, what needs the letter."),
      "freeze-auditor check --list acts.csv"
    ),
  ])
}
