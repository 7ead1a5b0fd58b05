import FreezeRules

/// One finding as the values of its template.
struct HTMLFinding {
  let finding: Finding
  let header: ReportHeader
  let text: HTMLText
  /// 1-based place in the report.
  let number: Int

  /// The values of the template ``HTMLTemplates/finding``.
  func values(windowNumber: (Window) -> Int) -> [String: Any] {
    let judgement = finding.judgement
    let action = judgement.action
    let shown = verdicts
    var values: [String: Any] = [
      "n": number,
      "id": PlainText.line(action.actionID, limit: 200),
      "outcome": judgement.outcome.rawValue,
      "level": Self.level(judgement.outcome),
      "phrase": judgement.outcome.phrase[text.language],
      "dates": DateField.allCases.map(date),
      "verdicts": shown.map { verdict($0, windowNumber($0.window)) },
    ]
    values["name"] = header.personalData.name(action.employeeName).map { PlainText.line($0, limit: 120) }
    values["nip"] = header.personalData.nip(action.nip).map { PlainText.line($0, limit: 40) }
    values["region"] = action.regionCode.map { PlainText.line($0, limit: 20) }
    if action.postFrom != nil || action.postTo != nil {
      values["post"] = [
        "from": PlainText.line(action.postFrom ?? "–", limit: 240),
        "to": PlainText.line(action.postTo ?? "–", limit: 240),
      ]
    }
    values["kind"] = kind
    values["approval"] = shown.first?.approval.map { $0.phrase[text.language] }
    if !judgement.notes.isEmpty {
      values["notes"] = judgement.notes.map { $0.phrase[text.language] }.joined(separator: "; ")
    }
    if shown.isEmpty || judgement.outcome == .unjudgeable {
      values["reason"] = judgement.reasonWithoutVerdict[text.language]
    }
    values["compared"] = finding.comparison.map { $0.phrase(text.language) }
    return values
  }

  static func level(_ outcome: Outcome) -> String {
    switch outcome.level {
    case .alert: outcome == .depends ? "maybe" : "alert"
    case .notice: "notice"
    case .silent: "silent"
    }
  }

  /// The verdicts that carry the outcome; those of other rules that say nothing of this act are left out.
  private var verdicts: [Verdict] {
    let relevant = finding.judgement.relevantVerdicts
    let hits = relevant.filter { !$0.insideDates.isEmpty }
    return hits.isEmpty ? Array(relevant.prefix(1)) : hits
  }

  /// Echelons and kind in one line.
  private var kind: String {
    let judgement = finding.judgement
    let action = judgement.action
    let recorded = PlainText.line(action.kind, limit: 60)
    var parts: [String] = []
    if action.echelonFrom != nil || action.echelonTo != nil {
      parts.append(
        PlainText.line(action.echelonFrom ?? "–", limit: 20) + " → "
          + PlainText.line(action.echelonTo ?? "–", limit: 20))
    }
    if judgement.notes.contains(.kindDiffers), let derived = judgement.derivedKind {
      parts.append(
        text(
          "tercatat \(recorded), dari jabatannya \(derived.rawValue)",
          "recorded \(recorded), by the posts \(derived.rawValue)"))
    } else if !recorded.isEmpty {
      parts.append(recorded)
    }
    if let assignment = action.assignment { parts.append(PlainText.line(assignment, limit: 20)) }
    return parts.joined(separator: " · ")
  }

  private func date(_ field: DateField) -> [String: Any] {
    let recorded = finding.judgement.action.date(field)
    var values: [String: Any] = [
      "label": text.label(field),
      "text": text.recorded(recorded) ?? "–",
    ]
    values["iso"] = recorded.span?.description
    let hit = finding.judgement.relevantVerdicts.first { $0.insideDates.contains(field) }
    guard let hit else { return values }
    let isCertain = hit.steps.contains {
      if case .date(field, _, .inside) = $0 { true } else { false }
    }
    values["mark"] =
      (isCertain ? text("di dalam", "inside") : text("mungkin di dalam", "maybe inside"))
      + (hit.isBoundaryDay ? ", " + text("hari batas", "boundary day") : "")
    return values
  }

  private func verdict(_ verdict: Verdict, _ window: Int) -> [String: Any] {
    var values: [String: Any] = [
      "rule": verdict.window.ruleTitle, "election": verdict.window.election, "window": window,
      "result": verdict.outcome.phrase[text.language],
      "steps": verdict.steps.compactMap(step),
    ]
    let changes = self.changes(verdict)
    if !changes.isEmpty { values["changes"] = changes }
    return values
  }

  /// A step in few words: the window's own steps stand once, in its own section. A date that is not there and
  /// the outcome itself say nothing new.
  private func step(_ step: Step) -> String? {
    switch step {
    case .outcome, .date(_, _, .absent): nil
    default: Explanation.describe(step, text.language)
    }
  }

  /// What would change this verdict, without what its window says for all.
  private func changes(_ verdict: Verdict) -> [String] {
    var changes = Array(verdict.changes(text.language).prefix(verdict.dependsOn.count))
    guard let firstInside = verdict.firstInside, verdict.outcome.level == .alert else { return changes }
    let day = text.day(firstInside)
    changes.append(
      text(
        "surat Menteri bertanggal paling lambat \(day) untuk orang dan jabatan ini: disetujui",
        "a letter of the Minister dated \(day) or before for this person and post: approved"))
    if verdict.coverage?.answer == .assumed {
      changes.append(
        text(
          "bukti bahwa kedua jabatan di luar cakupan: tidak termasuk",
          "proof that both posts are out of scope: not covered"))
    }
    return changes
  }
}
