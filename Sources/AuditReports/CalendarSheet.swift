import AuditBase
import FreezeRules

/// What a calendar knows of a region, or of all: each fact with its source, and the windows that follow.
package struct CalendarSheet {
  /// One fact of an election or inauguration.
  struct Row {
    let event: String
    let what: Text
    /// The key of the calendar it stands under.
    let key: String
    let fact: CalendarFact
  }

  private let table: WindowTable
  private let region: Region?
  let rows: [Row]
  private let windows: [Window]

  /// - Parameter region: code or name; `nil`: every fact.
  package init(_ table: WindowTable, region text: String?) {
    self.table = table
    let registry = table.calendar.registry
    let region = text.flatMap { registry.named($0) }
    self.region = region
    let index = region.map { registry.deciding($0).index }
    var rows: [Row] = []
    func add(_ event: String, _ regions: Regions, _ key: String, _ what: Text, _ facts: [CalendarFact]) {
      if let index, !regions.members(registry).contains(index) { return }
      for fact in facts where fact.day.knownFrom <= table.knownOn {
        if let index, !fact.members(registry).contains(index) { continue }
        rows.append(Row(event: event, what: what, key: key, fact: fact))
      }
    }
    for election in table.calendar.elections {
      add(
        election.id, election.regions, "determination", EdgeRule.Anchor.determination.phrase,
        election.determinations)
      add(election.id, election.regions, "vote", Text("pemungutan suara", "vote"), election.votes)
      add(election.id, election.regions, "term_end", EdgeRule.Anchor.termEnd.phrase, election.termEnds)
    }
    for inauguration in table.calendar.inaugurations {
      add(
        inauguration.id, inauguration.regions, "date", EdgeRule.Anchor.inauguration.phrase, inauguration.dates
      )
      add(
        inauguration.id, inauguration.regions, "term_end",
        Text("akhir masa jabatan yang dimulai", "end of the term that began"), inauguration.termEnds)
    }
    for head in table.calendar.actingHeads where head.knownFrom <= table.knownOn {
      guard index == nil || registry.deciding(head.region)?.index == index else { continue }
      for (day, anchor) in [
        (CalendarDay.day(head.from), EdgeRule.Anchor.actingFrom), (head.until, .actingUntil),
      ] {
        rows.append(
          Row(
            event: head.id, what: anchor.phrase, key: anchor.rawValue,
            fact: CalendarFact(day, instrument: head.instrument, knownFrom: head.knownFrom)))
      }
    }
    self.rows = rows
    windows = region == nil ? [] : table.windows(in: region?.code)
  }

  /// For a terminal.
  package func text(_ language: Language) -> String {
    var lines: [String] = []
    if let region { lines.append(region.label + waves(region, language)) }
    lines.append(table.calendarState(language))
    var event = ""
    for row in rows {
      if row.event != event { lines.append("\n" + row.event) }
      event = row.event
      lines.append("  \(row.what[language]): \(row.fact.day.value.text(language))\(place(row))")
      lines.append(
        "    \(PlainText.line(row.fact.day.instrument, limit: 200)), "
          + Text("diketahui sejak", "known from")[language] + " \(row.fact.day.knownFrom.written(language))")
    }
    if region != nil {
      lines.append("\n" + Text("Masa larangan", "Frozen periods")[language])
      for window in windows {
        lines.append("  \(window.ruleTitle) · \(window.election): \(window.span(language))")
      }
      for fact in table.missing(in: region?.code) {
        lines.append("  ! " + fact.sentence(language))
        lines.append("    " + fact.settle(language))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func waves(_ region: Region, _ language: Language) -> String {
    region.waves.isEmpty
      ? Text(": kepala daerahnya tidak dipilih", ": its head is not elected")[language]
      : Text(": gelombang ", ": waves ")[language] + region.waves.map(String.init).joined(separator: ", ")
  }

  private func place(_ row: Row) -> String {
    guard region == nil, let terms = row.fact.regions else { return "" }
    let names = terms.prefix(6).map { term -> String in
      switch term {
      case .all: "all"
      case .wave(let year): "wave \(year)"
      case .code(let code): code
      case .within(let code): code + ".*"
      }
    }
    return " [" + names.joined(separator: ", ") + (terms.count > 6 ? ", …" : "") + "]"
  }

  /// `{region, region_name, complete_through, verified_on, facts[…], windows[…], missing_facts[…]}`.
  package var json: JSON {
    .object([
      "region": .text(region?.code), "region_name": .text(region?.label),
      "waves": .array((region?.waves ?? []).map { .integer($0) }),
      "complete_through": .text(table.completeThrough?.value.description),
      "verified_on": .string(table.calendar.verifiedOn.description),
      "facts": .array(
        rows.map { row in
          let day = row.fact.day
          return .object([
            "of": .string(row.event), "fact": .string(row.key), "date": .text(day.value.exact?.description),
            "earliest": .text(day.value.earliest?.description),
            "latest": .text(day.value.latest?.description),
            "open": .bool(day.value == .open), "instrument": .string(day.instrument),
            "known_from": .string(day.knownFrom.description),
          ])
        }),
      "windows": .array(windows.map(\.json)),
      "missing_facts": .array(region == nil ? [] : table.missing(in: region?.code).map(\.json)),
    ])
  }

  /// The windows as a calendar file (RFC 5545): each frozen period as a stretch of days, the first free day as a day.
  package func ics(_ language: Language) -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//freeze-auditor//calendar//ID", "CALSCALE:GREGORIAN",
    ]
    func event(_ uid: String, _ from: CivilDate, _ until: CivilDate, _ title: String, _ about: String) {
      func day(_ date: CivilDate) -> String { date.description.filter { $0 != "-" } }
      lines += ["BEGIN:VEVENT", "UID:\(uid)@freeze-auditor", "DTSTAMP:\(day(table.knownOn))T000000Z"]
      lines += ["DTSTART;VALUE=DATE:\(day(from))", "DTEND;VALUE=DATE:\(day(until.adding(days: 1) ?? until))"]
      lines += [
        "SUMMARY:" + Self.escaped(title), "DESCRIPTION:" + Self.escaped(about), "TRANSP:TRANSPARENT",
        "END:VEVENT",
      ]
    }
    let code = region?.code ?? "-"
    var taken: Set<String> = []
    for window in windows {
      // Two versions of a rule may each have a window of one election: every event needs a name of its own.
      var id = "\(code)-\(window.rule)-\(window.election)"
      if !taken.insert(id).inserted {
        id += "-\(window.version.inForceFrom)"
        taken.insert(id)
      }
      let about = (window.citations + [window.anchor.instrument]).joined(separator: "; ")
      let place = region?.shortName ?? ""
      // The day before, unless another rule freezes that one: from the next day on the letter comes first.
      if let before = window.earliest.adding(days: -1), PlannedDay(before, region: code, table).isFree {
        event(
          id + "-letter", before, before,
          Text("Hari terakhir tanpa surat Menteri, ", "Last day without the Minister's letter, ")[language]
            + place,
          Text(
            "Mulai besok penggantian pejabat memerlukan surat persetujuan Menteri bertanggal paling lambat hari tindakannya. ",
            "From tomorrow on replacing officials needs a letter of the Minister dated no later than the act. "
          )[
            language] + about)
      }
      guard window.isCertain, let closes = window.closes else {
        event(
          id, window.earliest, window.earliest,
          Text(
            "Masa larangan mulai (akhirnya belum diketahui), ", "A freeze begins (its end is not known), ")[
              language] + place, about)
        continue
      }
      event(
        id, window.earliest, closes,
        Text("Masa larangan penggantian pejabat, ", "Freeze on replacing officials, ")[language] + place,
        about)
      guard let free = closes.adding(days: 1), PlannedDay(free, region: code, table).isFree else { continue }
      event(
        id + "-free", free, free, Text("Bebas sejak hari ini, ", "Free from this day, ")[language] + place,
        about)
    }
    return (lines + ["END:VCALENDAR"]).flatMap(Self.folded).joined(separator: "\r\n") + "\r\n"
  }

  private static func escaped(_ text: String) -> String {
    PlainText.line(text).replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
  }

  /// No line longer than 75 bytes; what follows begins with a blank.
  private static func folded(_ line: String) -> [String] {
    var folded: [String] = []
    var rest = ""
    for character in line {
      if rest.utf8.count + String(character).utf8.count > 74 {
        folded.append(rest)
        rest = " "
      }
      rest.append(character)
    }
    return folded + [rest]
  }

  /// One page to print.
  package func html(_ language: Language) -> String {
    let title = region?.label ?? Text("Kalender", "Calendar")[language]
    let facts = rows.map { row -> HTML in
      "<tr><td>\(row.event)<td>\(row.what[language])<td>\(row.fact.day.value.text(language))<td>\(PlainText.line(row.fact.day.instrument, limit: 200))<td>\(row.fact.day.knownFrom.written(language))"
    }
    let periods = windows.map { window -> HTML in
      "<tr><td>\(window.ruleTitle)<td>\(window.election)<td>\(window.span(language))"
    }
    let missing =
      region == nil ? [] : table.missing(in: region?.code).map { "<li>\($0.sentence(language))" as HTML }
    let (periodsTitle, factsTitle) = (
      Text("Masa larangan", "Frozen periods")[language],
      Text("Fakta dan sumbernya", "Facts and their sources")[language]
    )
    let body: HTML = """
      <p class=s>\(table.calendarState(language))</p>
      <h2>\(periodsTitle)</h2><table class=cards>\(periods)</table><ul>\(missing)</ul>
      <h2>\(factsTitle)</h2><table class=cards>\(facts)</table>

      """
    return PrintedPage.html(title, language, body: body)
  }
}
