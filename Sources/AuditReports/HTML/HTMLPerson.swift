import AuditBase
import FreezeRules

/// One finding as a row of its SK's table. What is the same for everybody on the SK is said once, above it.
struct HTMLPerson {
  /// 1-based place in the report.
  let number: Int
  let id: String
  let outcome: Outcome
  /// Places among the regions and units of the page, for its filters.
  let filters: HTMLFilters.Place
  let who: HTML
  let region: String
  let post: HTML
  let phrase: String
  let remarks: HTML
  let judged: HTMLJudged

  init(
    _ finding: ReportedRecord, number: Int, judged: HTMLJudged, filters: HTMLFilters.Place, _ text: HTMLText
  ) {
    self.number = number
    self.judged = judged
    self.filters = filters
    id = PlainText.line(finding.judgement.action.actionID, limit: 200)
    outcome = finding.judgement.outcome
    who = finding.judgement.action.who
    region = PlainText.line(
      finding.judgement.region?.shortName ?? finding.judgement.regionLabel(text.language), limit: 80)
    post = finding.judgement.action.post(kind: judged.kind)
    phrase = finding.judgement.phrase[text.language]
    remarks = finding.remarks(judged, text)
  }

  /// Its dates, marked where they are inside.
  var dates: HTML { judged.dates }

  /// The row.
  /// - Parameters:
  ///   - common: what the SK says for all.
  func row(_ common: Common) -> HTML {
    let region: HTML = common.hasRegion ? "" : "<p>\(self.region)"
    let dates: HTML = common.hasDates ? "" : "<td class=dt><dl>\(judged.dates)</dl>"
    let out: HTML =
      common.isOutcomeAbove
      ? HTML() : "<td class=out>\(outcomeLine)\(common.hasRemarks ? HTML() : remarks)"
    return """
      <tr class="f \(outcome.rawValue)\(filters.classes)" id=f\(number) data-id="\(id)"><th scope=row>\(who)\(region)<td class=post>\(post)\(dates)\(out)

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
        || first.remarks != person.remarks
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
      hasDates = people.allSatisfy { $0.dates == first?.dates }
      hasRemarks = people.allSatisfy { $0.remarks == first?.remarks }
      let runs = HTMLPerson.runs(people).count
      hasOutcome = runs < 2
      isOutcomeAbove = runs * 2 <= people.count + 1
    }
  }
}

/// Text from outside: made one harmless line, and cut; ``HTML`` escapes it.
private func outside(_ text: String, _ limit: Int) -> String { PlainText.line(text, limit: limit) }

// The many small parts of a row: of the record, not of a type that would take a copy of it.
extension PersonnelAction {
  /// Name, NIP, id.
  fileprivate var who: HTML {
    let id = outside(actionID, 200)
    let number = nip.map { "NIP " + outside($0, 40) + " · " } ?? ""
    guard let name = employeeName else { return "<b>ID <bdi>\(id)</bdi></b><p>\(number)" }
    return "<b>\(outside(name, 120))</b><p>\(number)ID <bdi>\(id)</bdi>"
  }

  /// The post left, the post taken, their units, echelons and kind.
  fileprivate func post(kind: String) -> HTML {
    let from = place(postFrom, unitFrom)
    let to = place(postTo, unitTo)
    if from.isEmpty, to.isEmpty { return "<p class=s>\(kind)" }
    return "<p>\(from.isEmpty ? "–" : from)<p class=to>\(to.isEmpty ? "–" : to)<p class=s>\(kind)"
  }

  private func place(_ post: String?, _ unit: String?) -> String {
    let post = post.map { outside($0, 240) } ?? ""
    let unit = unit.map { outside($0, 240) } ?? ""
    return post.isEmpty || unit.isEmpty ? post + unit : post + ", " + unit
  }
}

extension ReportedRecord {
  /// What changed between two states of knowledge, what was answered, the approval, and what a reader should know.
  fileprivate func remarks(_ judged: HTMLJudged, _ text: HTMLText) -> HTML {
    var html = HTML()
    if let comparison, comparison.change != .unchanged {
      html += "<p class=\"s cmp\">\(comparison.phrase(text.language))"
    }
    if let since {
      html +=
        "<p class=\"s cmp\">\(text("sejak laporan terdahulu: ", "since the earlier report: "))\(since.phrase(text.language))"
    }
    for answer in answers {
      html +=
        "<p class=\"s ans\"><b>\(AnswerColumn.answer.title[text.language])</b>: \(outside(answer.written(text.language), 1500))"
    }
    return html + judged.remarks
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
