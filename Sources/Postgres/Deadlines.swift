/// Every timeout of a connection, named, each with its reason, in one place.
///
/// All are overridable; `.zero` switches a single one off (as `0` does in PostgreSQL itself).
/// The ones about the network are defaults only: the same key in the conninfo string wins.
public struct Deadlines: Sendable, Equatable {
  /// Client side: the whole of connecting to one host, TCP, TLS and authentication together.
  ///
  /// Ten seconds is several SYN retransmissions (1 + 2 + 4 s) on a bad line, yet short enough that a
  /// dead server is reported within one pass. `connect_timeout` in the conninfo or `PGCONNECT_TIMEOUT`
  /// replaces it. Name resolution happens inside libpq and is bounded by the resolver only.
  public var connect: Duration = .seconds(10)

  /// `tcp_user_timeout`: how long sent bytes may stay unacknowledged before the kernel gives the
  /// connection up. Catches a network cut while we are sending, when keepalives do not run.
  public var tcpUserTimeout: Duration = .seconds(20)

  /// `keepalives_idle`: quiet time before the kernel probes the peer. Below the five minutes after
  /// which common firewalls forget a connection.
  public var keepalivesIdle: Duration = .seconds(30)

  /// `keepalives_interval`: between two probes.
  public var keepalivesInterval: Duration = .seconds(5)

  /// `keepalives_count`: lost probes until the peer is dead; 30 s + 3 x 5 s in all.
  public var keepalivesCount: Int = 3

  /// `statement_timeout`, set in each transaction: no statement of ours may burden a production
  /// database for longer. A full scan of millions of rows takes seconds.
  public var statement: Duration = .seconds(120)

  /// `lock_timeout`, set in each transaction: we wait behind a migration's lock for a moment only, since
  /// whoever queues behind us waits too.
  public var lock: Duration = .seconds(5)

  /// `idle_in_transaction_session_timeout`, set in each transaction: a stopped or stuck client must not
  /// hold back vacuum on the source.
  public var idleInTransaction: Duration = .seconds(60)

  /// Client side: how much longer than `statement` we wait for the server's word, so that normally
  /// the server ends the statement and says so, and only a frozen server runs into our own limit.
  public var answerGrace: Duration = .seconds(10)

  /// Client side: for a cancel request and for reading what was still under way after it.
  public var cancel: Duration = .seconds(2)

  /// Client side: how long a COMMIT already sent is waited for once the interrupt was triggered. Leaving
  /// at once would leave the outcome unknown; a stop order (5 s) must still be obeyed.
  public var commitAfterInterrupt: Duration = .seconds(2)

  /// The defaults.
  public init() {}

  /// For the ledger: its statements touch a few rows, and a daemon that waits for them does not renew its lease.
  ///
  /// - A frozen server is given up after 15 s + ``answerGrace`` rather than minutes.
  /// - A frozen or cut-off appender must not hold the row of the lease longer than its lease would last: the server ends
  ///   its transaction (`idle_in_transaction_session_timeout`), and the other daemon gets on. Not below 5 s, since
  ///   a busy machine may pause that long between two statements of a large append.
  public static func ledger(leaseSeconds: Int) -> Deadlines {
    var deadlines = Deadlines()
    deadlines.statement = .seconds(15)
    deadlines.idleInTransaction = .seconds(max(5, leaseSeconds))
    return deadlines
  }

  /// For a scan whose reader may pause (`| less`): the server counts the time it waits for us as the statement's own.
  public static var patient: Deadlines {
    var deadlines = Deadlines()
    deadlines.statement = .seconds(3600)
    return deadlines
  }

  /// Client side: the longest silence of the server within a statement. `.zero` (none) when `statement` is.
  public var answer: Duration { statement == .zero ? .zero : statement + answerGrace }
}

extension Duration {
  /// Whole milliseconds, rounded up so that a tiny limit does not become "no limit".
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? Int64.max / 2 : product + fraction
  }
}
