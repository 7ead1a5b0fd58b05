import AlertLedger
import AuditBase
import FreezeRules
import HRRecords

/// What a source looked like at a pass. Kept with the health of the source as one line of text, so that it survives restarts.
///
/// Nobody hides an act by changing the view: what a change may hide is refused until it heals or a person accepts it.
struct SourceShape: Sendable, Equatable {
  /// Columns of the contract with their types: `decree_date:1082`.
  var columns: Set<String>
  /// The relation whose lines of annexes count. Part of the shape: without its lines every record's own letter would count,
  /// and close alerts.
  var annexes: String?
  /// The views, functions and foreign tables below, by name.
  var definitions: [String: String] = [:]
  /// The server's major version; another one may spell the same definition otherwise.
  var server = 0

  init(columns: Set<String>, annexes: String?) {
    self.columns = columns
    self.annexes = annexes
  }

  // MARK: As text

  private static let siteAnnexes = "freeze_audit.approval"
  private static let lines = ":lines"
  private static let definition = "=definition:"
  private static let serverName = "=server:"

  /// From the text of ``text``; parts that are not of the shape are passed over.
  init(text: String) {
    columns = []
    for part in text.split(separator: ",").map(String.init) {
      if part.hasPrefix(Self.serverName) {
        server = Int(part.dropFirst(Self.serverName.count)) ?? 0
      } else if let range = part.firstRange(of: Self.definition) {
        definitions[String(part[..<range.lowerBound])] = String(part[range.upperBound...])
      } else if part.hasSuffix(Self.lines) {
        annexes = String(part.dropLast(Self.lines.count))
      } else if !part.hasPrefix("=") {
        columns.insert(part)
      }
    }
  }

  var text: String {
    let below = definitions.sorted { $0.key < $1.key }.map { $0.key + Self.definition + $0.value }
    return
      (columns.sorted() + (annexes.map { [$0 + Self.lines] } ?? []) + below
      + (server > 0 ? [Self.serverName + String(server)] : [])).joined(separator: ",")
  }

  /// A name as a part of the text.
  static func part(_ name: String) -> String { name.replacing(",", with: "%2C").replacing("=", with: "%3D") }

  // MARK: Compared with an earlier pass

  /// What is gone, new or other since an earlier pass, each with why that matters; empty: nothing.
  /// - Parameter below: definitions are compared as well.
  func changes(since last: SourceShape, view: String, below: Bool = true) -> [Text] {
    var changes: [Text] = []
    let names = columns.symmetricDifference(last.columns).map { String($0.prefix { $0 != ":" }) }
    if !names.isEmpty {
      let list = Set(names).sorted().joined(separator: ", ")
      changes.append(
        Text(
          "\(view): kolom hilang, baru, atau berganti tipe: \(list)",
          "\(view): columns are gone, new, or of another type: \(list)"))
    }
    if let before = last.annexes, annexes == nil {
      changes.append(
        Text(
          "\(before): lampiran persetujuan yang dulu ada kini tidak ada, kosong, atau tidak boleh dibaca",
          "\(before): the annexes that were there are gone, empty, or may not be read"))
    }
    // That a site fills the table is what it is there for; a relation of the view's own is made by whoever owns the view.
    if let relation = annexes, relation != last.annexes, last.annexes != nil || relation != Self.siteAnnexes {
      changes.append(
        Text(
          "lampiran persetujuan kini dibaca dari \(relation), dulu dari \(last.annexes ?? "-")",
          "annexes are now read from \(relation), before from \(last.annexes ?? "-")"))
    }
    // Before the first pass that knew them nothing is known, and another version spells them otherwise.
    if below, !last.definitions.isEmpty, last.server == server {
      let all = Set(definitions.keys).union(last.definitions.keys)
      // One more partition holds one more year; one that is taken away takes its records along.
      let other = all.filter { name in
        definitions[name] != last.definitions[name]
          && !(last.definitions[name] == nil && name.contains(ContractView.partOf))
      }.sorted().joined(separator: ", ")
      if !other.isEmpty {
        changes.append(
          Text(
            "definisi yang menentukan isi view berubah: \(other)",
            "definitions that decide what the view shows have changed: \(other)"))
      }
    }
    return changes
  }
}

/// How much a source held at a pass.
struct SourceExtent: Sendable, Equatable {
  /// Records in all.
  var records: Int
  /// Records near the windows: those that were judged.
  var near: Int
  /// The days that "near" means; another calendar asks for others.
  var days: String

  private static let name = "=extent:"

  init(records: Int, near: Int, days: String) {
    self.records = records
    self.near = near
    self.days = days
  }

  /// From a text that holds one.
  init?(text: String) {
    guard let part = text.split(separator: ",").first(where: { $0.hasPrefix(Self.name) }) else { return nil }
    let parts = part.dropFirst(Self.name.count).split(separator: ":")
    guard parts.count == 3, let records = Int(parts[0]), let near = Int(parts[1]) else { return nil }
    self.records = records
    self.near = near
    days = String(parts[2])
  }

  var text: String { "\(Self.name)\(records):\(near):\(days)" }

  /// What vanished since an earlier pass beyond what is ordinary.
  /// - Parameter maximumLoss: per cent that may go in one pass; a single record is an ordinary deletion however few there are.
  func losses(since last: SourceExtent, maximumLoss: Int) -> [Text] {
    func isSuspicious(_ now: Int, _ before: Int) -> Bool {
      let gone = before - now
      return (gone > 1 || maximumLoss == 0 && gone > 0) && gone * 100 > maximumLoss * before
    }
    var losses: [Text] = []
    if isSuspicious(records, last.records) {
      losses.append(
        Text(
          "jumlah catatan turun dari \(last.records) menjadi \(records) (batas poll.max_loss \(maximumLoss) %)",
          "records fell from \(last.records) to \(records) (poll.max_loss is \(maximumLoss) %)"))
    }
    if days == last.days, isSuspicious(near, last.near) {
      losses.append(
        Text(
          "catatan di sekitar masa larangan turun dari \(last.near) menjadi \(near) (batas poll.max_loss \(maximumLoss) %)",
          "records near the windows fell from \(last.near) to \(near) (poll.max_loss is \(maximumLoss) %)"))
    }
    return losses
  }
}

extension SourceError {
  /// What a pass found suspicious, as one refusal that a person can accept; `nil` without anything.
  /// - Parameter source: its name, for the command that accepts.
  static func suspicion(_ findings: [Text], source: String) -> SourceError? {
    if findings.isEmpty { return nil }
    let (id, en) = (findings.map(\.indonesian), findings.map(\.english))
    let advice = RefusalAdvice.source(
      "freeze-auditor alerts accept --source \(source) --author … --reason …")
    return SourceError(
      .shape,
      Text(
        id.joined(separator: "; ") + advice.indonesian, en.joined(separator: "; ") + advice.english))
  }
}
