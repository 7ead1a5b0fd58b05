import AuditBase
import FreezeRules

extension CalendarDay {
  /// The day, or as much of it as is known.
  package func text(_ language: Language) -> String {
    switch self {
    case .day(let day): day.written(language)
    case .between(let first, let last):
      Text(
        "antara \(first.written(.indonesian)) dan \(last.written(.indonesian))",
        "between \(first.written(.english)) and \(last.written(.english))")[language]
    case .after(let day):
      Text("\(day.written(.indonesian)) atau sesudahnya", "\(day.written(.english)) or later")[language]
    case .open: Text("belum ditetapkan", "still open")[language]
    }
  }
}

extension MissingFact {
  /// What is not known, with what is known of it and its source.
  package func sentence(_ language: Language) -> String {
    switch kind {
    case .calendarEnds:
      guard let known, let end = known.value.exact else {
        return Text("Belum ada kalender yang diketahui.", "No calendar was known.")[language]
      }
      return Text(
        "Kalender hanya lengkap sampai dengan \(end.written(.indonesian)) (\(known.instrument)); sesudahnya tidak diketahui.",
        "The calendar is complete through \(end.written(.english)) only (\(known.instrument)); after that nothing is known."
      )[
        language]
    case .regionUnknown:
      let found = region.map { " \"\(PlainText.line($0, limit: 60))\"" } ?? ""
      return Text(
        "Wilayah\(found) tidak dikenal, dan pada hari itu wilayah berbeda-beda.",
        "The region\(found) is not known, and on that day the regions differ.")[language]
    case .factUnknown:
      let place = regionLabel.map { " " + $0 } ?? ""
      let what = anchor?.phrase ?? Text("hari", "day")
      let day = known?.value.text(language) ?? "-"
      let source = known.map { " (\($0.instrument))" } ?? ""
      return Text(
        "Hari \(what.indonesian)\(place) tidak diketahui pasti: \(day)\(source).",
        "The day of the \(what.english)\(place) is not known for certain: \(day)\(source).")[language]
    }
  }

  /// What would settle it.
  package func settle(_ language: Language) -> String {
    switch kind {
    case .calendarEnds:
      Text(
        "kalender yang lebih panjang (perbarui program, atau complete_through dalam calendar_additions)",
        "a longer calendar (a newer program, or complete_through in calendar_additions)")[language]
    case .regionUnknown:
      Text(
        "kode wilayah pada catatan, atau --region (region: dalam konfigurasi)",
        "the code of the region in the record, or --region (region: in the configuration)")[language]
    case .factUnknown:
      Text(
        "hari pastinya, ditulis dalam calendar_additions (atau --calendar-add): \(line)",
        "the very day, written in calendar_additions (or --calendar-add): \(line)")[language]
    }
  }

  /// The line of a calendar that would supply the day.
  private var line: String {
    let place = region ?? "…"
    let fact = "{regions: [\"\(place)\"], date: YYYY-MM-DD, instrument: \"…\", known_from: YYYY-MM-DD}"
    return
      "\(election ?? "…") \(anchor == .determination ? "determination" : anchor == .inauguration ? "date" : "term_end"): [\(fact)]"
  }

  private var regionLabel: String? {
    region.map { RegionRegistry.shipped.region(code: $0)?.label ?? PlainText.line($0, limit: 40) }
  }

  /// `{fact, event, of, region, earliest, latest, instrument, settle}`.
  package var json: JSON {
    .object([
      "fact": .string(kind.rawValue), "event": .text(anchor?.rawValue), "of": .text(election),
      "region": .text(region), "earliest": .text(known?.value.earliest?.description),
      "latest": .text(known?.value.latest?.description), "instrument": .text(known?.instrument),
    ])
  }
}

extension [MissingFact] {
  /// All of them, one sentence each.
  package func sentences(_ language: Language) -> String {
    map { $0.sentence(language) }.joined(separator: " ")
  }

  /// The same without the last full stop, to go on with.
  package func clause(_ language: Language) -> String {
    let text = sentences(language)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// What would settle them, each once.
  package func settling(_ language: Language) -> [String] {
    reduce(into: []) { all, fact in
      let text = fact.settle(language)
      if !all.contains(text) { all.append(text) }
    }
  }
}

/// How far a calendar reaches, and when it was checked.
package struct CalendarReach: Sendable, Equatable {
  /// The last day up to which it is complete, `nil`: none was known.
  package let completeThrough: CivilDate?
  /// When its facts were last checked.
  package let verifiedOn: CivilDate

  /// As known on the table's day.
  package init(_ table: WindowTable) {
    completeThrough = table.completeThrough?.value
    verifiedOn = table.calendar.verifiedOn
  }

  /// `Kalender lengkap sampai dengan 2030-11-18, terakhir diperiksa 2026-01-20.`
  package func sentence(_ language: Language) -> String {
    let end = completeThrough?.written(language) ?? Text("belum diketahui", "not known")[language]
    return Text(
      "Kalender lengkap sampai dengan \(end), terakhir diperiksa \(verifiedOn.written(.indonesian)).",
      "Calendar complete through \(end), checked on \(verifiedOn.written(.english)).")[language]
  }

  /// What a person should do something about, `nil`: nothing. From six months before the end on, and when the last check is
  /// more than a year old.
  package func warning(today: CivilDate) -> Text? {
    let end = completeThrough.flatMap { $0.moved(byMonths: -6).rounded(.down) } ?? .min
    if today >= end {
      let until = (completeThrough?.written(.indonesian) ?? "-", completeThrough?.written(.english) ?? "-")
      return Text(
        "kalender hanya lengkap sampai dengan \(until.0): perbarui program atau calendar_additions",
        "the calendar is complete through \(until.1) only: update the program or calendar_additions")
    }
    guard let year = verifiedOn.moved(byMonths: 12).rounded(.down), today > year else { return nil }
    return Text(
      "kalender terakhir diperiksa \(verifiedOn.written(.indonesian)), lebih dari setahun lalu: perbarui program",
      "the calendar was last checked on \(verifiedOn.written(.english)), more than a year ago: update the program"
    )
  }
}

extension WindowTable {
  /// How far its calendar reaches, in a sentence.
  package func calendarState(_ language: Language) -> String { CalendarReach(self).sentence(language) }
}

extension Judgement {
  /// `Kab. Serang (36.04)`, or the region as found.
  package func regionLabel(_ language: Language) -> String {
    region?.label ?? action.regionCode.map { PlainText.line($0, limit: 60) }
      ?? Text("wilayah tidak diketahui", "region not known")[language]
  }
}

extension Window {
  /// The last day that an uncertain end can be, where that is known.
  var uncertainEnd: CivilDate? { closes == nil && reach.last < .max ? reach.last : nil }
}
