import FreezeRules
import Postgres

/// A source that cannot be judged as a whole; single bad records never raise one.
public struct SourceError: ExplainedError {
  /// What kind of trouble, for the exit code.
  public enum Cause: Sendable {
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
  public let cause: Cause
  /// The sentence for people.
  public let message: Bilingual
  /// The server's code, where there is one.
  public let sqlState: String?
  /// A person who knows better can accept it by a reload: a changed view, a large loss.
  public let isAcceptable: Bool

  /// An error of these parts.
  public init(_ cause: Cause, _ message: Bilingual, sqlState: String? = nil, isAcceptable: Bool = false) {
    self.isAcceptable = isAcceptable
    self.cause = cause
    self.message = message
    self.sqlState = sqlState
  }
}

extension SourceError {
  /// What a server's refusal means for a person, with what to do.
  init(_ error: PostgresError, view: String, conninfo: String) {
    let place = conninfo.isEmpty ? view : ConnectionString.redacted(conninfo)
    func made(_ cause: Cause, id: String, en: String) -> SourceError {
      SourceError(cause, Bilingual(id: id + " [\(error)]", en: en + " [\(error)]"), sqlState: error.sqlstate)
    }
    if error.kind == .connection && error.isPrivilege {
      self = made(
        .privilege,
        id:
          "\(place): server menolak login. Periksa nama pengguna dan kata sandi (service, .pgpass, atau kredensial systemd)",
        en:
          "\(place): the server refused the login. Check user name and password (service, .pgpass, or systemd credential)"
      )
    } else if error.isPrivilege {
      self = made(
        .privilege,
        id:
          "\(view): tidak ada hak baca. Jalankan: GRANT freeze_auditor_read TO <pengguna>; dan GRANT SELECT ON \(view) TO freeze_auditor_read. Bila row security membatasi tabelnya: pemilik view harus melihat semua baris",
        en:
          "\(view): no right to read. Run: GRANT freeze_auditor_read TO <user>; and GRANT SELECT ON \(view) TO freeze_auditor_read. If row security limits its tables: the owner of the view must see every row"
      )
    } else if error.kind == .conninfo {
      self = made(
        .shape, id: "\(place): untaian koneksi tidak sah. Periksa nama kunci dan tanda kutipnya",
        en: "\(place): the connection string is not valid. Check the names of its keys and its quotes")
    } else if error.isUnreachable {
      self = made(
        .unreachable,
        id: "\(place): basis data tidak dapat dihubungi. Periksa host, port, nama basis data dan jaringan",
        en: "\(place): the database cannot be reached. Check host, port, database name and network")
    } else if let state = error.sqlstate, ["42P01", "3F000"].contains(state) {
      self = made(
        .shape, id: "\(view): view tidak ada. Buat dulu dengan salah satu contoh sql/mapping-*.sql",
        en: "\(view): there is no such view. Create it after one of the examples sql/mapping-*.sql")
    } else if let state = error.sqlstate, state == "42703" || state == "42804" || state == "42846" {
      self = made(
        .shape, id: "\(view): bentuk view berubah atau tidak cocok. Bandingkan dengan kontrak di README",
        en: "\(view): the view has changed or does not fit. Compare it with the contract in the README")
    } else {
      self = made(
        .notEvaluated,
        id: "\(view): pembacaan gagal, tidak ada yang dinilai. Coba lagi; bila berulang, lihat log server",
        en: "\(view): reading failed, nothing was judged. Try again; if it recurs, see the server's log")
    }
  }
}
