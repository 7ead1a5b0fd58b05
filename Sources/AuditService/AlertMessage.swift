import AuditBase
import AlertLedger
import AuditReports
import FreezeRules

/// The text that HR reads in the log and in the digest: one sentence first; then, a line each, who and which post, the
/// window and where it comes from, the approval looked for, what to do next, and what would change the finding.
///
/// An alert says *perlu klarifikasi*, never that somebody broke a rule.
struct AlertMessage {
  let language: Language
  let personalData: PersonalData

  /// The text of an event.
  /// - Parameter previous: the body of the event that last said what the alert is.
  func text(_ draft: EventDraft, previous: EventBody.Parsed?) -> String {
    let reason = PlainText.line(draft.reason.text, limit: 2000)
    switch draft.kind {
    case .raised: return detailed(Text("Peringatan baru", "New alert")[language], draft)
    case .reraised:
      return detailed(Text("Peringatan muncul lagi", "Alert again")[language], draft, reason: reason)
    case .amended:
      return detailed(Text("Peringatan berubah", "Alert changed")[language], draft, reason: reason)
    case .cleared: return cleared(draft, previous, reason)
    case .withdrawn:
      return Text(
        "Peringatan ditarik: catatan \(subject(draft, previous)) tidak ada lagi di sumber. Penghapusan catatan yang pernah diperingatkan perlu klarifikasi.\nLangkah: tanyakan siapa yang menghapus catatan itu dan mengapa, lalu cocokkan dengan SK aslinya.",
        "Alert withdrawn: the record \(subject(draft, previous)) is no longer in the source. The deletion of a record that had an alert needs clarification (perlu klarifikasi).\nNext: ask who deleted the record and why, then compare with the decree itself."
      )[language]
    case .acknowledged:
      return Text("Peringatan ditanggapi", "Alert acknowledged")[language] + ": \(subject(draft, previous))\n"
        + Text("Tanggapan", "Acknowledgement")[language] + ": \(reason)"
    case .acknowledgementExpiring:
      return Text("Tanggapan segera berakhir", "An acknowledgement ends soon")[language]
        + ": \(subject(draft, previous)) (\(reason))\n"
        + Text(
          "Langkah: selesaikan klarifikasinya, atau perpanjang dengan freeze-auditor alerts ack.",
          "Next: finish the clarification, or extend it with freeze-auditor alerts ack.")[language]
    case .acknowledgementExpired:
      return Text(
        "Tanggapan berakhir, peringatan terbuka lagi dan perlu klarifikasi",
        "An acknowledgement ended, the alert is open again and needs clarification (perlu klarifikasi)")[
          language]
        + ": \(subject(draft, previous)) (\(reason))"
    case .dataQuality:
      return Text(
        "Mutu data: kumpulan catatan yang tidak dapat dinilai berubah (\(reason)). Catatan itu tidak dinyatakan bebas.\nLangkah: lihat dengan freeze-auditor audit --show findings, lalu lengkapi tanggal atau jenisnya.",
        "Data quality: the set of records that cannot be judged changed (\(reason)). They are not held to be free.\nNext: see freeze-auditor audit --show findings, then complete their dates or kinds."
      )[language]
    case .factMissing:
      guard case .factMissing(let fact, let records) = draft.reason else { return reason }
      return Text(
        "Belum dapat dinilai: \(records) catatan tergantung fakta yang tidak diketahui. \(fact.sentence(.indonesian)) Catatan itu tidak dinyatakan bebas.\nLangkah: lengkapi \(fact.settle(.indonesian)).",
        "Cannot be judged yet: \(records) records hang on a fact that nobody knows. \(fact.sentence(.english)) They are not held to be free.\nNext: supply \(fact.settle(.english))."
      )[language]
    case .auditBlind: return blind(reason)
    case .auditResumed:
      return Text(
        "Pemeriksaan berjalan lagi: semua catatan dinilai.", "The audit sees again: every record was judged.")[
          language]
    }
  }

  func blind(_ cause: String) -> String {
    Text(
      "Pemeriksaan buta: tidak ada yang dinilai, semua peringatan tetap terbuka. Sebab: \(cause)\nLangkah: perbaiki sebabnya; pemeriksaan mencoba lagi sendiri.",
      "The audit is blind: nothing was judged, every alert stays open. Cause: \(cause)\nNext: mend the cause; the audit tries again by itself."
    )[language]
  }

  private func cleared(_ draft: EventDraft, _ previous: EventBody.Parsed?, _ reason: String) -> String {
    var lines = [
      Text("Peringatan selesai", "Alert cleared")[language] + ": \(subject(draft, previous)) (\(reason))"
    ]
    if let judgement = draft.judgement {
      lines.append(Text("Sekarang", "Now")[language] + ": " + judgement.summary(language, personalData))
    }
    lines.append(
      Text(
        "Langkah: tidak ada, bila alasannya benar; bila tanggal di catatan yang berubah, cocokkan dengan SK aslinya.",
        "Next: nothing, if the reason is right; if a date of the record changed, compare with the decree itself."
      )[language])
    return lines.joined(separator: "\n")
  }

  private func detailed(_ lead: String, _ draft: EventDraft, reason: String? = nil) -> String {
    guard let finding = draft.finding else { return lead }
    let verdict = finding.verdict
    var lines = [lead + ": " + finding.judgement.summary(language, personalData, of: verdict)]
    if let reason { lines.append(Text("Sebab", "Why")[language] + ": \(reason)") }
    lines += act(finding.judgement)
    lines += window(verdict)
    if let approval = verdict.approval { lines.append(looked(for: approval)) }
    if !finding.judgement.notes.isEmpty {
      lines.append(
        Text("Catatan", "Notes")[language] + ": "
          + finding.judgement.notes.map { $0.phrase[language] }.joined(separator: "; "))
    }
    lines.append(next(verdict))
    let changes = verdict.changes(language)
    if !changes.isEmpty {
      lines.append(
        Text("Yang akan mengubah kesimpulan", "What would change this")[language] + ": "
          + changes.joined(separator: "; "))
    }
    return lines.joined(separator: "\n")
  }

  /// What the act moves, as far as the record says.
  private func act(_ judgement: Judgement) -> [String] {
    let action = judgement.action
    var lines = [Text("Wilayah", "Region")[language] + ": " + judgement.regionLabel(language)]
    if action.postFrom != nil || action.postTo != nil {
      let old = action.postFrom.map { PlainText.line($0, limit: 120) } ?? "-"
      let new = action.postTo.map { PlainText.line($0, limit: 120) } ?? "-"
      lines.append(Text("Jabatan", "Post")[language] + ": \(old) → \(new)")
    }
    if let derived = judgement.derivedKind, judgement.notes.contains(.kindDiffers) {
      let recorded = PlainText.line(personalData.kind(action), limit: 40)
      lines.append(
        Text("Jenis", "Kind")[language]
          + Text(
            ": dicatat \(recorded), dari jabatannya \(derived.rawValue)",
            ": recorded as \(recorded), by the posts \(derived.rawValue)")[language])
    }
    return lines
  }

  private func window(_ verdict: Verdict) -> [String] {
    let window = verdict.window
    let event = window.anchorKind.phrase
    let anchor = Text("dihitung dari \(event.indonesian)", "counted from the \(event.english)")[language]
    return [
      Text("Masa larangan", "Frozen period")[language]
        + ": \(window.span(language)), \(anchor) \(window.anchor.value.text(language)) (\(window.anchor.instrument))",
      Text("Dasar", "Sources")[language] + ": \(verdict.citations.joined(separator: "; "))",
    ]
  }

  /// The same words for everybody on a decree, so that a digest can say them once.
  private func looked(for approval: ApprovalFinding) -> String {
    let place =
      approval.basis == .annex
      ? Text(
        "dicari di lampiran surat persetujuan menurut NIP dan jabatan baru",
        "looked for in the annexes of the letters of approval by NIP and new post")[language]
      : Text("dicari di catatan itu sendiri", "looked for in the record itself")[language]
    return Text("Persetujuan", "Approval")[language] + ": \(place): \(approval.phrase[language])"
  }

  /// What to do, by what was found.
  private func next(_ verdict: Verdict) -> String {
    let order = Text(
      "pertek BKN (I-MUT), permohonan SI-OLA, surat persetujuan Menteri, SK, pelantikan, laporan dalam 7 hari kerja",
      "BKN pertek (I-MUT), SI-OLA application, the Minister's letter of approval, decree, oath, report within 7 working days"
    )[language]
    let text =
      switch verdict.outcome {
      case .reversal:
        Text(
          "pastikan SK yang dibatalkan benar disebut, dan tanyakan kepada Kemendagri apakah pembatalan ini memerlukan persetujuan.",
          "make sure that the revoked decree is named rightly, and ask the Ministry whether this reversal needs approval."
        )[language]
      case .approvalMismatch:
        Text(
          "cocokkan lampiran surat orang demi orang; yang tidak tercantum menempuh urutan \(order); atau batalkan.",
          "compare the annex person by person; whoever is not listed goes through \(order); or cancel.")[
            language]
      case .approvedLate:
        Text(
          "tanyakan kepada Kemendagri apakah surat itu berlaku bagi tindakan yang mendahuluinya; bila tidak, \(order); atau batalkan.",
          "ask the Ministry whether the letter holds for an act before it; if not, \(order); or cancel.")[
            language]
      default:
        Text(
          "bila belum dilantik, tunda; lalu \(order); atau batalkan.",
          "if the oath was not taken, postpone it; then \(order); or cancel.")[language]
      }
    return Text("Langkah", "Next")[language] + ": " + text
  }

  /// Names a record in a few words from what the ledger remembers of it.
  private func subject(_ draft: EventDraft, _ previous: EventBody.Parsed?) -> String {
    let id = PlainText.line(draft.previous?.actionID ?? previous?.text("action_id") ?? "-", limit: 60)
    var words = [
      PlainText.line(previous?.text("facts", "kind") ?? "", limit: 40),
      personalData.name(previous?.text("facts", "employee_name")).map {
        Text("a.n. ", "of ")[language] + PlainText.line($0, limit: 60)
      } ?? "",
    ]
    words.removeAll(where: \.isEmpty)
    let decree = previous?.text("facts", "decree_no").map { "SK \(PlainText.line($0, limit: 60))" }
    let parts = [words.joined(separator: " "), decree ?? ""].filter { !$0.isEmpty }
    return parts.isEmpty ? id : "\(id) (\(parts.joined(separator: ", ")))"
  }
}
