import AuditBase
import FreezeRules
import Postgres

/// A source that cannot be judged as a whole; single bad records never raise one.
package struct SourceError: ExplainedError {
  /// What kind of trouble, for the exit code.
  package enum Cause: Sendable {
    /// File or server not there (exit 69).
    case unreachable
    /// Not allowed to read, or to log in (exit 77).
    case privilege
    /// Lacks a required column, or one has another type (exit 78).
    case shape
    /// Reachable, but could not be read through (exit 3).
    case notEvaluated
  }

  /// What kind.
  package let cause: Cause
  /// The sentence for people.
  package let message: Text
  package var exit: ExitStatus {
    switch cause {
    case .unreachable: .unreachable
    case .privilege: .privilege
    case .shape: .configuration
    case .notEvaluated: .notEvaluated
    }
  }
  /// The server's code, where there is one.
  package let sqlState: String?
  /// The session had ended, or the server was just restarting: the same again may succeed at once.
  package let isPassing: Bool

  /// An error of these parts.
  package init(
    _ cause: Cause, _ message: Text, sqlState: String? = nil,
    isPassing: Bool = false
  ) {
    self.isPassing = isPassing
    self.cause = cause
    self.message = message
    self.sqlState = sqlState
  }
}

extension SourceError {
  /// What a server's refusal means for a person, with what to do.
  init(_ error: PostgresError, view: String, conninfo: String) {
    let place = conninfo.isEmpty ? view : ConnectionString.redacted(conninfo)
    let (cause, subject, mend) = Self.said(of: error, view: view, place: place)
    self.init(
      cause,
      Text("\(subject): \(mend.id) [\(error)]", "\(subject): \(mend.en) [\(error)]"),
      sqlState: error.sqlstate, isPassing: error.isPassing)
  }

  private static func said(of error: PostgresError, view: String, place: String) -> (Cause, String, Mend) {
    if error.kind == .connection && error.isPrivilege {
      return (.privilege, place, error.mend ?? away)
    }
    if error.isPrivilege { return (.privilege, view, noRight(view)) }
    if error.kind == .conninfo {
      return (
        .shape, place,
        Mend(
          id: "string koneksi tidak sah. Periksa nama kunci dan tanda kutipnya",
          en: "the connection string is not valid. Check the names of its keys and its quotes")
      )
    }
    // A server behind a foreign table, not ours.
    if error.kind == .server, let state = error.sqlstate, state.hasPrefix("08") || state.hasPrefix("HV") {
      return (.notEvaluated, view, foreign)
    }
    if error.isUnreachable { return (.unreachable, place, error.mend ?? away) }
    if let (cause, mend) = ofView(error, view) { return (cause, view, mend) }
    return (.notEvaluated, view, nothingJudged(error.mend ?? unknown))
  }

  private static let away = Mend(
    id: "basis data tidak dapat dihubungi. Periksa host, port, nama basis data dan jaringan",
    en: "the database cannot be reached. Check host, port, database name and network")

  private static func noRight(_ view: String) -> Mend {
    Mend(
      id:
        "tidak ada hak baca. Jalankan: GRANT freeze_auditor_read TO <pengguna>; dan GRANT SELECT ON \(view) TO freeze_auditor_read. Bila row security membatasi tabelnya: pemilik view harus melihat semua baris. Fungsi di dalam view dijalankan pembacanya: GRANT EXECUTE ON FUNCTION … TO freeze_auditor_read",
      en:
        "no right to read. Run: GRANT freeze_auditor_read TO <user>; and GRANT SELECT ON \(view) TO freeze_auditor_read. If row security limits its tables: the owner of the view must see every row. Functions in the view run as its reader: GRANT EXECUTE ON FUNCTION … TO freeze_auditor_read"
    )
  }

  private static let foreign = Mend(
    id:
      "pembacaan gagal: server di balik foreign table tidak dapat dihubungi atau menolak. Periksa CREATE SERVER dan USER MAPPING-nya",
    en:
      "reading failed: the server behind a foreign table cannot be reached or refuses. Check its CREATE SERVER and USER MAPPING"
  )

  private static let unknown = Mend(
    id: "pembacaan gagal, tidak ada yang dinilai. Coba lagi; bila berulang, lihat log server",
    en: "reading failed, nothing was judged. Try again; if it recurs, see the server's log")

  private static func nothingJudged(_ mend: Mend) -> Mend {
    guard mend != unknown else { return mend }
    return Mend(
      id: "pembacaan gagal, tidak ada yang dinilai: " + mend.id,
      en: "reading failed, nothing was judged: " + mend.en)
  }

  /// What a refusal says of the view itself.
  private static func ofView(_ error: PostgresError, _ view: String) -> (Cause, Mend)? {
    guard let state = error.sqlstate else { return nil }
    // The server names what it misses: the view, or something below it.
    let name = view.split(separator: ".").last.map { $0.filter { $0 != "\"" } } ?? view
    switch state {
    case "42P01" where error.message.contains(name), "3F000":
      return (
        .shape,
        Mend(
          id: "view tidak ada. Buat dulu dengan salah satu contoh sql/mapping-*.sql",
          en: "there is no such view. Create it after one of the examples sql/mapping-*.sql")
      )
    case "42P01", "42883":
      return (
        .shape,
        Mend(
          id:
            "tabel atau fungsi di balik view tidak ditemukan. Auditor membaca dengan search_path terkunci: sebut skema di dalam fungsi itu (ALTER FUNCTION … SET search_path = …), atau pulihkan yang dihapus",
          en:
            "a table or function behind the view was not found. The auditor reads with a fixed search_path: name the schemas inside that function (ALTER FUNCTION … SET search_path = …), or restore what was dropped"
        )
      )
    case "42703", "42804", "42846":
      return (
        .shape,
        Mend(
          id: "bentuk view berubah atau tidak cocok. Bandingkan dengan kontrak di README",
          en: "the view has changed or does not fit. Compare it with the contract in the README")
      )
    case "25006":
      return (
        .shape,
        Mend(
          id:
            "view itu menulis (sebuah fungsi di dalamnya mengubah data), padahal auditor hanya membaca. Buang fungsi itu dari view",
          en:
            "the view writes (a function in it changes data), but the auditor only reads. Take that function out of the view"
        )
      )
    default: return content(state).map { (.notEvaluated, nothingJudged($0)) }
    }
  }

  /// What a row of the view did not stand.
  private static func content(_ state: String) -> Mend? {
    switch state {
    case "22007", "22008":
      Mend(
        id:
          "sebuah teks dalam view bukan tanggal. Pakai freeze_audit.parse_date(kolom) sebagai ganti kolom::date atau to_date(…), juga di view dan foreign table di bawahnya",
        en:
          "a text in the view is no date. Use freeze_audit.parse_date(column) in place of column::date or to_date(…), also in views and foreign tables below it"
      )
    case "22P02", "22003":
      Mend(
        id:
          "sebuah teks dalam view bukan angka (atau uuid, enum), atau terlalu besar untuk tipenya. Biarkan kolom itu sebagai teks (kolom::text); tanggal dibaca dengan freeze_audit.parse_date(kolom)",
        en:
          "a text in the view is no number (or uuid, enum), or too large for its type. Leave that column as text (column::text); dates are read with freeze_audit.parse_date(column)"
      )
    case "22021", "22P05":
      Mend(
        id:
          "sebuah teks berisi byte yang tidak sah dalam pengodean basis data. Cari barisnya dan perbaiki teks itu",
        en:
          "a text holds bytes that are not valid in the database's encoding. Find its row and mend that text")
    case "21000":
      Mend(
        id:
          "sebuah subquery dalam view memberi lebih dari satu baris. Pakai LEFT JOIN LATERAL (… LIMIT 1), atau kunci yang unik",
        en:
          "a subquery in the view gives more than one row. Use LEFT JOIN LATERAL (… LIMIT 1), or a key that is unique"
      )
    case "55000":
      Mend(
        id:
          "materialized view di balik view belum diisi. Jalankan: REFRESH MATERIALIZED VIEW <nama dalam kurung>, dan isi lagi setelah setiap pemulihan cadangan",
        en:
          "a materialized view behind the view was never filled. Run: REFRESH MATERIALIZED VIEW <the name in brackets>, and again after each restore of a backup"
      )
    case _ where state.hasPrefix("22"):
      Mend(
        id: "sebuah ungkapan dalam view gagal pada salah satu baris. Perbaiki ungkapan itu dalam view",
        en: "an expression of the view fails on one of its rows. Mend that expression in the view")
    case _ where state.hasPrefix("P0") || state.hasPrefix("38"):
      Mend(
        id: "sebuah fungsi dalam view melempar kesalahan. Perbaiki fungsi itu, atau buang dari view",
        en: "a function in the view raised an error. Mend that function, or take it out of the view")
    default: nil
    }
  }
}
