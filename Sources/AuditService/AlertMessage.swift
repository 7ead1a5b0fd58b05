import AlertLedger
import AuditReports
import FreezeRules

/// The text that HR reads in the log: one sentence first, then the detail, what to do next and what would change it.
struct AlertMessage {
  let language: Language
  let personalData: PersonalData

  private func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }

  /// The text of an event.
  /// - Parameter previous: the body of the event that last said what the alert is.
  func text(_ draft: EventDraft, previous: EventBody.Parsed?) -> String {
    let reason = PlainText.line(draft.reason, limit: 2000)
    switch draft.kind {
    case .raised: return detailed(say("Peringatan baru", "New alert"), draft)
    case .reraised:
      return detailed(say("Peringatan muncul lagi (\(reason))", "Alert again (\(reason))"), draft)
    case .amended: return detailed(say("Peringatan berubah (\(reason))", "Alert changed (\(reason))"), draft)
    case .cleared:
      let now = draft.judgement.map { "\n" + $0.summary(language, personalData) } ?? ""
      return say("Peringatan selesai", "Alert cleared") + " (\(reason)): \(subject(draft, previous))" + now
    case .withdrawn:
      return say(
        "Peringatan ditarik: catatan \(subject(draft, previous)) hilang dari sumber. Penghapusan catatan yang pernah diperingatkan perlu klarifikasi.",
        "Alert withdrawn: the record \(subject(draft, previous)) is gone from the source. The deletion of a record that had an alert needs clarification (perlu klarifikasi)."
      )
    case .acknowledged:
      return say("Peringatan ditanggapi", "Alert acknowledged") + " (\(reason)): \(subject(draft, previous))"
    case .acknowledgementExpiring:
      return say("Tanggapan segera berakhir", "An acknowledgement ends soon")
        + " (\(reason)): \(subject(draft, previous))"
    case .acknowledgementExpired:
      return say(
        "Tanggapan berakhir, peringatan terbuka lagi", "An acknowledgement ended, the alert is open again")
        + " (\(reason)): \(subject(draft, previous))"
    case .dataQuality:
      return say(
        "Mutu data: kumpulan catatan yang tidak dapat dinilai berubah (\(reason)). Lihat dengan: freeze-auditor audit --show findings",
        "Data quality: the set of records that cannot be judged changed (\(reason)). See: freeze-auditor audit --show findings"
      )
    case .auditBlind: return blind(reason)
    case .auditResumed: return resumed
    }
  }

  func blind(_ cause: String) -> String {
    say(
      "Pemeriksaan buta: tidak ada yang dinilai, semua peringatan tetap terbuka. Sebab: \(cause)",
      "The audit is blind: nothing was judged, every alert stays open. Cause: \(cause)")
  }

  var resumed: String {
    say("Pemeriksaan berjalan lagi: semua catatan dinilai.", "The audit sees again: every record was judged.")
  }

  private func detailed(_ lead: String, _ draft: EventDraft) -> String {
    guard let finding = draft.finding else { return lead }
    let verdict = finding.verdict
    let window = verdict.window
    var lines = [
      lead + " [" + say("perlu klarifikasi", "perlu klarifikasi: needs clarification") + "] "
        + finding.judgement.summary(language, personalData, of: verdict)
    ]
    let anchor =
      window.determination == nil ? say("pelantikan", "inauguration") : say("penetapan", "determination")
    lines.append(
      say("Jendela", "Window")
        + ": \(window.span(language)), \(anchor) \(window.anchor.value) (\(window.anchor.instrument))")
    lines.append(say("Dasar", "Sources") + ": \(verdict.citations.joined(separator: "; "))")
    if let approval = verdict.approval {
      lines.append(say("Persetujuan", "Approval") + ": \(approval.phrase[language])")
    }
    if !finding.judgement.notes.isEmpty {
      lines.append(
        say("Catatan", "Notes") + ": "
          + finding.judgement.notes.map { $0.phrase[language] }.joined(separator: "; "))
    }
    lines.append(
      say(
        "Langkah: pertek BKN (I-MUT), permohonan SI-OLA, surat Menteri, SK, pelantikan, laporan dalam 7 hari kerja; atau batalkan.",
        "Next: BKN pertek (I-MUT), SI-OLA application, the Minister's letter, decree, inauguration, report within 7 working days; or cancel."
      ))
    let changes = verdict.changes(language)
    if !changes.isEmpty {
      lines.append(
        say("Yang akan mengubah kesimpulan", "What would change this") + ": "
          + changes.joined(separator: "; "))
    }
    return lines.joined(separator: "\n")
  }

  /// Names a record in a few words from what the ledger remembers of it.
  private func subject(_ draft: EventDraft, _ previous: EventBody.Parsed?) -> String {
    let id = draft.previous?.actionID ?? previous?.text("action_id") ?? "-"
    let kind = previous?.text("facts", "kind") ?? ""
    let decree = previous?.text("facts", "decree_no").map { ", SK \(PlainText.line($0, limit: 60))" } ?? ""
    return PlainText.line("\(id) (\(kind)\(decree))", limit: 200)
  }
}
