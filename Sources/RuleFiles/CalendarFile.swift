import FreezeRules

extension ElectionCalendar {
  /// Reads `calendar.yaml`; the format is in the README.
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name for complaints.
  ///   - hash: SHA-256 of the text, lower-case hex.
  package init(yaml text: String, file: String, hash: String) throws(FileError) {
    try self.init(YAMLValue(parsing: text, file: file), hash: hash)
  }

  /// Reads the same from a part of another file.
  init(_ value: YAMLValue, hash: String) throws(FileError) {
    let root = try value.mapping(allowed: ["elections", "inaugurations"])
    var ids: Set<String> = []
    func id(_ map: YAMLMapping) throws(FileError) -> String {
      let value = try map.required("id")
      let id = try value.text()
      guard ids.insert(id).inserted else {
        throw value.error(
          id: "id \"\(id)\" sudah dipakai; setiap id harus unik",
          en: "the id \"\(id)\" is taken; ids must be unique")
      }
      return id
    }

    var elections: [Election] = []
    for item in try root["elections"]?.list() ?? [] {
      let map = try item.mapping(allowed: ["id", "regions", "except", "determination", "term_end"])
      let election = try id(map)
      let determinations = try Self.facts(try map.required("determination")) { value throws(FileError) in
        try value.dateOrOpen().map { CalendarDay.day($0) } ?? .open
      }
      let termEnds = try map["term_end"].map { value throws(FileError) in
        try Self.facts(value) { value throws(FileError) in
          try value.dateOrOpen().map { TermEnd.day($0) } ?? .open
        }
      }
      try Self.checkOrder(determinations, termEnds ?? [], at: map)
      elections.append(
        Election(
          id: election, regions: try Self.regions(map), determinations: determinations,
          termEnds: termEnds ?? []))
    }

    var inaugurations: [Inauguration] = []
    for item in try root["inaugurations"]?.list() ?? [] {
      let map = try item.mapping(allowed: ["id", "regions", "except", "date", "instrument", "known_from"])
      inaugurations.append(
        Inauguration(
          id: try id(map), regions: try Self.regions(map),
          date: Dated(
            try map.required("date").date(), instrument: try map.required("instrument").instrument(),
            knownFrom: try map.required("known_from").date())))
    }
    guard !elections.isEmpty || !inaugurations.isEmpty else {
      throw root.error(
        id: "kalender kosong; tulis paling sedikit satu pemilihan atau pelantikan",
        en: "the calendar is empty; write at least one election or inauguration")
    }
    self.init(elections: elections, inaugurations: inaugurations, hash: hash)
  }

  /// A term cannot end before the candidates for the next one are determined, by what is known of both at last.
  private static func checkOrder(
    _ determinations: [Dated<CalendarDay>], _ termEnds: [Dated<CalendarDay>], at map: YAMLMapping
  ) throws(FileError) {
    func last(_ facts: [Dated<CalendarDay>]) -> CivilDate? {
      facts.sorted { $0.knownFrom > $1.knownFrom }.lazy.compactMap {
        if case .day(let day) = $0.value { day } else { nil }
      }.first
    }
    guard let determination = last(determinations), let end = last(termEnds), end <= determination else {
      return
    }
    throw (map["term_end"] ?? map.value).error(
      id: "akhir masa jabatan \(end) tidak sesudah penetapan \(determination)",
      en: "the end of the term \(end) is not after the determination \(determination)")
  }

  /// A fact or a list of facts (empty: nothing announced yet), each with its instrument and the day it became known; no two from the same day.
  private static func facts<Value>(
    _ value: YAMLValue, _ read: (YAMLValue) throws(FileError) -> Value
  ) throws(FileError) -> [Dated<Value>] {
    var facts: [Dated<Value>] = []
    for item in value.isList ? try value.list() : [value] {
      let map = try item.mapping(allowed: ["date", "instrument", "known_from"])
      let knownFrom = try map.required("known_from")
      let day = try knownFrom.date()
      guard !facts.contains(where: { $0.knownFrom == day }) else {
        throw knownFrom.error(
          id: "dua keterangan diketahui sejak hari yang sama; satu hari hanya boleh satu",
          en: "two facts became known on the same day; only one a day is allowed")
      }
      facts.append(
        Dated(
          try read(try map.required("date")), instrument: try map.required("instrument").instrument(),
          knownFrom: day))
    }
    return facts
  }

  private static func regions(_ map: YAMLMapping) throws(FileError) -> Regions {
    let value = try map.required("regions")
    let except = try map["except"].map { value throws(FileError) in try codes(value) } ?? []
    let words = try value.isList ? value.list() : [value]
    if words.count == 1 {
      switch try words[0].text() {
      case "all": return Regions(.all, except: except)
      case "declared": return Regions(.declared, except: except)
      default: break
      }
    }
    return Regions(.codes(try codes(value)), except: except)
  }

  private static func codes(_ value: YAMLValue) throws(FileError) -> [String] {
    var codes: [String] = []
    for item in try value.isList ? value.list() : [value] {
      let code = try item.text()
      guard RegionCode.isCode(code) else {
        throw item.error(
          id:
            "\"\(code)\" bukan kode wilayah Kemendagri; yang boleh: all, declared, atau kode seperti \"16\" dan \"16.05\"",
          en:
            "\"\(code)\" is not a Kemendagri region code; allowed: all, declared, or codes like \"16\" and \"16.05\""
        )
      }
      codes.append(code)
    }
    guard !codes.isEmpty else {
      throw value.error(id: "daftar wilayah kosong", en: "the list of regions is empty")
    }
    return codes
  }
}
