import AuditBase
import AlertLedger
import FreezeRules
import HRRecords

/// What three clocks said at about one moment, in seconds since 2000-01-01 00:00 UTC. Where one of them is wrong by days nothing
/// of what a pass says of days can be trusted, and nobody can tell which one it is.
struct Clocks: Sendable {
  let machine: Int
  let source: Int
  let ledger: Int

  /// A day is more than any zone and than a server whose clock is a little off; the minute is for the time between the readings.
  static let tolerance = 86_400 + 60

  /// The three times, where they disagree by more than a day.
  func disagreement(source name: String) -> SourceError? {
    let all = [machine, source, ledger]
    guard let first = all.min(), let last = all.max(), last - first > Self.tolerance else { return nil }
    let (machine, source, ledger) = (Self.text(machine), Self.text(source), Self.text(ledger))
    return SourceError(
      .notEvaluated,
      Text(
        "jam berselisih lebih dari satu hari: mesin ini \(machine), server sumber \(name) \(source), server arsip peringatan \(ledger). Setel jam yang salah (timedatectl)",
        "the clocks disagree by more than a day: this machine \(machine), the server of source \(name) \(source), the server of the ledger \(ledger). Set the one that is wrong (timedatectl)"
      ))
  }

  /// `2026-11-25 07:34 UTC`.
  private static func text(_ seconds: Int) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let day = (rest < 0 ? days - 1 : days)
    let inDay = rest < 0 ? rest + 86_400 : rest
    let date = CivilDate(year: 2000, month: 1, day: 1)?.adding(days: day)?.description ?? "?"
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date) \(two(inDay / 3600)):\(two(inDay / 60 % 60)) UTC"
  }
}

/// What the health of a source keeps beside the shape of its view, as parts of one line.
extension LedgerStore.Health {
  private static let known = "=known_on:"
  private static let reading = "=reading:"

  private var parts: [Substring] { viewSignature?.split(separator: ",") ?? [] }

  /// The day whose knowledge judged last.
  var knownOn: CivilDate? {
    parts.first { $0.hasPrefix(Self.known) }
      .flatMap { CivilDate(iso: String($0.dropFirst(Self.known.count))) }
  }

  /// Since when a reading is under way that has not ended, by the ledger's server.
  var readingSince: String? {
    parts.first { $0.hasPrefix(Self.reading) }.map { String($0.dropFirst(Self.reading.count)) }
  }

  static func part(knownOn: CivilDate) -> String { known + knownOn.description }
  static func part(readingSince time: String) -> String { reading + time }

  /// A text without the mark of a reading.
  static func ended(_ signature: String) -> String {
    signature.split(separator: ",", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(reading) }.joined(separator: ",")
  }
}
