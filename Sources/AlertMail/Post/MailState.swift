/// What the mail part remembers between two runs. It moves only after sendmail accepted the digest that goes with it.
package struct MailState: Sendable, Codable, Equatable {
  /// An event of the ledger that a digest named: it ties the state to that ledger.
  package struct Head: Sendable, Codable, Equatable {
    /// Its number.
    package var seq: Int64
    /// Its hash, in hex.
    package var hash: String

    /// A head of these parts.
    package init(seq: Int64, hash: String) {
      self.seq = seq
      self.hash = hash
    }
  }

  /// A digest that had to wait.
  package struct Delay: Sendable, Codable, Equatable {
    /// Local time of the first attempt.
    package var since: String
    /// Attempts that failed.
    package var attempts: Int
    /// What the last one said.
    package var cause: String
    /// The first attempt in seconds since 2000; not said by older state files.
    package var began: Int?
  }

  /// Format of the file.
  package var version = 1
  /// Numbers of the events that digests told of; with a ledger at hand never one beyond its head.
  package var delivered = SequenceSet()
  /// Fingerprints of the latest of those that were told by the log alone, by number.
  package var marks: [String: String] = [:]
  /// Fingerprints of the latest events without a number.
  package var unnumbered: [String] = []
  /// Cursor of the last entry read.
  package var cursor: String?
  /// Local date of the last digest.
  package var lastDigest: String?
  /// Message-ID of the last digest.
  package var lastMessageID: String?
  /// The ledger as the last digest named it.
  package var head: Head?
  /// The ledger as earlier digests named it, the oldest first: where it was cut or restored, they tell up to where it still is
  /// what was told.
  package var heads: [Head] = []
  /// What is open by the log alone, as far as it is known one by one.
  package var open: [OpenAlert] = []
  /// Events read but in no digest yet, since another digest was still waiting.
  package var backlog: [LogEvent] = []
  /// How the last digest was delayed; the next one says so.
  package var delay: Delay?
  /// The troubles of the audit that the last digest told of: what, and since when.
  package var troubles: [String: String] = [:]
  /// Local time at which sendmail last accepted a digest.
  package var accepted: String?

  /// Nothing delivered yet.
  package init() {}

  /// What somebody new begins with.
  var seed: MailState {
    var seed = self
    (seed.open, seed.backlog, seed.delay, seed.lastDigest, seed.lastMessageID) = ([], [], nil, nil, nil)
    (seed.accepted, seed.troubles) = (nil, [:])
    return seed
  }

  /// How many fingerprints, and how many alerts, are kept.
  static let memory = 2000

  /// Whether a digest told of this event.
  func told(_ event: LogEvent) -> Bool {
    guard let seq = event.seq else { return unnumbered.contains(event.fingerprint) }
    // Another event under a number that was used: the ledger was made anew.
    if let mark = marks[String(seq)] { return mark == event.fingerprint }
    return delivered.contains(seq)
  }

  /// Takes events as told by the log alone.
  mutating func tell(_ events: [LogEvent]) {
    for event in events {
      if let seq = event.seq {
        delivered.insert(seq)
        marks[String(seq)] = event.fingerprint
      } else {
        unnumbered.append(event.fingerprint)
      }
    }
    unnumbered = Array(unnumbered.suffix(Self.memory))
    if marks.count > Self.memory {
      let kept = marks.keys.compactMap { Int64($0) }.sorted().suffix(Self.memory)
      marks = Dictionary(
        kept.compactMap { key in marks[String(key)].map { (String(key), $0) } }, uniquingKeysWith: { $1 })
    }
  }

  /// Names the ledger's head; of the earlier ones as many are kept as are needed to find a cut again, the older the fewer.
  mutating func name(_ new: Head) {
    guard new != head else { return }
    if let head, head.seq > 0 { heads.append(head) }
    head = new
    if heads.count > 64 {
      heads = heads.enumerated().filter { $0.offset >= 32 || $0.offset % 2 == 0 }.map(\.element)
    }
  }
}

extension MailState {
  private enum Key: String, CodingKey {
    case version, delivered, marks, unnumbered, cursor, lastDigest, lastMessageID, head, heads, open, backlog,
      delay
    case troubles, accepted
  }

  /// Of any version of the file: what it does not have is not known.
  package init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Key.self)
    func value<T: Decodable>(_ key: Key, _ none: T) throws -> T {
      try file.decodeIfPresent(T.self, forKey: key) ?? none
    }
    version = try file.decode(Int.self, forKey: .version)
    delivered = try file.decode(SequenceSet.self, forKey: .delivered)
    marks = try value(.marks, [:])
    unnumbered = try value(.unnumbered, [])
    cursor = try file.decodeIfPresent(String.self, forKey: .cursor)
    lastDigest = try file.decodeIfPresent(String.self, forKey: .lastDigest)
    lastMessageID = try file.decodeIfPresent(String.self, forKey: .lastMessageID)
    head = try file.decodeIfPresent(Head.self, forKey: .head)
    heads = try value(.heads, [])
    open = try value(.open, [])
    backlog = try value(.backlog, [])
    delay = try file.decodeIfPresent(Delay.self, forKey: .delay)
    troubles = try value(.troubles, [:])
    accepted = try file.decodeIfPresent(String.self, forKey: .accepted)
  }
}
