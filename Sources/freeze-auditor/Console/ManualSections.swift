import AuditBase
import AuditReports
import AuditService
import SystemLog

/// What the manual page of the program says besides its commands: units, signals, entries of the log, figures.
struct ManualSections {
  let language: Language

  private func say(_ indonesian: String, _ english: String) -> String { Text(indonesian, english)[language] }

  /// From UNITS to SEE ALSO, in roff.
  var text: String { units + signals + fields + messages + figures + forms + files + environment }

  private func section(_ indonesian: String, _ english: String, _ items: [(String, String)]) -> String {
    ".SH \(say(indonesian, english))\n"
      + items.map { ".TP\n.B \(Roff.text($0.0))\n\(Roff.text($0.1))\n" }.joined()
  }

  private var units: String {
    section(
      "UNIT", "UNITS",
      [
        (
          "freeze-auditor.service",
          say(
            "Layanan pemantau untuk satu wilayah, dari /etc/freeze-auditor/config.yaml. Type=notify dengan watchdog; keluar 78 tidak dimulai ulang.",
            "The daemon of one region, from /etc/freeze-auditor/config.yaml. Type=notify with a watchdog; exit 78 is not started again."
          )
        ),
        (
          "freeze-auditor@WILAYAH.service",
          say(
            "Layanan pemantau per wilayah, dari /etc/freeze-auditor/WILAYAH.yaml, kata sandinya di WILAYAH.source-password.",
            "One daemon a region, from /etc/freeze-auditor/REGION.yaml, its password in REGION.source-password."
          )
        ),
        (
          "freeze-auditor-mail.timer, freeze-auditor-mail@.timer",
          say(
            "Menjalankan freeze-auditor mail, yang mengirim ringkasan dari log.",
            "Runs freeze-auditor mail, which sends the digest from the log.")
        ),
        (
          "freeze-auditor-mail.path, freeze-auditor-mail@.path",
          say(
            "Menjalankannya begitu ada berita dalam log; dimulai oleh timernya.",
            "Runs it as soon as there is news in the log; started by the timer.")
        ),
      ])
  }

  private var signals: String {
    section(
      "SINYAL", "SIGNALS",
      [
        (
          "SIGTERM, SIGINT",
          say(
            "Berhenti dengan rapi, giliran menulis dikembalikan.", "Ends in order, and gives the lease back.")
        ),
        (
          "SIGHUP",
          say(
            "Memuat ulang konfigurasi, aturan dan kalender; yang buruk ditolak dan yang lama tetap dipakai. Kata sandi dari systemd tidak dibaca ulang: systemctl restart.",
            "Reads configuration, rules and calendar again; bad ones are refused and the old ones stay. Passwords from systemd are not read again: systemctl restart."
          )
        ),
        ("SIGUSR1", say("Meminta pemeriksaan sekarang.", "Asks for a pass now.")),
      ])
  }

  private var fields: String {
    section(
      "BIDANG LOG", "LOG FIELDS", FieldName.documented.map { ($0.text, Self.meaning(of: $0)[language]) })
  }

  private var messages: String {
    ".SH MESSAGE_ID\n"
      + Roff.text(
        say(
          "Penjelasan dan langkahnya: journalctl -x.", "What each means and what to do: journalctl -x."))
      + "\n"
      + MessageID.allCases.map { ".TP\n.B \(Roff.text($0.event))\n\(Roff.text($0.rawValue))\n" }.joined()
  }

  private var figures: String {
    section(
      "METRIK", "METRICS",
      MetricName.allCases.map { metric in
        (
          metric.name + (metric.labels.isEmpty ? "" : "{\(metric.labels.joined(separator: ","))}"),
          metric.help[language] + " (\(metric.type))"
        )
      })
  }

  private var forms: String {
    section(
      "TEMPLAT FORMULIR", "TEMPLATES OF FORMS",
      [
        (
          "# ## | *| %",
          say(
            "Satu baris satu hal: # judul, ## subjudul, | label | isi | baris tabel, *| baris tabel yang diulang untuk tiap orang, % keterangan; selain itu paragraf.",
            "One line a thing: # title, ## heading, | label | value | row of a table, *| row repeated for each person, % remark; anything else is a paragraph."
          )
        ),
        (
          "{{isian / siapa}}",
          say(
            "Tempat isian; yang tidak ada dalam data menjadi kosong dengan \"diisi oleh siapa\". Isian: ",
            "The place of a field; what the data do not hold is left blank with \"diisi oleh\" and the name. Fields: "
          )
            + (FormField.allCases.map(\.rawValue) + FormPersonField.allCases.map(\.rawValue)).joined(
              separator: ", ")
            + "."
        ),
      ])
  }

  private var files: String {
    section(
      "BERKAS", "FILES",
      [
        (
          "/etc/freeze-auditor/config.yaml",
          say("Konfigurasi: freeze-auditor.yaml(5).", "The configuration: freeze-auditor.yaml(5).")
        ),
        (
          "/etc/freeze-auditor/source-password, ledger-password, NAMA-password, signing-key",
          say(
            "Kata sandi, milik root, mode 0600. systemd menyerahkannya ke layanan; perintah yang dijalankan root membacanya di sini. Untuk WILAYAH.yaml: WILAYAH.source-password.",
            "Passwords, root, mode 0600. systemd hands them to the services; commands run by root read them here. For REGION.yaml: REGION.source-password."
          )
        ),
        (
          "/run/freeze-auditor",
          say(
            "Tempat metrics.textfile, terbaca semua orang; instance: /run/freeze-auditor-WILAYAH.",
            "The place of metrics.textfile, readable for all; an instance: /run/freeze-auditor-REGION.")
        ),
        (
          "/var/lib/freeze-auditor-mail",
          say(
            "Apa yang sudah dikirim, dan ringkasan yang menunggu.",
            "What digests told of, and the digest on its way.")
        ),
        (
          "/usr/share/freeze-auditor",
          say(
            "sql/ dengan pemasangan, contoh pemetaan dan federasi; rules.yaml dan calendar.yaml yang dibawa program; audit.schema.json; forms/ dengan templat formulir dossier.",
            "sql/ with installation, mapping examples and federation; the rules.yaml and calendar.yaml that are compiled in; audit.schema.json; forms/ with the templates of a dossier."
          )
        ),
      ])
  }

  private var environment: String {
    ".SH \(say("LINGKUNGAN", "ENVIRONMENT"))\n"
      + Roff.text(
        say(
          "Setiap kunci konfigurasi dapat diganti, misalnya mail.from dengan FREEZE_AUDITOR_MAIL_FROM. Tanpa string koneksi berlaku variabel libpq (PGHOST, PGSERVICE dan lainnya).",
          "Every key of the configuration can be overridden, such as mail.from by FREEZE_AUDITOR_MAIL_FROM. libpq's own variables (PGHOST, PGSERVICE and others) hold where no connection string is given."
        ))
      + "\n.SH \(say("LIHAT JUGA", "SEE ALSO"))\nfreeze-auditor.yaml(5), journalctl(1), systemctl(1), sendmail(8)\n"
  }

  private static func meaning(of field: FieldName) -> Text {
    meanings[field] ?? Text(same: "-")
  }

  /// What each field holds; a test asks for all of them.
  static let meanings: [FieldName: Text] = [
    .message: Text("Kalimat untuk manusia.", "The sentence a person reads."),
    .messageID: Text("Jenis peristiwa, 32 digit heksadesimal.", "The kind of event, 32 hex digits."),
    .priority: Text(
      "2 di dalam masa larangan, 3 buta, 4 peringatan lain, 5 pemberitahuan, 6 keterangan.",
      "2 inside the window, 3 blind, 4 other alerts, 5 notices, 6 information."),
    .syslogIdentifier: Text("Program yang berbicara.", "The program that speaks."),
    .event: Text(
      "Peristiwa dengan kata, seperti di arsip peringatan.", "The event in words, as in the ledger."),
    .sequence: Text("Nomor tanpa celah di arsip peringatan.", "The ledger's gapless number."),
    .alertID: Text("Peringatan yang dimaksud.", "The alert the event is about."),
    .actionID: Text("Pengenal catatan di sumbernya.", "The record's own key in the source."),
    .outcome: Text("Kesimpulan dengan kode: inside, depends dll.", "inside, depends, and others."),
    .rule: Text("Aturan yang menilai.", "The rule judged by."),
    .election: Text("Pemilihan yang dinilai.", "The election judged for."),
    .region: Text("Kode Kemendagri wilayah.", "Kemendagri code of the region."),
    .nip: Text(
      "NIP pejabat, disamarkan menurut konfigurasi.", "The official's number, masked as configured."),
    .kind: Text("Jenis tindakan.", "The kind of act."),
    .decreeNo: Text("Nomor SK.", "Number of the decree."),
    .decreeDate: Text("Tanggal SK.", "Date of the decree."),
    .effectiveDate: Text("TMT.", "The effective date (TMT)."),
    .inauguratedOn: Text("Tanggal pelantikan.", "Date of the oath."),
    .inside: Text("Tanggal mana yang jatuh di dalam.", "Which of the dates fell inside."),
    .opens: Text("Hari pertama masa larangan.", "First frozen day."),
    .closes: Text("Hari terakhir masa larangan.", "Last frozen day."),
    .dependsOn: Text("Cara hitung yang mengubah kesimpulan.", "The axes of reading that change the verdict."),
    .source: Text("Nama sumber dalam konfigurasi.", "Name of the source in the configuration."),
    .personalData: Text(
      "masked atau full: sebanyak apa tentang orang yang ditampilkan.",
      "masked or full: how much of a person the entry shows."),
    .summary: Text("Kalimat pertama MESSAGE.", "The first sentence of MESSAGE."),
    .now: Text(
      "Kesimpulan sekarang, bila peringatan selesai.", "The verdict now, where the alert was cleared."),
    .acknowledgement: Text(
      "Siapa yang menanggapi, dan sampai kapan.", "Who took the alert on, and until when."),
    .answer: Text("Apa yang sudah dilakukan, dengan kode.", "What was done about the alert, as a code."),
    .why: Text("Mengapa peringatan berubah.", "Why the alert changed."),
    .regionName: Text("Nama dan kode wilayah.", "Name and code of the region."),
    .post: Text("Jabatan lama dan jabatan baru.", "The post left and the post taken."),
    .unitFrom: Text("Unit lama.", "The unit left."),
    .unitTo: Text("Unit baru.", "The unit joined."),
    .kindDiffers: Text(
      "Jenis yang dicatat dan jenis menurut jabatannya, bila berbeda.",
      "The recorded kind and the one by the posts, where they differ."),
    .window: Text(
      "Masa larangan dan hari asal hitungannya.", "The frozen period and the day it is counted from."),
    .legalBasis: Text("Dasar hukumnya.", "The law that it rests on."),
    .approval: Text(
      "Persetujuan yang dicari dan yang ditemukan.", "The approval looked for, and what was found."),
    .notes: Text("Yang perlu diketahui tentang catatannya.", "What a reader should know of the record."),
    .next: Text("Langkah berikutnya.", "What to do next."),
    .changes: Text("Yang akan mengubah kesimpulan.", "What would change the finding."),
    .records: Text("Jumlah catatan yang dinilai.", "Records judged by the pass."),
    .openAlerts: Text("Jumlah peringatan yang terbuka.", "Alerts open after the pass."),
    .newEvents: Text("Jumlah peristiwa baru.", "Events that the pass made."),
    .unjudgeable: Text("Jumlah catatan yang tidak dapat dinilai.", "Records that could not be judged."),
    .duration: Text("Lama pemeriksaan dalam milidetik.", "How long the pass took, in milliseconds."),
    .calendarCompleteThrough: Text(
      "Hari terakhir kalender lengkap.", "The last day through which the calendar is complete."),
    .calendarVerifiedOn: Text(
      "Hari kalender terakhir diperiksa.", "The day on which the calendar was last checked."),
    .headSequence: Text("Nomor peristiwa terakhir.", "The number of the ledger's last event."),
    .headHash: Text("Hash peristiwa itu.", "Its hash."),
    .before: Text("Yang dikatakan peringatan sebelumnya.", "What the alert said before."),
    .stillInside: Text(
      "Aturan yang masih mencakup catatan itu, bila peringatan selesai.",
      "The rules that still hold the record inside, where the alert was cleared."),
  ]
}
