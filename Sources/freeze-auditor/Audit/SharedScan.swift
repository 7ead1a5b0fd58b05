import AuditBase
import Dispatch
import FreezeRules
import HRRecords

/// Several sessions read one view together, each a range of keys, all in one snapshot.
struct SharedScan {
  private let address: ViewAddress
  private let query: RecordQuery
  private let partition: Partition

  /// Asks the server for a common snapshot; `nil`, with a word to the person, where it offers none or has no use for it.
  init?(
    _ view: inout ContractView, _ address: ViewAddress, _ query: RecordQuery, _ workers: Int
  ) throws(SourceError) {
    guard let partition = try Self.partition(&view, address, query, workers), partition.ranges.count > 1
    else {
      return nil
    }
    self.address = address
    self.query = query
    self.partition = partition
  }

  private static func partition(
    _ view: inout ContractView, _ address: ViewAddress, _ query: RecordQuery, _ workers: Int
  ) throws(SourceError) -> Partition? {
    switch try view.undivided(isCounting: !query.everything) {
    case nil: break
    case .countedInParallel:
      Console.note(
        Text(
          "server sudah membaca view ini secara paralel; dibaca oleh satu sesi",
          "the server reads this view in parallel by itself; read by one session"))
      return nil
    case .foreign:
      Console.note(
        Text(
          "view ini membaca server lain, yang tidak memberi satu snapshot untuk beberapa sesi; dibaca oleh satu sesi",
          "the view reads other servers, which give no snapshot to several sessions; read by one session")
      )
      return nil
    }
    do throws(SourceError) { return try view.partition(into: workers) } catch {
      // The refused statement ended the transaction.
      view = try ContractView(address, deadlines: .patient)
      Console.note(
        Text(
          "server tidak menyediakan snapshot bersama; dibaca oleh satu sesi [\(error.message.indonesian)]",
          "the server offers no shared snapshot; read by one session [\(error.message.english)]"))
      return nil
    }
  }

  /// Reads every range in a session of its own, the first in the one whose snapshot all share.
  /// - Returns: how many records were not fetched, by outcome.
  func run(
    _ first: consuming ContractView, _ judge: RecordJudge, progress: ((Int) -> Void)?,
    each: (RecordJudge.Judged) throws -> Void
  ) throws -> [Outcome: Int] {
    let joining = DispatchGroup()
    let others = partition.ranges.dropFirst().map { range in
      joining.enter()
      return RangeScan { give in
        var view = try joined(joining)
        let rest = try read(&view, range, judge, progress: nil, each: give)
        try view.close()
        return rest
      }
    }
    defer { for other in others { other.cancel() } }
    var rest = try read(&first, partition.ranges[0], judge, progress: progress, each: each)
    // Closed before the others are through, since the server ends a session that is idle in a transaction; but not before
    // they have joined its snapshot.
    joining.wait()
    try first.close()
    for other in others { rest.merge(try other.each(each), uniquingKeysWith: +) }
    return rest
  }

  private func joined(_ joining: DispatchGroup) throws(SourceError) -> ContractView {
    defer { joining.leave() }
    return try ContractView(address, snapshot: partition.snapshot, deadlines: .patient)
  }

  private func read(
    _ view: inout ContractView, _ range: KeyRange, _ judge: RecordJudge, progress: ((Int) -> Void)?,
    each: (RecordJudge.Judged) throws -> Void
  ) throws -> [Outcome: Int] {
    var query = query
    query.range = range
    var ids = DuplicateIDs()
    return try view.readActions(query, progress: progress) { action in
      var action = action
      ids.mark(&action)
      try each(judge(action))
    }
  }
}
