import AlertLedger
import AuditBase
import FreezeRules

/// What a source is told, and what it wants done.
extension SourceState {
  /// The time of an input.
  struct Now: Sendable {
    /// Time asleep included; never jumps.
    var sinceBoot: Duration
    /// The local date of the source.
    var today: CivilDate
  }

  /// What happened.
  enum Input: Sendable {
    /// Somebody wants a pass.
    case asked
    /// The source said that something changed.
    case changed(Listener.Change)
    /// It is due, and a place is free.
    case turn
    /// The ledger is open and this daemon's; `generation` counts how often it was read anew.
    case ledgerOpened(generation: Int, health: LedgerStore.Health?)
    /// Another daemon holds the lease.
    case ledgerHeld(health: LedgerStore.Health?)
    /// The scan runs under this number.
    case scanBegan(id: Int)
    /// Another source needs the place.
    case placeNeeded
    /// A scan is over.
    case scanned(Scanned)
    /// The events of the pass stand in the ledger.
    case appended
    /// All that follows from the pass is written.
    case written
    /// An effect could not be carried out.
    case failed(Failure)
  }

  /// What is to be done.
  enum Effect: Sendable, Equatable {
    /// Make sure of the lease, and take in what others wrote; ask for the health of the source where it matters.
    case openLedger(wantsHealth: Bool)
    /// Begin a scan.
    case scan(Order)
    /// End the scan under way.
    case interruptScan
    /// Append the events of the scan.
    case append(gap: Int?)
    /// Hand them to the log.
    case emit
    /// Remember a good pass, and say it.
    case complete
    /// Say what the role may write to, where the scan asked.
    case warnOfPrivileges
    /// All before was carried out: answer so.
    case confirm
    /// Say that nothing was judged.
    case sayBlind(Text)
    /// Say that another daemon holds the lease.
    case sayStandby
    /// Drop the session with the ledger.
    case closeLedger
  }

  /// What to scan.
  struct Order: Sendable, Equatable {
    /// The day whose knowledge judges; it never goes back.
    var knownOn: CivilDate
    /// The day by the machine's clock, for what people agreed to until a day.
    var today: CivilDate
    /// A partial pass over these records; `nil`: a full one.
    var named: [String]?
    /// Find out what the role may write to.
    var checksPrivileges: Bool
  }

  /// A scan that is over.
  struct Scanned: Sendable, Equatable {
    var id: Int
    var isPartial: Bool
    /// Of the ledger it was compared with.
    var generation: Int
    /// It stood still and was given up.
    var isStuck = false
    /// Records read, or why they were not.
    var result: Result<Int, Failure>
  }

  /// Why something could not be done.
  struct Failure: Error, Equatable {
    /// What it means for the pass.
    enum Kind: Sendable, Equatable {
      /// The daemon is told to stop.
      case stopping
      /// Another daemon writes now.
      case leaseLost
      /// Anything else.
      case other
    }

    var kind: Kind
    var message: Text
    /// The next second may have mended it: a restart, an idle time-out.
    var isPassing = false
  }
}
