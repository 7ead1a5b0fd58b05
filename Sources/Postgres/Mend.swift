/// Words for people about a refusal, in both languages: what it is, and what to do.
public struct Mend: Sendable, Equatable {
  /// In Indonesian.
  public let id: String
  /// In English.
  public let en: String

  /// With these.
  public init(id: String, en: String) {
    self.id = id
    self.en = en
  }
}

extension PostgresError {
  /// The same again may well succeed at once: the session had ended (a restart, an idle time-out, a pooler that was
  /// restarted), the server is just starting, or a standby had to let the replay pass.
  public var isPassing: Bool {
    switch kind {
    case .connectionLost: return true
    case .connection where sqlstate == nil: return !isTLS && !isPasswordKept
    case .connection, .server: break
    case .deadline, .interrupted, .decoding, .unsupported, .conninfo: return false
    }
    return ["57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "40001", "40P01"].contains(sqlstate)
  }

  /// No session because of encryption or certificates; libpq has no code for that.
  var isTLS: Bool {
    kind == .connection && sqlstate == nil
      && ["certificate", "SSL", "TLS", "GSSAPI"].contains { message.contains($0) }
  }

  /// What a person can do about a refusal whose cause lies with login, network or server, whatever was asked of it; `nil`
  /// where that depends on the statement.
  public var mend: Mend? {
    if let login = loginMend { return login }
    if isPasswordKept { return Self.passwordKept }
    if kind == .deadline("answer") {
      return Mend(
        id:
          "server tidak menjawab dalam batas waktu. Periksa jaringan (firewall yang memutus sesi diam), kunci (pg_locks) dan beban server itu",
        en:
          "the server gave no answer in time. Check the network (a firewall that drops quiet sessions), locks (pg_locks) and the load of that server"
      )
    }
    guard let sqlstate else { return isTLS ? Self.tls : nil }
    return Self.mends[sqlstate] ?? Self.classMends[String(sqlstate.prefix(2))]
  }

  private var loginMend: Mend? {
    guard kind == .connection, let sqlstate else { return nil }
    switch sqlstate {
    case "28P01":
      return Mend(
        id:
          "server menolak login: kata sandi salah atau tidak diberikan. Periksa kata sandi (kredensial systemd di samping konfigurasi, .pgpass, service). Kata sandi baru saja diganti? Layanan membacanya hanya saat mulai: systemctl restart freeze-auditor",
        en:
          "the server refused the login: the password is wrong or was not given. Check it (the systemd credential beside the configuration, .pgpass, service). Was it just changed? The service reads it at its start only: systemctl restart freeze-auditor"
      )
    case _ where sqlstate.hasPrefix("28"):
      return Mend(
        id:
          "server menolak login. Periksa nama pengguna, apakah ia boleh login (LOGIN), dan pg_hba.conf server itu untuk alamat mesin ini",
        en:
          "the server refused the login. Check user name, whether it may log in (LOGIN), and that server's pg_hba.conf for this machine's address"
      )
    case "42501":
      return Mend(
        id: "server menolak login. Jalankan: GRANT CONNECT ON DATABASE <basis data> TO <pengguna>",
        en: "the server refused the login. Run: GRANT CONNECT ON DATABASE <database> TO <user>")
    default: return nil
    }
  }

  private static let passwordKept = Mend(
    id:
      "server meminta kata sandi terbaca (clear text atau MD5) lewat sambungan tanpa enkripsi, jadi tidak diberikan. Pakai sslmode=verify-full dan sslrootcert, atau di server: password_encryption = scram-sha-256, ganti kata sandi, dan scram-sha-256 di pg_hba.conf",
    en:
      "the server asks for a readable password (clear text or MD5) over a session that is not encrypted, so it was not given. Use sslmode=verify-full with sslrootcert, or on the server: password_encryption = scram-sha-256, set the password anew, and scram-sha-256 in pg_hba.conf"
  )

  private static let tls = Mend(
    id:
      "enkripsi gagal. Periksa sslmode, sslrootcert, masa berlaku sertifikat server, dan apakah nama di dalamnya sama dengan host",
    en:
      "encryption failed. Check sslmode, sslrootcert, whether the server's certificate is still valid, and whether the name in it is that of host"
  )

  /// By SQLSTATE.
  private static let mends: [String: Mend] = [
    "3D000": Mend(
      id: "basis data itu tidak ada. Periksa dbname (SELECT datname FROM pg_database)",
      en: "there is no such database. Check dbname (SELECT datname FROM pg_database)"),
    "53300": Mend(
      id:
        "koneksi server habis. Tutup sesi yang menganggur (pg_stat_activity), naikkan max_connections, atau batas pengguna itu (ALTER ROLE … CONNECTION LIMIT), atau pakai PgBouncer",
      en:
        "the server has no connection left. End idle sessions (pg_stat_activity), raise max_connections, or the user's limit (ALTER ROLE … CONNECTION LIMIT), or use PgBouncer"
    ),
    "53100": Mend(
      id:
        "disk server penuh. Kosongkan ruang di sana (log, WAL, berkas sementara), lalu tidak perlu apa-apa lagi",
      en: "the server's disk is full. Make room there (logs, WAL, temporary files); nothing else is needed"),
    "53200": Mend(
      id: "server kehabisan memori. Turunkan work_mem, atau kurangi beban server itu",
      en: "the server is out of memory. Lower work_mem, or the load of that server"),
    "53400": Mend(
      id: "batas server terlampaui (misalnya temp_file_limit). Naikkan untuk pengguna itu: ALTER ROLE … SET",
      en:
        "a limit of the server was passed (such as temp_file_limit). Raise it for the user: ALTER ROLE … SET"),
    "57P01": Mend(
      id:
        "sesi diakhiri administrator, atau server dimulai ulang. Tidak perlu apa-apa; audit mencoba lagi sendiri",
      en:
        "the administrator ended the session, or the server restarts. Nothing to do; the audit tries again by itself"
    ),
    "57P02": Mend(
      id: "server jatuh dan dipulihkan. Bila berulang, lihat log server (kehabisan memori, disk rusak)",
      en: "the server crashed and recovers. If it recurs, see the server's log (out of memory, a bad disk)"),
    "57P03": Mend(
      id:
        "server sedang mulai, berhenti, atau dipulihkan. Tunggu; audit mencoba lagi sendiri. Bila berlangsung lama, lihat log server; standby perlu hot_standby = on",
      en:
        "the server is starting, stopping or recovering. Wait; the audit tries again by itself. If it lasts, see the server's log; a standby needs hot_standby = on"
    ),
    "57P05": Mend(
      id:
        "sesi diakhiri karena diam lebih lama dari idle_session_timeout. Bila berulang: ALTER ROLE … SET idle_session_timeout = 0",
      en:
        "the session was ended for being idle longer than idle_session_timeout. If it recurs: ALTER ROLE … SET idle_session_timeout = 0"
    ),
    "25P03": Mend(
      id:
        "sesi diakhiri karena transaksinya menganggur (idle_in_transaction_session_timeout): mesin ini terlalu lambat membaca. Periksa bebannya",
      en:
        "the session was ended since its transaction stood idle (idle_in_transaction_session_timeout): this machine reads too slowly. Check its load"
    ),
    "25P04": Mend(
      id:
        "transaksi lebih lama dari transaction_timeout. Naikkan untuk pengguna itu: ALTER ROLE … SET transaction_timeout = 0",
      en:
        "the transaction took longer than transaction_timeout. Raise it for the user: ALTER ROLE … SET transaction_timeout = 0"
    ),
    "57014": Mend(
      id:
        "pembacaan dihentikan: lebih lama dari batas waktunya, atau dibatalkan seseorang. Percepat view itu (indeks pada kolom tanggal, materialized view) dan lihat pg_stat_activity",
      en:
        "the reading was ended: it took longer than its limit, or somebody cancelled it. Make the view quicker (an index on its date columns, a materialized view) and see pg_stat_activity"
    ),
    "55P03": Mend(
      id:
        "tabel sedang dikunci sesi lain (ALTER TABLE, VACUUM FULL, REFRESH MATERIALIZED VIEW tanpa CONCURRENTLY). Lihat pg_locks; jalankan pekerjaan itu di luar jam audit",
      en:
        "another session has the table locked (ALTER TABLE, VACUUM FULL, REFRESH MATERIALIZED VIEW without CONCURRENTLY). See pg_locks; do that work at another hour"
    ),
    "40001": Mend(
      id:
        "standby membatalkan pembacaan karena bertabrakan dengan pemulihan WAL. Pasang hot_standby_feedback = on di standby itu, atau naikkan max_standby_streaming_delay",
      en:
        "the standby cancelled the reading since it conflicted with the replay of WAL. Set hot_standby_feedback = on on that standby, or raise max_standby_streaming_delay"
    ),
    "40P01": Mend(
      id:
        "pembacaan dan sesi lain saling menunggu (deadlock). Tidak perlu apa-apa; audit mencoba lagi sendiri",
      en:
        "the reading and another session waited for each other (deadlock). Nothing to do; the audit tries again by itself"
    ),
  ]

  /// By class, for what has no words of its own.
  private static let classMends: [String: Mend] = [
    "54": Mend(
      id: "batas server terlampaui (misalnya view yang merujuk dirinya sendiri). Sederhanakan view itu",
      en: "a limit of the server was passed (a view that refers to itself, say). Make the view simpler"),
    "58": Mend(
      id: "server tidak dapat membaca berkasnya. Periksa disk dan log server itu",
      en: "the server cannot read its files. Check disk and log of that server"),
    "XX": Mend(
      id:
        "kesalahan di dalam server; data atau indeks mungkin rusak. Lihat log server, periksa dengan pg_amcheck, REINDEX atau pulihkan dari cadangan",
      en:
        "an error inside the server; data or an index may be damaged. See its log, check with pg_amcheck, REINDEX or restore from a backup"
    ),
  ]
}
