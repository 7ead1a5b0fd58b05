import AlertLedger
import AuditBase
import AuditReports
import FreezeRules
import SystemLog

/// The text that HR reads in the log and in the digest: one sentence first; then, a line each, who and which post, the
/// window and where it comes from, the approval looked for, what to do next, and what would change the finding.
///
/// An alert says *perlu klarifikasi*, never that somebody broke a rule.
struct AlertMessage {
  let language: Language
  let personalData: PersonalData

  /// What the events of these messages share: that a message holds masked fields stands beside it, so that nobody masks it again.
  func marked(_ context: EventBody.Context) -> EventBody.Context {
    var marked = context
    marked.personalData = personalData.rawValue
    return marked
  }

  /// The text of an event.
  /// - Parameters:
  ///   - previous: the body of the event that last said what the alert is.
  ///   - today: what can be done depends on it.
  func text(_ draft: EventDraft, previous: EventBody.Parsed?, on today: CivilDate) -> String {
    let event = ToldEvent(draft, previous, personalData)
    let text =
      switch draft.kind {
      case .raised: detailed(.raised, event, today)
      case .reraised: detailed(.reraised, event, today)
      case .amended: detailed(.amended, event, today)
      case .cleared: cleared(event)
      case .withdrawn: withdrawn(event)
      case .acknowledged: acknowledged(event)
      case .noted: noted(draft.answer, event)
      case .acknowledgementExpiring: expiring(event)
      case .acknowledgementExpired:
        AlertText(.acknowledgementExpired, "\(event.subject(language)) (\(event.words(language)))")
      case .dataQuality: dataQuality(event.reason)
      case .factMissing: factMissing(draft.reason)
      case .auditBlind: blindness(event.reason)
      case .accepted: accepted(draft.acceptance)
      case .setAside: setAside(draft.setAside)
      case .auditResumed:
        AlertText(.auditResumed, Text("semua catatan dinilai.", "every record was judged.")[language])
      case .sealed: sealed(draft.seal)
      }
    return text.message(language)
  }

  /// The text of a stored event about a record, told again from what it holds.
  /// - Parameters:
  ///   - judgement: of its facts, where they were judged again.
  ///   - window: of the verdict that it is about.
  func text(again body: EventBody.Parsed, _ kind: EventKind, _ judgement: Judgement?, _ window: Window?)
    -> String?
  {
    let event = ToldEvent(again: body, kind, judgement, window, personalData)
    guard let today = body.text("known_on").flatMap({ CivilDate(iso: $0) }),
      let lead = AlertText.Lead(rawValue: kind.rawValue)
    else { return nil }
    let text: AlertText? =
      switch kind {
      case .raised, .reraised, .amended: detailed(lead, event, today)
      case .cleared: cleared(event)
      case .withdrawn: withdrawn(event)
      case .acknowledged: acknowledged(event)
      case .noted: noted(Answer(body), event)
      case .acknowledgementExpiring: expiring(event)
      case .acknowledgementExpired: AlertText(lead, "\(event.subject(language)) (\(event.words(language)))")
      default: nil
      }
    return text?.message(language)
  }

  /// The entry of a source that is not seen.
  func blind(_ cause: String, of source: String) -> LogEntry {
    var entry = LogEntry(.auditBlind, priority: .error, message: blind(cause))
    entry.set(.source, source)
    return entry
  }

  /// The text for a pass that was not evaluated.
  func blind(_ cause: String) -> String { blindness(cause).message(language) }

  private func withdrawn(_ event: ToldEvent) -> AlertText {
    let subject = event.subject(language)
    var text = AlertText(
      .withdrawn,
      Text(
        "catatan \(subject) tidak ada lagi di sumber. Penghapusan catatan yang pernah diperingatkan perlu klarifikasi.",
        "the record \(subject) is no longer in the source. The deletion of a record that had an alert needs clarification (perlu klarifikasi)."
      )[language])
    text.add(
      .next,
      Text(
        "tanyakan siapa yang menghapus catatan itu dan mengapa, lalu cocokkan dengan SK aslinya.",
        "ask who deleted the record and why, then compare with the decree itself.")[language])
    return text
  }

  private func acknowledged(_ event: ToldEvent) -> AlertText {
    var text = AlertText(.acknowledged, event.subject(language))
    text.add(.acknowledgement, event.words(language))
    return text
  }

  private func noted(_ answer: Answer?, _ event: ToldEvent) -> AlertText {
    var text = AlertText(.noted, event.subject(language))
    guard let answer else { return text }
    let said = ShownAnswer(answer).replacingTexts { event.hidden(PlainText.line($0, limit: 1000)) }
    text.add(.acknowledgement, PlainText.line(said.written(language), limit: 2000))
    return text
  }

  private func expiring(_ event: ToldEvent) -> AlertText {
    var text = AlertText(.acknowledgementExpiring, "\(event.subject(language)) (\(event.words(language)))")
    text.add(
      .next,
      Text(
        "selesaikan klarifikasinya, atau perpanjang dengan freeze-auditor alerts ack.",
        "finish the clarification, or extend it with freeze-auditor alerts ack.")[language])
    return text
  }

  private func dataQuality(_ reason: String) -> AlertText {
    let words = ReasonWords.text(reason, language)
    var text = AlertText(
      .dataQuality,
      Text(
        "kumpulan catatan yang tidak dapat dinilai berubah (\(words)). Catatan itu tidak dinyatakan bebas.",
        "the set of records that cannot be judged changed (\(words)). They are not held to be free.")[
          language])
    // What may be back-dated is judged outside, and listed among all records only.
    let shown = reason.contains("possible_backdating") ? "all" : "findings"
    if reason.contains("possible_backdating") {
      text.add(
        .why,
        Text(
          "sebagian SK bertanggal sebelum masa larangan, tetapi baru dicatat di dalamnya: mungkin bertanggal mundur, perlu klarifikasi.",
          "some decrees are dated before the frozen period but were entered within it: possibly back-dated, to be clarified."
        )[language])
    }
    text.add(
      .next,
      Text(
        "lengkapi tanggal atau jenisnya dari SK asli; daftarnya: freeze-auditor audit --show \(shown).",
        "complete their dates or kinds from the decree; the list: freeze-auditor audit --show \(shown).")[
          language])
    return text
  }

  /// What a person accepted, and why.
  private func accepted(_ acceptance: Acceptance?) -> AlertText {
    let author = PlainText.line(acceptance?.author ?? "-", limit: 200)
    var text = AlertText(
      .accepted,
      Text("oleh \(author): ", "by \(author): ")[language]
        + PlainText.line(acceptance?.found ?? "-", limit: 2000))
    text.add(.why, PlainText.line(acceptance?.reason ?? "-", limit: 1000))
    return text
  }

  /// Which events are in which file.
  private func sealed(_ seal: Seal?) -> AlertText {
    guard let seal else { return AlertText(.sealed, "-") }
    let (first, last) = (seal.range.lowerBound, seal.range.upperBound)
    let hash = Hex.encode(seal.file)
    var text = AlertText(
      .sealed,
      Text(
        "peristiwa \(first)–\(last), yang dicatat sebelum \(seal.before), ditulis ke berkas segel dengan SHA-256 \(hash).",
        "events \(first)–\(last), recorded before \(seal.before), were written to an archive with SHA-256 \(hash)."
      )[language])
    text.add(
      .next,
      Text(
        "simpan berkas itu di dua tempat; periksa dengan freeze-auditor alerts verify --archive.",
        "keep the archive in two places; check it with freeze-auditor alerts verify --archive.")[language])
    return text
  }

  /// What a person set aside, and why.
  private func setAside(_ aside: SetAside?) -> AlertText {
    let author = PlainText.line(aside?.author ?? "-", limit: 200)
    var text = AlertText(
      .setAside,
      Text(
        "nomor \(aside?.seq ?? 0) (\(aside?.hash ?? "-")), yang isinya tidak terbaca, oleh \(author).",
        "number \(aside?.seq ?? 0) (\(aside?.hash ?? "-")), whose body cannot be read, by \(author).")[
          language])
    text.add(.why, PlainText.line(aside?.reason ?? "-", limit: 1000))
    return text
  }

  private func factMissing(_ reason: EventReason) -> AlertText {
    guard case .factMissing(let found, let records) = reason else { return AlertText(.factMissing, "-") }
    let fact = personalData.shown(found)
    var text = AlertText(
      .factMissing,
      Text(
        "\(records) catatan tergantung fakta yang tidak diketahui. \(fact.sentence(.indonesian)) Catatan itu tidak dinyatakan bebas.",
        "\(records) records hang on a fact that nobody knows. \(fact.sentence(.english)) They are not held to be free."
      )[language])
    text.add(
      .next, Text("lengkapi \(fact.settle(.indonesian)).", "supply \(fact.settle(.english)).")[language])
    return text
  }

  private func blindness(_ cause: String) -> AlertText {
    var text = AlertText(
      .auditBlind,
      Text(
        "tidak ada yang dinilai, semua peringatan tetap terbuka. Sebab: \(cause)",
        "nothing was judged, every alert stays open. Cause: \(cause)")[language])
    text.add(
      .next,
      Text(
        "perbaiki sebabnya; pemeriksaan mencoba lagi sendiri.",
        "mend the cause; the audit tries again by itself.")[language])
    return text
  }

  private func cleared(_ event: ToldEvent) -> AlertText {
    var text = AlertText(.cleared, "\(event.subject(language)) (\(event.words(language)))")
    if let before = event.before(language) { text.add(.before, before) }
    if let judgement = event.judgement { text.add(.now, judgement.summary(language)) }
    if event.judgement?.outcome == .unjudgeable {
      // What cannot be read any more is not free: the alert ends, the question does not.
      text.add(
        .next,
        Text(
          "cocokkan dengan SK aslinya dan lengkapi datanya: tidak dapat dinilai bukan berarti bebas; begitu terbaca dan di dalam masa larangan, peringatannya terbit lagi.",
          "compare with the decree itself and complete the record: what cannot be judged is not free; once it can be read and is inside, the alert is raised again."
        )[language])
      return text
    }
    text.add(
      .next,
      Text(
        "tidak ada, bila alasannya benar; bila tanggal dalam catatan yang berubah, cocokkan dengan SK aslinya.",
        "nothing, if the reason is right; if a date of the record changed, compare with the decree itself.")[
          language])
    return text
  }

  private func detailed(_ lead: AlertText.Lead, _ event: ToldEvent, _ today: CivilDate) -> AlertText {
    guard let judgement = event.judgement, let verdict = event.verdict else { return AlertText(lead, "-") }
    var text = AlertText(lead, judgement.summary(language, of: verdict))
    if let before = event.before(language) { text.add(.before, before) }
    if let why = event.why(language) { text.add(.why, why) }
    describeAct(judgement, in: &text)
    text.add(.window, verdict.window.counted(language))
    text.add(.sources, verdict.citations.joined(separator: "; "))
    if let approval = verdict.approval { text.add(.approval, looked(for: approval)) }
    if !judgement.notes.isEmpty {
      text.add(.notes, judgement.notes.map { $0.phrase[language] }.joined(separator: "; "))
    }
    let step = NextStep(
      verdict.outcome, actDay: judgement.action.actDay, letterBy: verdict.firstInside, today: today)
    if let next = step.text { text.add(.next, next[language] + ".") }
    let changes = verdict.changes(language)
    if !changes.isEmpty { text.add(.changes, changes.joined(separator: "; ")) }
    return text
  }

  /// What the act moves, as far as the record says.
  private func describeAct(_ judgement: Judgement, in text: inout AlertText) {
    let action = judgement.action
    text.add(.region, judgement.regionLabel(language))
    if action.postFrom != nil || action.postTo != nil {
      let old = action.postFrom.map { PlainText.line($0, limit: 120) } ?? "-"
      let new = action.postTo.map { PlainText.line($0, limit: 120) } ?? "-"
      text.add(.post, "\(old) → \(new)")
    }
    if let derived = judgement.derivedKind, judgement.notes.contains(.kindDiffers) {
      let recorded = PlainText.line(action.kind, limit: 40)
      text.add(
        .kind,
        Text(
          "dicatat \(recorded), dari jabatannya \(derived.rawValue)",
          "recorded as \(recorded), by the posts \(derived.rawValue)")[language])
    }
  }

  /// The same words for everybody on a decree, so that a digest can say them once.
  private func looked(for approval: ApprovalFinding) -> String {
    let place =
      approval.basis == .annex
      ? Text(
        "dicari di lampiran surat persetujuan menurut NIP dan jabatan baru",
        "looked for in the annexes of the letters of approval by NIP and new post")
      : Text("dicari dalam catatan itu sendiri", "looked for in the record itself")
    return "\(place[language]): \(approval.phrase[language])"
  }
}
