/// What the mail part remembers between two runs. It moves only after sendmail accepted the digest that goes with it.
package struct MailState: Sendable, Codable, Equatable {
  /// The newest event of the ledger that a digest named.
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
  }

  /// Format of the file.
  package var version = 1
  /// Numbers of the events that digests told of.
  package var delivered = SequenceSet()
  /// Fingerprints of the latest of them, by number.
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
  /// What is open by the log alone.
  package var open: [OpenAlert] = []
  /// Events read but in no digest yet, since another digest was still waiting.
  package var backlog: [LogEvent] = []
  /// How the last digest was delayed; the next one says so.
  package var delay: Delay?

  /// Nothing delivered yet.
  package init() {}

  /// What somebody new begins with.
  var seed: MailState {
    var seed = self
    (seed.open, seed.backlog, seed.delay, seed.lastDigest, seed.lastMessageID) = ([], [], nil, nil, nil)
    return seed
  }

  /// How many fingerprints are kept.
  static let memory = 5000

  /// Whether a digest told of this event.
  func told(_ event: LogEvent) -> Bool {
    guard let seq = event.seq else { return unnumbered.contains(event.fingerprint) }
    // Another event under a number that was used: the ledger was made anew, or somebody writes to the log.
    if let mark = marks[String(seq)] { return mark == event.fingerprint }
    return delivered.contains(seq)
  }

  /// Takes events as told.
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
}
