import AuditBase
import Foundation
import FreezeRules

/// One finding as the values of its template.
struct HTMLFinding {
  let finding: ReportedRecord
  let header: ReportHeader
  let text: HTMLText
  /// 1-based place in the report.
  let number: Int

  /// The values of the template ``HTMLTemplates/finding``.
  func values(windowNumber: (Window) -> Int) -> [String: Any] {
    let judgement = finding.judgement
    let action = judgement.action
    let relevant = judgement.relevantVerdicts
    // The verdicts that carry the outcome; those of other rules that say nothing of this act are left out.
    let hits = relevant.filter { !$0.insideDates.isEmpty }
    let shown = hits.isEmpty ? Array(relevant.prefix(1)) : hits
    return [
      "n": number,
      "id": PlainText.line(action.actionID, limit: 200),
      "outcome": judgement.outcome.rawValue,
      "phrase": judgement.phrase[text.language],
      "who": who, "post": post, "remarks": remarks(shown),
      "dates": DateField.allCases.map { date($0, hits) }.joined(),
      "why": text("Penalaran", "Reasoning"),
      "reasoning": shown.map { reasoning($0, windowNumber($0.window)) }.joined(),
    ]
  }

  static func level(_ outcome: Outcome) -> String {
    switch outcome.level {
    case .alert: outcome == .depends ? "maybe" : "alert"
    case .notice: "notice"
    case .silent: "silent"
    }
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

  // The many small parts of a finding are joined here instead of in a template, which would look up thirty names for each
  // of ten thousand findings. Every text from outside goes through `escape`.

  private func escape(_ text: String) -> String { ScalarHTML.escape(text) }

  /// Text from outside: made one harmless line, cut, and escaped.
  private func outside(_ text: String, _ limit: Int) -> String { escape(PlainText.line(text, limit: limit)) }

  /// Name, NIP, id and region.
  private var who: String {
    let action = finding.judgement.action
    let id = "ID <bdi>\(outside(action.actionID, 200))</bdi>"
    let name = action.employeeName.map { outside($0, 120) }
    let nip = action.nip.map { "<p>NIP \(outside($0, 40))" } ?? ""
    let region = " · " + outside(finding.judgement.regionLabel(text.language), 80)
    return "<p class=nm>\(name ?? id)\(nip)<p>\(name == nil ? "" : id)\(region)"
  }

  /// The post left, the post taken, echelons and kind.
  private var post: String {
    let action = finding.judgement.action
    let kind = "<p class=s>" + escape(self.kind)
    guard action.postFrom != nil || action.postTo != nil else { return kind }
    return "<p>\(outside(action.postFrom ?? "–", 240))<p class=to>\(outside(action.postTo ?? "–", 240))"
      + kind
  }

  /// What changed between two states of knowledge, the approval, and what a reader should know.
  private func remarks(_ shown: [Verdict]) -> String {
    let judgement = finding.judgement
    var html = ""
    if let comparison = finding.comparison, comparison.change != .unchanged {
      html += "<p class=\"s cmp\">" + escape(comparison.phrase(text.language))
    }
    if let since = finding.since {
      html +=
        "<p class=\"s cmp\">"
        + escape(text("sejak laporan terdahulu: ", "since the earlier report: ") + since.phrase(text.language))
    }
    for answer in finding.answers {
      html +=
        "<p class=\"s ans\"><b>\(escape(AnswerColumn.answer.title[text.language]))</b>: "
        + outside(answer.written(text.language), 1500)
    }
    var remarks: [String] = []
    if let approval = shown.first?.approval { remarks.append(approval.phrase[text.language]) }
    if shown.isEmpty || judgement.outcome == .unjudgeable {
      remarks.append(judgement.reasonWithoutVerdict[text.language])
    }
    remarks += judgement.notes.map { $0.phrase[text.language] }
    return remarks.isEmpty ? html : html + "<p class=s>" + escape(remarks.joined(separator: "; "))
  }

  /// One date as a row, marked where it is inside.
  private func date(_ field: DateField, _ hits: [Verdict]) -> String {
    let recorded = finding.judgement.action.date(field)
    let written = escape(text.recorded(recorded) ?? "–")
    guard let hit = hits.first(where: { $0.insideDates.contains(field) }) else {
      return "<div><dt>\(text.label(field))<dd>\(written)</div>"
    }
    let isCertain = finding.judgement.steps(of: hit).contains {
      if case .date(field, _, .inside) = $0 { true } else { false }
    }
    let mark =
      (isCertain ? text("di dalam", "inside") : text("mungkin di dalam", "maybe inside"))
      + (hit.isBoundaryDay ? ", " + text("hari batas", "boundary day") : "")
    return "<div class=hit><dt>\(text.label(field))<dd>\(written)<em>\(mark)</em></div>"
  }

  /// The steps of a verdict and what would change it. The window's own steps stand once, in its own section; a date
  /// that is not there and the outcome itself say nothing new.
  private func reasoning(_ verdict: Verdict, _ window: Int) -> String {
    var steps: [String] = []
    var days: [(position: Step.Position, texts: [String])] = []
    for step in finding.judgement.steps(of: verdict) {
      switch step {
      case .outcome, .date(_, _, .absent): break
      case .date(_, _, let position):
        let sentence = verdict.describe(step, text.language)
        if let index = days.firstIndex(where: { $0.position == position }) {
          days[index].texts.append(sentence)
        } else {
          days.append((position, [sentence]))
        }
      case .approval(let approval) where approval.standing == .none:
        steps.append(
          approval.basis == .annex
            ? text(
              "Persetujuan Menteri: tidak ditemukan dalam lampiran",
              "Approval of the Minister: not in any annex")
            : text(
              "Persetujuan Menteri: catatan ini tidak menyebutnya",
              "Approval of the Minister: the record cites none"))
      default: steps.append(verdict.describe(step, text.language))
      }
    }
    // Dates at the same place share their sentence: "SK 2024-04-01, TMT 2024-04-02: inside on every reading".
    let dates = days.map { _, texts -> String in
      guard let last = texts.last, let end = last.range(of: ": ", options: .backwards) else {
        return texts.joined()
      }
      let place = last[end.lowerBound...]
      return texts.map { $0.hasSuffix(place) ? String($0.dropLast(place.count)) : $0 }.joined(separator: ", ")
        + place
    }
    steps.insert(contentsOf: dates, at: min(1, steps.count))
    // The outcome of the act itself is said beside it.
    let result =
      verdict.outcome == finding.judgement.outcome ? "" : ": " + verdict.phrase[text.language]
    let head =
      "<h4><a href=\"#w\(window)\">\(escape(verdict.window.ruleTitle)) · \(escape(verdict.window.election))</a>\(result)</h4>"
    return head + "<ol>" + steps.map { "<li>" + escape($0) }.joined() + "</ol>"
      + changes(verdict).map { "<p class=ch>" + escape($0) }.joined()
  }

  /// What would change this verdict, without what its window says for all.
  private func changes(_ verdict: Verdict) -> [String] {
    var changes = Array(
      verdict.changes(text.language).prefix(verdict.dependsOn.count + verdict.partialDates.count))
    changes += verdict.missing.map { $0.settle(text.language) }
    guard let firstInside = verdict.firstInside, verdict.outcome.level == .alert else { return changes }
    let day = text.day(firstInside)
    changes.append(
      text(
        "surat Menteri s.d. \(day) untuk orang dan jabatan ini: disetujui",
        "a letter of the Minister up to \(day) for this person and post: approved"))
    if verdict.coverage?.answer == .assumed {
      changes.append(
        text(
          "bukti bahwa kedua jabatan di luar cakupan: tidak termasuk",
          "proof that both posts are out of scope: not covered"))
    }
    return changes
  }
}
