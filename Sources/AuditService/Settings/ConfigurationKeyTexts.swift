import AuditBase

extension ConfigurationKey {
  /// What may stand there, what holds without it and what it is for, in a language.
  package func texts(_ language: Language) -> (allowed: String, standard: String, purpose: String) {
    guard language == .indonesian, let own = Self.indonesian[name] else {
      return (allowed, standard, purpose)
    }
    return own
  }

  /// In Indonesian, by key; a test asks for all of them.
  static let indonesian: [String: (allowed: String, standard: String, purpose: String)] = [
    "region": (
      "kode Kemendagri dalam tanda kutip, seperti \"16.05\"", "tidak ada",
      "Wilayah catatan yang tidak menyebutnya. Juga menentukan zona waktu, dan tampil di subjek ringkasan."
    ),
    "timezone": (
      "WIB, WITA atau WIT", "zona provinsinya, selain itu WIB", "Zona wilayah: menentukan kapan hari dimulai."
    ),
    "elections": (
      "daftar id", "tidak ada",
      "Pemilihan sebagian yang diikuti wilayah ini, seperti pilkada-2020. Yang diadakan di mana-mana tidak perlu disebut."
    ),
    "source.name": (
      "teks", "simpeg", "Nama sumber dalam arsip peringatan. Nama lain memulai kumpulan peringatan lain."
    ),
    "source.conninfo": (
      "string koneksi libpq tanpa kata sandi", "lingkungan libpq (PGHOST, PGSERVICE …)",
      "Basis data SIMPEG; hanya dibaca. Kata sandinya dari kredensial systemd source-password, berkas service atau berkas kata sandi."
    ),
    "source.view": (
      "skema.view", "freeze_audit.personnel_action", "View kontrak yang dibuat DBA setempat."
    ),
    "sources": (
      "daftar {name, conninfo, view, region, timezone, elections, approvals}", "tidak ada",
      "Beberapa basis data SIMPEG sebagai ganti source. name wajib; yang tidak disebut diambil dari tingkat atas. Kata sandinya dari kredensial NAMA-password, selain itu source-password."
    ),
    "ledger.conninfo": (
      "string koneksi libpq tanpa kata sandi", "milik sumber",
      "Basis data arsip peringatan; dengan beberapa sumber beri yang tersendiri. Kata sandinya dari kredensial ledger-password."
    ),
    "ledger.lease": (
      "2 sampai 3600", "30", "Detik sesudah layanan lain boleh mengambil alih dari yang sudah tidak ada."
    ),
    "poll.interval": ("1 sampai 86400", "300", "Detik antara dua pemeriksaan."),
    "poll.wake_on_notify": (
      "true atau false", "false",
      "Periksa lebih awal pada NOTIFY freeze_audit_changed, dan seketika untuk catatan yang disebutnya; tidak pernah diperlukan untuk benar. Perlu poll.connections lebih dari jumlah sumber. Lewat PgBouncer (mode transaction) tidak ada yang membangunkan."
    ),
    "poll.max_loss": (
      "0 sampai 100", "20",
      "Persen catatan berperingatan yang boleh hilang dalam satu pemeriksaan sebelum pemeriksaan itu dianggap tidak sah. Satu catatan boleh, kecuali dengan 0."
    ),
    "poll.connections": ("1 sampai 256", "4", "Sumber yang dibaca sekaligus, paling banyak."),
    "alert_since": (
      "YYYY-MM-DD", "tidak ada",
      "Tindakan yang seluruhnya sebelum hari ini dilaporkan audit dan tidak pernah diperingatkan; untuk pemasangan pertama."
    ),
    "calendar": ("berkas, relatif terhadap konfigurasi", "yang dibawa program", "Pemilihan dan tanggalnya."),
    "calendar_additions": (
      "daftar berkas, relatif terhadap konfigurasi", "tidak ada",
      "Fakta setempat, seperti hari pelantikan atau penjabat kepala daerahnya, yang ditambahkan pada kalender menurut id; formatnya sama."
    ),
    "governor_binds": (
      "true atau false", "false",
      "Anggap pemilihan gubernur juga mengikat kabupaten dan kota; tindakan demikian lalu tergantung cara menghitung. Belum ada putusan yang diketahui."
    ),
    "rules": ("berkas, relatif terhadap konfigurasi", "yang dibawa program", "Aturannya."),
    "approvals": (
      "berkas CSV, relatif terhadap konfigurasi", "tabel freeze_audit.approval",
      "Surat persetujuan, satu baris satu orang."
    ),
    "log.language": ("id atau en", "id", "Bahasa log dan ringkasan."),
    "log.personal_data": (
      "masked atau full", "masked",
      "Apakah log, ringkasan dan STATUS menampilkan NIP dan nama secara utuh."
    ),
    "mail.from": (
      "pengguna@host, atau Nama <pengguna@host>", "tidak ada",
      "Pengirim ringkasan, tempat surat pantul kembali."
    ),
    "mail.to": ("daftar alamat", "tidak ada", "Penerima ringkasan; mereka saling melihat."),
    "mail.routes": (
      "daftar {name, to, regions, units, outcomes, urgency, language, personal_data, head, foot}",
      "tidak ada",
      "Meja yang menerima sebagian peringatan: dari wilayah (kode, nama, \"16.*\"), unit (bagian dari namanya), kesimpulan (inside, depends …), dan urgensi (upcoming: salah satu tanggalnya belum tiba, atau past). Setiap alamat menerima surat sendiri. mail.to menerima semuanya."
    ),
    "mail.escalate": (
      "{working_days, to} dan apa yang boleh dimuat sebuah tujuan, atau daftar tingkat demikian", "tidak ada",
      "Meja berikutnya: menerima, satu kali, setiap peringatan yang tidak ditanggapi siapa pun dalam sekian hari kerja (3)."
    ),
    "mail.head": (
      "teks", "tidak ada",
      "Kata-kata kantor sendiri sebelum setiap ringkasan; sebuah tujuan boleh punya sendiri."
    ),
    "mail.foot": ("teks", "tidak ada", "Hal yang sama sesudahnya."),
    "notify.exec": (
      "jalur mutlak", "tidak ada",
      "Program yang menerima setiap berita sebagai satu objek JSON di masukan standar, untuk gerbang selain surel. Status 0: diterima, tidak diberikan lagi; 65: ditolak selamanya; selain itu: dicoba lagi pada jalan berikutnya."
    ),
    "notify.timeout": ("1 sampai 3600", "30", "Detik yang boleh dipakainya untuk satu berita."),
    "mail.sendmail": (
      "jalur mutlak", "/usr/sbin/sendmail",
      "Program penerima surel, dijalankan sebagai: sendmail -t -i -f PENGIRIM."
    ),
    "mail.timeout": (
      "1 sampai 3600", "60", "Detik yang boleh dipakai sendmail sebelum percobaan dianggap gagal."
    ),
    "mail.digest_at": (
      "HH:MM, waktu setempat", "07:00",
      "Kapan ringkasan hari kerja dikirim, juga yang kosong. Kabar baru dikirim segera."
    ),
    "mail.holidays": (
      "berkas, relatif terhadap konfigurasi", "daftar yang dibawa program",
      "Hari tanpa ringkasan kosong, satu YYYY-MM-DD per baris dengan keterangan; menggantikan seluruh daftar."
    ),
    "report.office": (
      "teks, atau daftar baris", "tidak ada",
      "Siapa yang membuat laporan: kepala surat laporan HTML."
    ),
    "report.templates": (
      "folder, relatif terhadap konfigurasi", "templat yang dibawa program",
      "Templat formulir setempat (*.txt) untuk dossier, sebagai ganti atau tambahan yang bawaan; dossier --templates mendahuluinya."
    ),
    "metrics.textfile": (
      "berkas, relatif terhadap konfigurasi", "tidak ada",
      "Angka untuk textfile collector node_exporter Prometheus; unit bawaan menulis ke /run/freeze-auditor."
    ),
  ]
}
