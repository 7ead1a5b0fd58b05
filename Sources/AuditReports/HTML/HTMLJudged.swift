import AuditBase
import FreezeRules

/// What the page says of how an act was judged, and not of whose act it is: made once for all acts that agree in it.
final class HTMLJudged {
  let dates: HTML
  /// Echelons and kind in one line.
  let kind: String
  /// The approval, and what a reader should know.
  let remarks: HTML
  /// The reasoning; people whose reasoning reads alike share one.
  let reasoning: HTMLReasoning.Written

  fileprivate init(dates: HTML, kind: String, remarks: HTML, reasoning: HTMLReasoning.Written) {
    self.dates = dates
    self.kind = kind
    self.remarks = remarks
    self.reasoning = reasoning
  }
}

/// Makes them.
final class HTMLJudging {
  private let text: HTMLText
  private var made = Memo<Key, HTMLJudged>(most: 4096)
  private var written = Memo<HTML, HTMLReasoning.Written>(most: 4096)

  init(_ text: HTMLText) { self.text = text }

  /// What is said of a judgement.
  /// - Parameter places: of its relevant verdicts.
  func callAsFunction(_ judgement: Judgement, _ places: [Int], windowNumber: (Window) -> Int) -> HTMLJudged {
    // The verdicts that carry the outcome; those of other rules that say nothing of this act are left out.
    let hits = places.filter { !judgement.verdicts[$0].insideDates.isEmpty }
    let shown = hits.isEmpty ? Array(places.prefix(1)) : hits
    // Why nothing can be said is said with the words of the record.
    guard judgement.outcome != .unjudgeable, !shown.isEmpty else {
      return make(judgement, shown, windowNumber)
    }
    return made.value(Key(judgement, shown)) { make(judgement, shown, windowNumber) }
  }

  private func make(_ judgement: Judgement, _ shown: [Int], _ windowNumber: (Window) -> Int)
    -> HTMLJudged
  {
    let verdicts = shown.map { judgement.verdicts[$0] }
    let reasoning = verdicts.map {
      HTMLReasoning(judgement: judgement, verdict: $0, text: text).html(windowNumber($0.window))
    }.joined()
    let parts = JudgedParts(judgement: judgement, shown: verdicts, text: text)
    let remarks = parts.remarks
    return HTMLJudged(
      dates: DateField.allCases.map(parts.date).joined(), kind: parts.kind,
      remarks: remarks.isEmpty ? HTML() : "<p class=s>\(remarks)",
      reasoning: written.value(reasoning) { HTMLReasoning.Written(reasoning) })
  }

  /// All that it is made from.
  private struct Key: Hashable {
    let dates: [RecordedDate]
    let kind: String
    let scope: KindLabels.Scope
    let derived: Kind?
    let outcome: Outcome
    let notes: [Note]
    let missing: [MissingFact]
    let citesLetter: Bool
    let echelons: [String?]
    let assignment: String?
    let verdicts: [OfVerdict]

    struct OfVerdict: Hashable {
      let key: VerdictKey
      let steps: [Step]?

      /// Enough to tell most apart; the rest is compared.
      func hash(into hasher: inout Hasher) { hasher.combine(key) }
    }

    init(_ judgement: Judgement, _ shown: [Int]) {
      dates = DateField.allCases.map { judgement.action.date($0) }
      kind = judgement.action.kind
      scope = judgement.scope
      derived = judgement.derivedKind
      outcome = judgement.outcome
      notes = judgement.notes
      missing = judgement.missing
      citesLetter = judgement.action.approvalNo != nil
      echelons = [judgement.action.echelonFrom, judgement.action.echelonTo]
      assignment = judgement.action.assignment
      verdicts = shown.map { place in
        let verdict = judgement.verdicts[place]
        return OfVerdict(key: VerdictKey(verdict), steps: verdict.ownSteps)
      }
    }

    func hash(into hasher: inout Hasher) {
      for date in dates { hasher.combine(date.span?.last.packed ?? 0) }
      hasher.combine(kind)
      for verdict in verdicts { hasher.combine(verdict) }
    }
  }
}

/// The parts of what is said of a judgement.
private struct JudgedParts {
  let judgement: Judgement
  let shown: [Verdict]
  let text: HTMLText

  /// One date as a row, marked where it is inside.
  func date(_ field: DateField) -> HTML {
    guard let written = judgement.action.date(field).written(text.language) else {
      return "<div class=no><dt>\(text.label(field))<dd>–</div>"
    }
    guard let hit = shown.first(where: { $0.insideDates.contains(field) }) else {
      return "<div><dt>\(text.label(field))<dd>\(written)</div>"
    }
    let isCertain = judgement.steps(of: hit).contains {
      if case .date(field, _, .inside) = $0 { true } else { false }
    }
    let mark =
      (isCertain ? text("di dalam", "inside") : text("mungkin di dalam", "maybe inside"))
      + (hit.isBoundaryDay ? ", " + text("hari batas", "boundary day") : "")
    // On crowded paper bold alone says "inside".
    let kind: HTML = isCertain && !hit.isBoundaryDay ? " class=in" : ""
    return "<div class=hit><dt>\(text.label(field))<dd>\(written) <em\(kind)>\(mark)</em></div>"
  }

  /// Echelons and kind in one line.
  var kind: String {
    let action = judgement.action
    let recorded = PlainText.line(action.kind, limit: 60)
    var parts: [String] = []
    if action.echelonFrom != nil || action.echelonTo != nil {
      let from = PlainText.line(action.echelonFrom ?? "–", limit: 20)
      let to = PlainText.line(action.echelonTo ?? "–", limit: 20)
      parts.append(text("eselon", "echelon") + " " + (from == to ? from : from + " → " + to))
    }
    if judgement.notes.contains(.kindDiffers), let derived = judgement.derivedKind {
      parts.append(
        text(
          "tercatat \(recorded), dari jabatannya \(derived.rawValue)",
          "recorded \(recorded), by the posts \(derived.rawValue)"))
    } else if !recorded.isEmpty {
      parts.append(recorded)
    }
    if let assignment = action.assignment { parts.append(AssignmentText.phrase(assignment)[text.language]) }
    return parts.joined(separator: " · ")
  }

  /// The approval, and what a reader should know.
  var remarks: String {
    var remarks: [String] = []
    // That no letter is cited is said beside the SK.
    if let approval = shown.first?.approval, approval.standing != .none || judgement.action.approvalNo != nil
    {
      remarks.append(approval.phrase[text.language])
    }
    if shown.isEmpty || judgement.outcome == .unjudgeable {
      remarks.append(judgement.reasonWithoutVerdict[text.language])
    }
    // That the kind differs is said beside the posts.
    remarks += judgement.notes.filter { $0 != .kindDiffers || judgement.derivedKind == nil }.map {
      $0.phrase[text.language]
    }
    return remarks.joined(separator: "; ")
  }
}
