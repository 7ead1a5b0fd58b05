import AuditBase
import FreezeRules

/// One finding as a row of its SK's table. What is the same for everybody on the SK is said once, above it.
struct HTMLPerson {
  /// 1-based place in the report.
  let number: Int
  let id: String
  let outcome: Outcome
  /// Places among the regions and units of the page, for its filters.
  let filters: HTML
  let who: HTML
  let region: String
  let post: HTML
  let dates: HTML
  let phrase: String
  let remarks: HTML
  /// The reasoning, of which people who share it need only one.
  let reasoning: HTML

  init(
    _ finding: ReportedRecord, number: Int, filters: HTML, _ text: HTMLText, windowNumber: (Window) -> Int
  ) {
    let judgement = finding.judgement
    let relevant = judgement.relevantVerdicts
    // The verdicts that carry the outcome; those of other rules that say nothing of this act are left out.
    let hits = relevant.filter { !$0.insideDates.isEmpty }
    let shown = hits.isEmpty ? Array(relevant.prefix(1)) : hits
    let parts = Parts(finding: finding, text: text)
    self.number = number
    self.filters = filters
    id = PlainText.line(judgement.action.actionID, limit: 200)
    outcome = judgement.outcome
    who = parts.who
    region = PlainText.line(judgement.region?.shortName ?? judgement.regionLabel(text.language), limit: 80)
    post = parts.post
    dates = DateField.allCases.map { parts.date($0, hits) }.joined()
    phrase = judgement.phrase[text.language]
    remarks = parts.remarks(shown)
    reasoning = shown.map {
      HTMLReasoning(judgement: judgement, verdict: $0, text: text).html(windowNumber($0.window))
    }.joined()
  }

  /// The row.
  /// - Parameters:
  ///   - common: what the SK says for all.
  func row(_ common: Common) -> HTML {
    let region: HTML = common.hasRegion ? "" : "<p>\(self.region)"
    let dates: HTML = common.hasDates ? "" : "<td class=dt><dl>\(self.dates)</dl>"
    let out: HTML =
      common.isOutcomeAbove
      ? HTML() : "<td class=out>\(outcomeLine)\(common.hasRemarks ? HTML() : remarks)"
    return """
      <tr class="f \(outcome.rawValue)\(filters)" id=f\(number) data-id="\(id)"><th scope=row>\(who)\(region)<td class=post>\(post)\(dates)\(out)

      """
  }

  /// What colours the line over those who share it.
  var classes: HTML { " \(outcome.rawValue)" }

  /// Sign and words of the outcome.
  var outcomeLine: HTML {
    "<p class=oc><svg class=g aria-hidden=true><use href=\"#g-\(outcome.rawValue)\"/></svg>\(phrase)"
  }

  /// People one after the other who share outcome and remarks.
  static func runs(_ people: [HTMLPerson]) -> [ArraySlice<HTMLPerson>] {
    var runs: [ArraySlice<HTMLPerson>] = []
    var start = people.startIndex
    for place in people.indices where place > start {
      let (first, person) = (people[start], people[place])
      if first.outcome != person.outcome || first.phrase != person.phrase
        || first.remarks.bytes != person.remarks.bytes
      {
        runs.append(people[start..<place])
        start = place
      }
    }
    return start < people.endIndex ? runs + [people[start...]] : runs
  }

  /// What all people of an SK share.
  struct Common {
    let hasRegion: Bool
    let hasDates: Bool
    let hasRemarks: Bool
    /// Outcome and remarks.
    let hasOutcome: Bool
    /// Whether outcome and remarks stand above the rows that share them, so that no row has to say them.
    let isOutcomeAbove: Bool

    init(_ people: [HTMLPerson]) {
      let first = people.first
      hasRegion = people.allSatisfy { $0.region == first?.region }
      hasDates = people.allSatisfy { $0.dates.bytes == first?.dates.bytes }
      hasRemarks = people.allSatisfy { $0.remarks.bytes == first?.remarks.bytes }
      let runs = HTMLPerson.runs(people).count
      hasOutcome = runs < 2
      isOutcomeAbove = runs * 2 <= people.count + 1
    }
  }
}

/// The many small parts of a row.
private struct Parts {
  let finding: ReportedRecord
  let text: HTMLText

  private var action: PersonnelAction { finding.judgement.action }

  /// Text from outside: made one harmless line, and cut; ``HTML`` escapes it.
  private func outside(_ text: String, _ limit: Int) -> String { PlainText.line(text, limit: limit) }

  /// Name, NIP, id.
  var who: HTML {
    let id: HTML = "ID <bdi>\(outside(action.actionID, 200))</bdi>"
    let nip: HTML = action.nip.map { "NIP \(outside($0, 40)) · " as HTML } ?? HTML()
    guard let name = action.employeeName else { return "<b>\(id)</b><p>\(nip)" }
    return "<b>\(outside(name, 120))</b><p>\(nip)\(id)"
  }

  /// The post left, the post taken, their units, echelons and kind.
  var post: HTML {
    func place(_ post: String?, _ unit: String?) -> String {
      [post, unit].compactMap { $0.map { outside($0, 240) } }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
    let from = place(action.postFrom, action.unitFrom)
    let to = place(action.postTo, action.unitTo)
    let kind: HTML = "<p class=s>\(self.kind)"
    if from.isEmpty, to.isEmpty { return kind }
    return "<p>\(from.isEmpty ? "–" : from)<p class=to>\(to.isEmpty ? "–" : to)\(kind)"
  }

  /// Echelons and kind in one line.
  private var kind: String {
    let judgement = finding.judgement
    let recorded = outside(action.kind, 60)
    var parts: [String] = []
    if action.echelonFrom != nil || action.echelonTo != nil {
      parts.append(
        text("eselon", "echelon") + " " + outside(action.echelonFrom ?? "–", 20) + " → "
          + outside(action.echelonTo ?? "–", 20))
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

  /// What changed between two states of knowledge, the approval, and what a reader should know.
  func remarks(_ shown: [Verdict]) -> HTML {
    let judgement = finding.judgement
    var html = HTML()
    if let comparison = finding.comparison, comparison.change != .unchanged {
      html += "<p class=\"s cmp\">\(comparison.phrase(text.language))"
    }
    if let since = finding.since {
      html +=
        "<p class=\"s cmp\">\(text("sejak laporan terdahulu: ", "since the earlier report: "))\(since.phrase(text.language))"
    }
    for answer in finding.answers {
      html +=
        "<p class=\"s ans\"><b>\(AnswerColumn.answer.title[text.language])</b>: \(outside(answer.written(text.language), 1500))"
    }
    var remarks: [String] = []
    // That no letter is cited is said beside the SK.
    if let approval = shown.first?.approval, approval.standing != .none || action.approvalNo != nil {
      remarks.append(approval.phrase[text.language])
    }
    if shown.isEmpty || judgement.outcome == .unjudgeable {
      remarks.append(judgement.reasonWithoutVerdict[text.language])
    }
    // That the kind differs is said beside the posts.
    remarks += judgement.notes.filter { $0 != .kindDiffers || judgement.derivedKind == nil }.map {
      $0.phrase[text.language]
    }
    if remarks.isEmpty { return html }
    return html + "<p class=s>\(remarks.joined(separator: "; "))"
  }

  /// One date as a row, marked where it is inside.
  func date(_ field: DateField, _ hits: [Verdict]) -> HTML {
    let written = action.date(field).written(text.language) ?? "–"
    guard let hit = hits.first(where: { $0.insideDates.contains(field) }) else {
      return "<div><dt>\(text.label(field))<dd>\(written)</div>"
    }
    let isCertain = finding.judgement.steps(of: hit).contains {
      if case .date(field, _, .inside) = $0 { true } else { false }
    }
    let mark =
      (isCertain ? text("di dalam", "inside") : text("mungkin di dalam", "maybe inside"))
      + (hit.isBoundaryDay ? ", " + text("hari batas", "boundary day") : "")
    // On crowded paper bold alone says "inside".
    let kind: HTML = isCertain && !hit.isBoundaryDay ? " class=in" : ""
    return "<div class=hit><dt>\(text.label(field))<dd>\(written) <em\(kind)>\(mark)</em></div>"
  }
}

/// The codes of assignments in words.
enum AssignmentText {
  /// `D` is no word that a person can read.
  static func phrase(_ code: String) -> Text {
    switch code.trimmingBlanks.uppercased() {
    case "D": Text("definitif", "definitive")
    case "TT": Text("tugas tambahan", "additional duty")
    case "PLT", "PLT.": Text("Plt.", "Plt. (stand-in)")
    case "PLH", "PLH.": Text("Plh.", "Plh. (stand-in)")
    case "PJ", "PJ.": Text("Pj.", "Pj. (acting)")
    default: Text(same: PlainText.line(code, limit: 20))
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
