import AuditBase
import FreezeRules

extension ElectionCalendar {
  /// Reads `calendar.yaml`; `calendar --print` shows the format.
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name for complaints.
  ///   - hash: SHA-256 of the text, lower-case hex.
  package init(yaml text: String, file: String, hash: String) throws(FileError) {
    try self.init(YAMLValue(parsing: text, file: file), hash: hash)
  }

  /// Reads the same from a part of another file.
  init(_ value: YAMLValue, hash: String) throws(FileError) {
    var reader = CalendarReader()
    try reader.read(value, isAddition: false)
    self = try reader.calendar(value, hash: hash)
  }

  /// Reads a part of another file, with facts added by id.
  init(_ value: YAMLValue, additions: YAMLValue, hash: String) throws(FileError) {
    var reader = CalendarReader()
    try reader.read(value, isAddition: false)
    try reader.read(additions, isAddition: true)
    self = try reader.calendar(value, hash: hash)
  }

  /// A calendar with a site's own facts added, by id.
  /// - Parameters:
  ///   - base: the calendar, as text.
  ///   - additions: the files with the additions, in the order in which they are added.
  ///   - hash: of all of them.
  ///   - isShipped: it is the shipped one, whose facts hold together (a test holds it): a start need not look again.
  init(
    base: (text: String, file: String), additions: [(text: String, file: String)], hash: String,
    isShipped: Bool
  ) throws(FileError) {
    let root = try YAMLValue(parsing: base.text, file: base.file)
    var reader = CalendarReader()
    try reader.read(root, isAddition: false)
    for addition in additions {
      try reader.read(try YAMLValue(parsing: addition.text, file: addition.file), isAddition: true)
    }
    self = try reader.calendar(root, hash: hash, isChecked: !isShipped || !additions.isEmpty)
  }
}

/// Reads calendar files one on top of the other, and keeps where every fact stands, for complaints.
private struct CalendarReader {
  private struct Facts {
    var facts: [CalendarFact] = []
    var places: [YAMLValue] = []
  }
  private struct ElectionEntry {
    let id: String
    let regions: Regions
    var determination = Facts()
    var termEnd = Facts()
    var vote = Facts()
    var succeededBy: [String] = []
  }
  private struct InaugurationEntry {
    let id: String
    let regions: Regions
    var date = Facts()
    var termEnd = Facts()
  }

  private var elections: [ElectionEntry] = []
  private var inaugurations: [InaugurationEntry] = []
  private var actingHeads: [ActingHead] = []
  private var completeThrough: [Dated<CivilDate>] = []
  private var verifiedOn: CivilDate?
  private var successors: [(id: String, place: YAMLValue)] = []
  private let regions = RegionReader()

  mutating func read(_ value: YAMLValue, isAddition: Bool) throws(FileError) {
    let root = try value.mapping(allowed: [
      "complete_through", "verified_on", "elections", "inaugurations", "acting_heads",
    ])
    for item in try root["elections"]?.list() ?? [] { try readElection(item, isAddition) }
    for item in try root["inaugurations"]?.list() ?? [] { try readInauguration(item, isAddition) }
    for item in try root["acting_heads"]?.list() ?? [] { actingHeads.append(try actingHead(item)) }
    if let value = root["complete_through"] {
      try readEnd(value)
    } else if !isAddition {
      throw root.error(
        id:
          "kunci \"complete_through\" wajib ada: hari terakhir yang masa larangannya pasti lengkap, misalnya complete_through: [{date: 2030-11-18, instrument: \"MK 135/PUU-XXII/2024\", known_from: 2025-06-26}]. Berkas bentuk lama? Lihat calendar --print",
        en:
          "the key \"complete_through\" is required: the last day up to which no window is missing, for example complete_through: [{date: 2030-11-18, instrument: \"MK 135/PUU-XXII/2024\", known_from: 2025-06-26}]. A file of the old format? See calendar --print"
      )
    }
    if let value = root["verified_on"] {
      verifiedOn = try value.date()
    } else if !isAddition {
      throw root.error(
        id:
          "kunci \"verified_on\" wajib ada: hari terakhir fakta diperiksa ke sumbernya, misalnya verified_on: 2026-01-20",
        en:
          "the key \"verified_on\" is required: the day on which the facts were last checked against sources, for example verified_on: 2026-01-20"
      )
    }
  }

  private mutating func readEnd(_ value: YAMLValue) throws(FileError) {
    let items = value.isList ? try value.list() : [value]
    guard !items.isEmpty else {
      throw value.error(id: "tulis paling sedikit satu fakta", en: "write at least one fact")
    }
    for item in items {
      let map = try item.mapping(allowed: ["date", "instrument", "known_from"])
      let knownFrom = try map.required("known_from")
      let end = Dated(
        try map.required("date").date(), instrument: try map.required("instrument").instrument(),
        knownFrom: try knownFrom.date())
      guard !completeThrough.contains(where: { $0.knownFrom == end.knownFrom && $0.value != end.value })
      else {
        throw knownFrom.error(
          id: "dua akhir kalender diketahui sejak hari yang sama; satu hari hanya boleh satu",
          en: "two ends of the calendar became known on the same day; only one a day is allowed")
      }
      completeThrough.append(end)
    }
  }

  private mutating func readElection(_ item: YAMLValue, _ isAddition: Bool) throws(FileError) {
    let map = try item.mapping(allowed: [
      "id", "regions", "except", "determination", "term_end", "succeeded_by", "vote",
    ])
    let id = try map.required("id")
    let name = try id.text()
    let place: Int
    if let known = elections.firstIndex(where: { $0.id == name }), isAddition {
      place = known
    } else {
      try checkNew(name, id)
      elections.append(ElectionEntry(id: name, regions: try regions.regions(map)))
      place = elections.count - 1
    }
    if let value = map["determination"] {
      try read(value, into: \.determination, of: place)
    } else if !isAddition {
      _ = try map.required("determination")
    }
    if let value = map["term_end"] { try read(value, into: \.termEnd, of: place) }
    if let value = map["vote"] { try read(value, into: \.vote, of: place) }
    if let value = map["succeeded_by"] {
      for word in value.isList ? try value.list() : [value] {
        let successor = try word.text()
        elections[place].succeededBy.append(successor)
        successors.append((successor, word))
      }
    }
  }

  private mutating func read(
    _ value: YAMLValue, into list: WritableKeyPath<ElectionEntry, Facts>, of place: Int
  ) throws(FileError) {
    let read = try facts(value)
    elections[place][keyPath: list].facts += read.facts
    elections[place][keyPath: list].places += read.places
  }

  private mutating func readInauguration(_ item: YAMLValue, _ isAddition: Bool) throws(FileError) {
    let map = try item.mapping(allowed: [
      "id", "regions", "except", "date", "term_end", "instrument", "known_from",
    ])
    let id = try map.required("id")
    let name = try id.text()
    if let old = map["instrument"] ?? map["known_from"] {
      throw old.error(
        id:
          "bentuk lama: tanggal kini fakta dengan sumbernya; tulis date: [{date: 2025-02-20, instrument: \"…\", known_from: 2025-02-20}]",
        en:
          "old format: a date is now a fact with its source; write date: [{date: 2025-02-20, instrument: \"…\", known_from: 2025-02-20}]"
      )
    }
    let place: Int
    if let known = inaugurations.firstIndex(where: { $0.id == name }), isAddition {
      place = known
    } else {
      try checkNew(name, id)
      inaugurations.append(
        InaugurationEntry(id: name, regions: map["regions"] == nil ? .all : try regions.regions(map)))
      place = inaugurations.count - 1
    }
    if let value = map["date"] {
      let read = try facts(value)
      inaugurations[place].date.facts += read.facts
      inaugurations[place].date.places += read.places
    } else if !isAddition {
      _ = try map.required("date")
    }
    if let value = map["term_end"] { inaugurations[place].termEnd.facts += try facts(value).facts }
  }

  private func checkNew(_ id: String, _ value: YAMLValue) throws(FileError) {
    guard !elections.contains(where: { $0.id == id }), !inaugurations.contains(where: { $0.id == id }) else {
      throw value.error(
        id: "id \"\(id)\" sudah dipakai; setiap id harus unik",
        en: "the id \"\(id)\" is taken; ids must be unique")
    }
  }

  /// A fact or a list of facts (empty: nothing announced yet), each with its instrument and the day it became known.
  private func facts(_ value: YAMLValue) throws(FileError) -> Facts {
    var read = Facts()
    for item in value.isList ? try value.list() : [value] {
      let map = try item.mapping(allowed: ["date", "regions", "except", "instrument", "known_from"])
      let day = try calendarDay(try map.required("date"))
      let instrument = try map.required("instrument").instrument()
      let knownFrom = try map.required("known_from").date()
      let terms = try map["regions"].map { value throws(FileError) in try regions.terms(value) }
      let except = try map["except"].map { value throws(FileError) in try regions.terms(value) } ?? []
      read.facts.append(
        CalendarFact(day, regions: terms, except: except, instrument: instrument, knownFrom: knownFrom))
      read.places.append(item)
    }
    return read
  }

  /// A day, `open`, `{between: [a, b]}` or `{after: a}`.
  private func calendarDay(_ value: YAMLValue) throws(FileError) -> CalendarDay {
    guard value.isMapping else { return try value.dateOrOpen().map { CalendarDay.day($0) } ?? .open }
    let map = try value.mapping(allowed: ["between", "after"])
    if let after = map["after"], map["between"] == nil { return .after(try after.date()) }
    guard let between = map["between"], map["after"] == nil, try between.list().count == 2 else {
      throw value.error(
        id: "tulis satu hari, open, {between: [hari, hari]} atau {after: hari}",
        en: "write a day, open, {between: [day, day]} or {after: day}")
    }
    let days = try between.list()
    let (first, last) = (try days[0].date(), try days[1].date())
    guard first <= last else {
      throw between.error(
        id: "rentang berakhir (\(last)) sebelum mulai (\(first)); tulis yang lebih awal dulu",
        en: "the span ends (\(last)) before it begins (\(first)); write the earlier day first")
    }
    return first == last ? .day(first) : .between(first, last)
  }

  private func actingHead(_ item: YAMLValue) throws(FileError) -> ActingHead {
    let map = try item.mapping(allowed: ["region", "kind", "from", "until", "instrument", "known_from"])
    let from = try map.required("from").date()
    let untilValue = try map.required("until")
    let until = try calendarDay(untilValue)
    if let last = until.latest, last < from {
      throw untilValue.error(
        id: "\(last) lebih awal daripada from \(from)", en: "\(last) is before from \(from)")
    }
    let region = try regions.region(try map.required("region"))
    for other in actingHeads where other.region == region.code {
      let last = other.until.latest ?? .max
      // On the day of the handing over there may be both.
      guard from < last, other.from < until.latest ?? .max else { continue }
      throw try map.required("from").error(
        id:
          "\(region.label) pada \(max(from, other.from)) sudah mempunyai kepala daerah sementara; masa dua orang tidak boleh bertumpuk",
        en:
          "\(region.label) has an acting head on \(max(from, other.from)) already; two stretches may not overlap"
      )
    }
    return ActingHead(
      region: region.code, kind: try map.required("kind").choice(),
      from: from, until: until, instrument: try map.required("instrument").instrument(),
      knownFrom: try map.required("known_from").date())
  }

  /// The whole, once it is known to hold together.
  func calendar(_ root: YAMLValue, hash: String, isChecked: Bool = true) throws(FileError) -> ElectionCalendar
  {
    guard !elections.isEmpty || !inaugurations.isEmpty else {
      throw root.error(
        id: "kalender kosong; tulis paling sedikit satu pemilihan atau pelantikan",
        en: "the calendar is empty; write at least one election or inauguration")
    }
    for successor in successors where !inaugurations.contains(where: { $0.id == successor.id }) {
      let known = inaugurations.map(\.id).joined(separator: ", ")
      throw successor.place.error(
        id: "pelantikan \"\(successor.id)\" tidak ada; yang ada: \(known)",
        en: "there is no inauguration \"\(successor.id)\"; there are: \(known)")
    }
    guard let verifiedOn else {
      throw root.error(id: "kunci \"verified_on\" wajib ada", en: "the key \"verified_on\" is required")
    }
    let calendar = ElectionCalendar(
      elections: elections.map {
        Election(
          id: $0.id, regions: $0.regions, determinations: $0.determination.facts, termEnds: $0.termEnd.facts,
          succeededBy: $0.succeededBy, votes: $0.vote.facts)
      },
      inaugurations: inaugurations.map {
        Inauguration(id: $0.id, regions: $0.regions, dates: $0.date.facts, termEnds: $0.termEnd.facts)
      }, actingHeads: actingHeads, completeThrough: completeThrough, verifiedOn: verifiedOn, hash: hash)
    if isChecked, let problem = calendar.problem() { throw error(problem, root) }
    return calendar
  }

  private func error(_ problem: CalendarProblem, _ root: YAMLValue) -> FileError {
    let places =
      switch problem.list {
      case .determination(let at): elections[at].determination.places
      case .termEnd(let at): elections[at].termEnd.places
      case .oath(let at): inaugurations[at].date.places
      }
    let place = problem.fact < places.count ? places[problem.fact] : root
    return problem.error(at: place)
  }
}

extension CalendarProblem {
  /// The complaint, at the fact.
  fileprivate func error(at place: YAMLValue) -> FileError {
    switch kind {
    case .sameDay:
      place.child("known_from").error(
        id: "dua keterangan untuk \(region) diketahui sejak hari yang sama; satu hari hanya boleh satu",
        en: "two facts about \(region) became known on the same day; only one a day is allowed")
    case .secondOath(let first):
      place.child("date").error(
        id: "\(region) sudah dilantik pada \(first) dalam gelombang ini; hapus salah satu",
        en: "\(region) had its oath on \(first) in this wave already; remove one of the two")
    case .noPart:
      place.child("regions").error(
        id: "\(region) tidak ikut di sini; yang boleh hanya wilayah dari regions di atasnya",
        en: "\(region) takes no part here; only regions of the entry's own `regions` are allowed")
    case .endsBeforeDetermination(let end, let determination):
      place.error(
        id: "akhir masa jabatan \(end) tidak sesudah penetapan \(determination) (\(region))",
        en: "the end of the term \(end) is not after the determination \(determination) (\(region))")
    case .otherInauguration(let other):
      place.error(
        id: "\(region) sudah dilantik dalam \(other), gelombang yang sama; satu gelombang satu pelantikan",
        en: "\(region) is inaugurated in \(other), the same wave; one wave has one oath a region")
    }
  }
}
