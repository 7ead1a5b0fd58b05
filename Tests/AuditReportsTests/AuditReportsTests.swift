import AuditBase
import FreezeRules
import RuleFiles

@testable import AuditReports

/// The shipped rules and calendar, as known on a day.
func windows(knownOn: String = "2026-01-01") throws -> WindowTable {
  try RuleSet().windows(declared: [], knownOn: date(knownOn))
}

func date(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .min }

/// An act inside the window of 2024 unless changed.
func act(_ id: String, _ change: (inout PersonnelAction) -> Void = { _ in }) -> PersonnelAction {
  var action = PersonnelAction(actionID: id, kind: "mutasi")
  action.decreeNo = "800/1"
  action.decreeDate = .known(DateSpan(date("2024-03-22")), original: "2024-03-22")
  action.employeeName = "Budi Santoso"
  action.nip = "198501012010011001"
  action.postFrom = "Kepala Bidang Aset"
  action.postTo = "Kepala Bidang Anggaran"
  action.echelonFrom = "III.b"
  action.echelonTo = "III.b"
  action.regionCode = "16.05"
  change(&action)
  return action
}

func header(_ change: (inout ReportHeader) -> Void = { _ in }) throws -> ReportHeader {
  var header = ReportHeader(
    knownOn: date("2026-01-01"), source: "acts.csv", language: .indonesian, personalData: .full,
    table: try windows(), programVersion: "1.2.3")
  change(&header)
  return header
}

/// A whole report of these acts.
func report(_ format: ReportFormat, _ actions: [PersonnelAction], _ header: ReportHeader) throws -> String {
  String(decoding: try reportBytes(format, actions, header), as: UTF8.self)
}

func reportBytes(
  _ format: ReportFormat, _ actions: [PersonnelAction], _ header: ReportHeader, showAll: Bool = false,
  change: (inout ReportedRecord) -> Void = { _ in }
) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var counts = Counts()
  var writer = try format.writer(header) { bytes += $0 }
  for action in actions {
    let judgement = judge(action, header.table, approvals: nil)
    counts.add(judgement.outcome)
    if judgement.outcome.level == .silent && !showAll {
      writer.pass(judgement)
    } else {
      var record = ReportedRecord(judgement)
      change(&record)
      try writer.add(record)
    }
  }
  try writer.finish(counts, isComplete: counts[.unjudgeable] == 0)
  return bytes
}
