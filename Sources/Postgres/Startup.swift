import CLibPQ
import Glibc

/// Establishing a session without ever blocking outside poll(2).
struct Startup {
  let conninfo: String
  let password: String?
  let deadlines: Deadlines
  let interrupt: Interrupt?
  let applicationName: String

  private static let operation = Deadlines.connectName

  /// An open handle in non-blocking mode, to be closed by the caller.
  func connect() throws(PostgresError) -> OpaquePointer {
    let given = try ConnectionString.settings(conninfo)
    let defaults = ConnectionString.defaultSettings()
    let limit = deadlines.connectLimit(given, defaults)

    // Defaults before the conninfo, which overrides them; what must hold comes after it.
    var before = deadlines.networkSettings.filter { defaults[$0.0] == nil }
    before.append(("fallback_application_name", applicationName))
    var after = [("client_encoding", "UTF8")]
    if let password { after.append(("password", password)) }
    if let text = before.first(where: { $0.1.utf8.contains(0) })
      ?? after.first(where: { $0.1.utf8.contains(0) })
    {
      throw PostgresError(.conninfo, operation: Startup.operation, message: "\(text.0) holds a NUL character")
    }

    // libpq's time limit per host lives in its blocking call only; polled, a silent first host would eat all
    // the time and the second never be tried. So each host is an attempt of its own.
    let attempts = HostList(given, defaults).attempts
    var last: PostgresError?
    for attempt in attempts {
      let settings = before + [("dbname", conninfo)] + attempt + after
      do throws(PostgresError) {
        return try connectOnce(settings, secrets: [password, given["password"]], limit)
      } catch {
        // Like libpq: authentication and other refusals end the search, silence and 57P03 do not.
        if error.kind == .interrupted || error.isPrivilege || error.isPasswordKept { throw error }
        last = error
      }
    }
    throw last ?? PostgresError(.conninfo, operation: Startup.operation, message: "no host to connect to")
  }

  private func connectOnce(
    _ settings: [(String, String)], secrets: [String?], _ limit: Duration
  ) throws(PostgresError) -> OpaquePointer {
    let keywords = CStringList(settings.map(\.0))
    let values = CStringList(settings.map(\.1))
    guard let handle = PQconnectStartParams(keywords.pointers, values.pointers, 1) else {
      throw PostgresError(.connection, operation: Startup.operation, message: "out of memory")
    }
    do throws(PostgresError) {
      // With this, even failures before the session's start carry their SQLSTATE; see ErrorText.startup.
      PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
      PQsetNoticeReceiver(handle, { _, _ in }, nil)
      try poll(handle, secrets: secrets, Deadline(Startup.operation, after: limit))
      PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
      if PQsetnonblocking(handle, 1) != 0 { throw failure(handle, secrets: secrets) }
      return handle
    } catch {
      PQfinish(handle)
      throw error
    }
  }

  private func poll(_ handle: OpaquePointer, secrets: [String?], _ deadline: Deadline) throws(PostgresError) {
    if PQstatus(handle) == CONNECTION_BAD { throw failure(handle, secrets: secrets) }
    var state = PGRES_POLLING_WRITING
    var guardian = PasswordGuard()
    while true {
      switch state {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_READING, PGRES_POLLING_WRITING:
        let events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
        switch waitForSocket(PQsocket(handle), Int32(events), interrupt: interrupt, until: deadline) {
        case .ready:
          if state == PGRES_POLLING_READING, try !guardian.mayRead(handle) { continue }
          state = PQconnectPoll(handle)
        case .interrupted:
          throw PostgresError(.interrupted, operation: Startup.operation, message: "interrupted")
        case .deadline:
          throw PostgresError(
            .deadline(deadline.name), operation: Startup.operation,
            message: "no session with \(ConnectionString.redacted(conninfo)) in time")
        }
      default: throw failure(handle, secrets: secrets)
      }
    }
  }

  private func failure(_ handle: OpaquePointer, secrets: [String?]) -> PostgresError {
    var text = String(cString: PQerrorMessage(handle))
    for secret in secrets.compactMap({ $0 }) where !secret.isEmpty {
      text = text.replacing(secret, with: "…")
    }
    if let (sqlstate, primary) = ErrorText.startup(text) {
      return PostgresError(.connection, operation: Startup.operation, sqlstate: sqlstate, message: primary)
    }
    // The server asked for a password and there was none: libpq stops before the server could refuse.
    let sqlstate = PQconnectionNeedsPassword(handle) == 1 ? "28P01" : nil
    return PostgresError(
      .connection, operation: Startup.operation, sqlstate: sqlstate, message: text.isEmpty ? "failed" : text)
  }
}

/// The hosts of a conninfo, one attempt each.
struct HostList {
  /// Settings to add for each attempt; a single empty one when there is only one host.
  var attempts: [[(String, String)]] = [[]]

  init(_ given: [String: String], _ defaults: [String: String]) {
    func list(_ key: String) -> [String]? {
      (given[key] ?? defaults[key])?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
    let count = max(hosts?.count ?? 0, addresses?.count ?? 0)
    // Lists that do not fit together are left to libpq to refuse.
    guard count > 1, [hosts, addresses].allSatisfy({ $0 == nil || $0?.count == count }),
      ports == nil || ports?.count == 1 || ports?.count == count
    else { return }
    let wish = given["target_session_attrs"] ?? defaults["target_session_attrs"]
    var order = Array(0..<count)
    if (given["load_balance_hosts"] ?? defaults["load_balance_hosts"]) == "random" { order.shuffle() }
    // prefer-standby: all of them once as standby, then any.
    let wishes = wish == "prefer-standby" ? ["standby", "any"] : [wish]
    attempts = wishes.flatMap { wish in
      order.map { index in
        var settings: [(String, String)] = []
        if let hosts { settings.append(("host", hosts[index])) }
        if let addresses { settings.append(("hostaddr", addresses[index])) }
        if let ports { settings.append(("port", ports.count == 1 ? ports[0] : ports[index])) }
        if let wish { settings.append(("target_session_attrs", wish)) }
        return settings
      }
    }
  }
}

/// A NULL-terminated array of C strings that lives as long as this.
struct CStringList: ~Copyable {
  private let storage: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>
  let pointers: UnsafePointer<UnsafePointer<CChar>?>

  init(_ strings: [String]) {
    storage = .allocate(capacity: strings.count + 1)
    storage.initialize(repeating: nil)
    for (index, string) in strings.enumerated() { storage[index] = strdup(string) }
    pointers = UnsafeRawPointer(storage.baseAddress.unsafelyUnwrapped)
      .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
  }

  deinit {
    for string in storage { free(string) }
    storage.deallocate()
  }
}
