import CLibPQ
import Glibc

/// What libpq's connection strings say, without ever showing a password.
///
/// A conninfo is `key=value …`, a `postgresql://` URI, or empty for libpq's own environment
/// (`PGHOST`, `PGSERVICE`, …).
public enum ConnectionString {
  /// Host, port, database and user as libpq will use them, environment included; for messages.
  ///
  /// Never a password. A string that cannot be parsed gives a fixed text.
  public static func redacted(_ conninfo: String) -> String {
    guard let given = try? settings(conninfo) else { return "(unreadable connection string)" }
    let defaults = defaultSettings()
    func value(_ key: String) -> String? { given[key] ?? defaults[key] }
    var parts: [String] = []
    if let service = value("service") { parts.append("service=\(shown(service))") }
    if let host = value("host") ?? value("hostaddr") {
      parts.append("host=\(shown(host))")
    } else {
      parts.append("host=(local socket)")
    }
    for key in ["port", "dbname", "user"] {
      if let text = value(key) { parts.append("\(key)=\(shown(text))") }
    }
    return parts.joined(separator: " ")
  }

  /// Fails with ``PostgresError/Kind/conninfo`` when libpq would not understand the string. Connects to nothing.
  public static func validate(_ conninfo: String) throws(PostgresError) {
    _ = try settings(conninfo)
  }

  /// Whether the string itself holds a password (in a configuration file others may read, say).
  public static func holdsPassword(_ conninfo: String) -> Bool {
    guard let given = try? settings(conninfo) else { return false }
    return given["password"] != nil || given["sslpassword"] != nil
  }

  private static func shown(_ value: String) -> String {
    // Of the environment anything may come.
    if value.contains("://") || value.contains("=") { return "(unreadable)" }
    let line = ErrorText.oneLine(value)
    return line.contains(" ") || line.isEmpty ? "'\(line)'" : line
  }

  /// The settings given in the string itself, as libpq parses them.
  static func settings(_ conninfo: String) throws(PostgresError) -> [String: String] {
    func refuse(_ message: String) -> PostgresError {
      PostgresError(.conninfo, operation: "connection string", message: message)
    }
    if conninfo.utf8.contains(0) { throw refuse("holds a NUL character") }
    var reason: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(conninfo, &reason) else {
      let text = reason.map { String(cString: $0) } ?? "out of memory"
      PQfreemem(reason)
      throw refuse(withoutSecrets(text))
    }
    defer { PQconninfoFree(options) }
    let found = read(options)
    if found["host"]?.contains("@") == true {
      // A password with an unescaped @ ends up here, and would be shown as the host.
      throw refuse("the host holds an @: write it as %40 when it belongs to the password of a URI")
    }
    if let port = found["port"], !port.utf8.allSatisfy({ (48...57).contains($0) || $0 == 44 || $0 == 32 }) {
      // And one with an unescaped colon here.
      throw refuse("the port is no number: write : as %3A when it belongs to the password of a URI")
    }
    if let name = found["dbname"],
      name.contains("://") || name.contains("=") || isURI(conninfo) && name.contains("@")
    {
      // libpq would take it for a connection string of its own, or it holds the rest of a password with an unescaped /.
      throw refuse(
        "the database name holds a connection string or an @: write / as %2F and @ as %40 when they belong to the password of a URI"
      )
    }
    if found["user"]?.contains(":") == true {
      throw refuse("the user holds a colon: a password does not belong there")
    }
    return found
  }

  private static func isURI(_ conninfo: String) -> Bool {
    conninfo.hasPrefix("postgresql://") || conninfo.hasPrefix("postgres://")
  }

  /// What environment, service file and libpq's own defaults give.
  static func defaultSettings() -> [String: String] {
    guard let options = PQconndefaults() else { return [:] }
    defer { PQconninfoFree(options) }
    return read(options)
  }

  private static func read(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    var found: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return found
  }

  /// libpq's parse errors quote pieces of the string, which may be pieces of a password
  /// (`password=two words`). Only the fixed beginning is kept.
  private static func withoutSecrets(_ text: String) -> String {
    let mark: (Character) -> Bool = { $0 == "\"" || $0 == "«" || $0 == "„" || $0 == "“" || $0 == "'" }
    // `missing "=" after "word"`: the first pair is libpq's own.
    let opened = text.firstIndex(where: mark)
    if text.hasPrefix("missing \"=\"") { return "missing \"=\" after a word; quote values that hold blanks" }
    return opened.map { String(text[..<$0]) + "\"…\"" } ?? text
  }
}

extension Deadlines {
  static let connectName = "connect"

  /// The limit for connecting: the conninfo's or the environment's `connect_timeout` (s), else ours.
  ///
  /// As in libpq, 0 or less is no limit and 1 means 2.
  func connectLimit(_ given: [String: String], _ defaults: [String: String]) -> Duration {
    guard let text = given["connect_timeout"] ?? defaults["connect_timeout"], let seconds = Int(text) else {
      return connect
    }
    return seconds <= 0 ? .zero : .seconds(max(2, min(seconds, 86_400)))
  }

  /// Defaults handed to libpq before the conninfo, which overrides them.
  var networkSettings: [(String, String)] {
    [
      ("keepalives", "1"),
      ("keepalives_idle", "\(keepalivesIdle.milliseconds / 1000)"),
      ("keepalives_interval", "\(keepalivesInterval.milliseconds / 1000)"),
      ("keepalives_count", "\(keepalivesCount)"),
      ("tcp_user_timeout", "\(tcpUserTimeout.milliseconds)"),
    ]
  }
}
