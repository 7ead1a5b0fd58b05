import AuditBase
import FreezeRules

/// What a page says about all its records together: acts per day, data quality, the windows that mattered.
struct HTMLTally {
  private let header: ReportHeader
  private var windowNumbers: [ObjectIdentifier: Int] = [:]
  private var hitWindows: Set<Int> = []
  /// The windows that some record is sent to.
  private var usedWindows: Set<Int> = []
  /// Per window, the acts of each day by outcome.
  private var acts: [Outcome: [CivilDate: Int]] = [:]
  private var letters: [CivilDate: Set<String>] = [:]
  private var notes: [Note: Issue] = [:]
  private var reasons: [Reason: Issue] = [:]

  private struct Issue {
    var count = 0
    var places: [(number: Int, id: String)] = []
    /// Records with the issue that stand nowhere on the page.
    var others: [String] = []
  }

  /// Why a record could not be judged.
  private enum Reason: Hashable {
    case line
    case kind(String)
    case dates
  }

  init(header: ReportHeader) {
    self.header = header
    for (index, window) in header.table.windows.enumerated() {
      windowNumbers[ObjectIdentifier(window)] = index + 1
    }
  }

  /// The window's number on this page.
  func number(of window: Window) -> Int { windowNumbers[ObjectIdentifier(window)] ?? 0 }

  /// Counts a record, shown or not.
  /// - Parameter relevant: the places of its relevant verdicts.
  mutating func count(_ judgement: Judgement, _ relevant: [Int]) {
    for note in judgement.notes { notes[note, default: Issue()].count += 1 }
    for place in relevant { count(judgement.verdicts[place]) }
    if let day = relevant.first.flatMap({ judgement.verdicts[$0].firstInside }) ?? nearestDay(judgement) {
      acts[judgement.outcome, default: [:]][day, default: 0] += 1
    }
    if judgement.outcome == .unjudgeable { reasons[reason(judgement), default: Issue()].count += 1 }
  }

  private mutating func count(_ verdict: Verdict) {
    let number = number(of: verdict.window)
    usedWindows.insert(number)
    guard !verdict.insideDates.isEmpty, verdict.outcome != .notCovered else { return }
    hitWindows.insert(number)
    if let span = verdict.approval?.letterDate, span.isExact, let letter = verdict.approval?.letterNo {
      letters[span.first, default: []].insert(PlainText.line(letter, limit: 60))
    }
  }

  private func nearestDay(_ judgement: Judgement) -> CivilDate? {
    let action = judgement.action
    return (action.inauguratedOn.span ?? action.effectiveDate.span ?? action.decreeDate.span)?.first
  }

  private func reason(_ judgement: Judgement) -> Reason {
    if judgement.notes.contains(.unreadableLine) || judgement.notes.contains(.shortRow) { return .line }
    if case .unknown = judgement.scope { return .kind(PlainText.line(judgement.action.kind, limit: 40)) }
    return .dates
  }

  /// Remembers where on the page a record with an issue stands.
  mutating func place(_ judgement: Judgement, number: Int) {
    let place = (number: number, id: PlainText.line(judgement.action.actionID, limit: 32))
    for note in judgement.notes { Self.add(place, to: &notes[note, default: Issue()]) }
    if judgement.outcome == .unjudgeable {
      Self.add(place, to: &reasons[reason(judgement), default: Issue()])
    }
  }

  /// Remembers records that are not shown, but are what an inspector looks for.
  mutating func pass(_ judgement: Judgement) {
    let note = Note.possibleBackdating
    guard judgement.notes.contains(note), notes[note]?.others.count ?? 0 < 50 else { return }
    let action = judgement.action
    let decree = action.decreeNo.map { " (SK \(PlainText.line($0, limit: 60)))" } ?? ""
    notes[note, default: Issue()].others.append(PlainText.line(action.actionID, limit: 32) + decree)
  }

  private static func add(_ place: (number: Int, id: String), to issue: inout Issue) {
    if issue.places.count < 12 { issue.places.append(place) }
  }

  /// One row an issue: what could not be judged first, then what a reader should know.
  /// - Parameter file: in which a person stands.
  func quality(_ text: HTMLText, file: (Int) -> String) -> [HTML] {
    func row(_ what: String, _ issue: Issue) -> HTML {
      let links = issue.places.map {
        "<a href=\"\(file($0.number))#f\($0.number)\"><bdi>\($0.id)</bdi></a> " as HTML
      }
      let others = issue.others.map { "<bdi>\($0)</bdi> " as HTML }
      let more = issue.count > issue.places.count + issue.others.count && !issue.places.isEmpty ? "…" : ""
      return
        "<tr><th scope=row>\(what)<td class=num>\(text.data(issue.count))<td>\(links)\(others)\(more)\n"
    }
    let cannot = text("Tidak dapat dinilai", "Cannot be judged") + ": "
    let sorted = reasons.sorted { ($1.value.count, "\($0.key)") < ($0.value.count, "\($1.key)") }
    let shown = sorted.prefix(12).map { reason, issue in
      switch reason {
      case .line:
        row(cannot + text("baris berkas tidak terbaca", "the line of the file cannot be read"), issue)
      case .dates: row(cannot + text("tidak ada tanggal yang dapat dipakai", "no usable date"), issue)
      case .kind(let label):
        row(
          cannot + text("jenis tindakan “\(label)” tidak dikenal", "the kind of act “\(label)” is not known"),
          issue)
      }
    }
    let rest = sorted.dropFirst(12).reduce(into: Issue()) { $0.count += $1.value.count }
    let others = rest.count == 0 ? [] : [row(cannot + text("sebab lain", "other reasons"), rest)]
    return shown + others
      + Note.allCases.compactMap { note in notes[note].map { row(note.phrase[text.language], $0) } }
  }

  /// The windows in which something was found; where nothing was, those that apply to the region.
  private var windows: [Window] {
    let all = header.table.windows
    let hit = all.enumerated().filter { hitWindows.contains($0.offset + 1) }.map(\.element)
    if hit.isEmpty { return header.table.windows(in: header.region) }
    // What belongs to the same election in the same place is context.
    let context = all.filter { window in
      hit.contains { $0.election == window.election && window.regions.isSubset(of: $0.regions) }
    }
    // Regions that share the days share the picture.
    var shown: [Window] = []
    for window in context {
      let isShown = shown.contains {
        $0.rule == window.rule && $0.election == window.election && $0.reach == window.reach
      }
      if !isShown { shown.append(window) }
    }
    return shown
  }

  /// Latest stretch of time first: the present interests most.
  func timelines(_ text: HTMLText) -> [HTML] {
    let clusters = Timeline.clusters(windows, knownOn: header.knownOn)
    return clusters.reversed().prefix(8).enumerated().map { index, cluster in
      let range = Timeline.range(cluster, knownOn: header.knownOn)
      func isShown(_ day: CivilDate) -> Bool { range.map { $0.first <= day && day <= $0.last } ?? false }
      let content = Timeline.Content(
        windows: cluster, acts: acts.mapValues { $0.filter { isShown($0.key) } },
        letters: letters.filter { isShown($0.key) }, knownOn: header.knownOn)
      let wide = Timeline(content: content, text: text, width: 940, fontSize: 13)
      let narrow = Timeline(content: content, text: text, width: 380, fontSize: 12)
      let rows = wide.rows
      let pictures =
        wide.svg(id: "tw\(index)", cssClass: "wide") + narrow.svg(id: "tn\(index)", cssClass: "narrow")
      if rows.isEmpty { return "<figure>\(pictures)</figure>\n" }
      let lines = rows.prefix(400).map { row -> HTML in
        "<tr><td><time datetime=\"\(row.day.description)\">\(text.longDay(row.day))</time><td>\(row.what)<td class=num>\(text.number(row.count))\n"
      }
      let more =
        rows.count > 400
        ? text("… dan \(rows.count - 400) baris lagi", "… and \(rows.count - 400) more rows") : ""
      return """
        <figure>\(pictures)
        <details><summary>\(text[.timelineData])</summary><table class=data><thead><tr><th scope=col>\(text[.day])<th scope=col>\(text[.what])<th scope=col class=num>\(text[.count])</thead><tbody>
        \(lines)</tbody></table><p class=help>\(more)</p></details>
        </figure>

        """
    }
  }

  /// The law and the dates of each window that a reader can be sent to.
  func windowCards(_ text: HTMLText) -> [HTML] {
    // Findings can point at any window of the page's records, also one that only lies near.
    header.table.windows.filter { usedWindows.contains(number(of: $0)) }.map {
      Self.card($0, number: number(of: $0), text)
    }
  }

  /// The law and the dates of one window.
  static func card(_ window: Window, number: Int, _ text: HTMLText) -> HTML {
    var facts: [(String, String)] = []
    facts.append(
      (
        window.anchorKind.phrase[text.language].capitalizedFirst,
        "\(window.anchor.value.exact.map(text.longDay) ?? window.anchor.value.text(text.language)) — \(window.anchor.instrument), \(known(window.anchor.knownFrom, text))"
      ))
    if let raw = window.rawEdge {
      facts.append(
        (
          text("Hari batas", "Boundary day"),
          raw.written(text.language)
            + (raw.exists ? "" : " " + text("(hari itu tidak ada; dibulatkan)", "(no such day; rounded)"))
        ))
    }
    if window.earliest != window.latest {
      facts.append(
        (
          text("Hari pertama, menurut cara hitung", "First day, by way of counting"),
          ReadingText.groups(window.openReadings.members, text.language) { window.firstDay($0) }
            .joined(separator: "; ")
        ))
    }
    for axis in window.closedAxes {
      facts.append(
        (
          axis.axis.phrase(in: window)[text.language].prefix(1).uppercased()
            + axis.axis.phrase(in: window)[text.language].dropFirst(),
          "\(axis.axis.phrase(axis.value)[text.language]) — \(axis.citation), \(known(axis.knownFrom, text))"
        ))
    }
    if let term = window.termEnd, window.anchorKind != .termEnd {
      facts.append(
        (text("Akhir masa jabatan", "End of term"), "\(term.instrument), \(known(term.knownFrom, text))"))
    }
    let until = window.version.inForceUntil.map(text.longDay) ?? text("sekarang", "now")
    facts.append(
      (text("Berlaku", "In force"), "\(text.longDay(window.version.inForceFrom)) – \(until)"))
    facts.append((text("Dasar", "Sources"), window.citations.joined(separator: "; ")))
    if window.version.opens.months != 0 {
      let anchor = window.anchorKind.phrase
      facts.append(
        (
          text("Yang akan mengubahnya", "What would change it"),
          text(
            "jadwal yang menggeser \(anchor.indonesian) menggeser masa larangan ini dan menilai ulang semua tindakan",
            "a schedule that moves the \(anchor.english) moves this window and judges every act again")
        ))
    }
    let span =
      text.longDay(window.earliest) + " – "
      + (window.closes.map(text.longDay) ?? text("belum diketahui", "not known yet"))
    let list = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }
    return """
      <article class=w id=w\(number)><h3>\(window.ruleTitle) · \(window.election)</h3><p class=span><b>\(span)</b></p><dl>
      \(list)</dl></article>

      """
  }

  private static func known(_ day: CivilDate, _ text: HTMLText) -> String {
    text("diketahui sejak", "known from") + " " + text.longDay(day)
  }
}
