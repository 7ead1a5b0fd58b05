import FreezeRules

extension Rulebook {
  /// Reads `rules.yaml`; the format is in the README.
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name for complaints.
  ///   - hash: SHA-256 of the text, lower-case hex.
  package init(yaml text: String, file: String, hash: String) throws(FileError) {
    try self.init(YAMLValue(parsing: text, file: file), hash: hash)
  }

  /// Reads the same from a part of another file.
  init(_ value: YAMLValue, hash: String) throws(FileError) {
    let root = try value.mapping(allowed: ["rules", "coverage", "kinds", "backdating_days"])
    var rules: [Rule] = []
    for item in try root.required("rules").list() {
      let rule = try Self.rule(item)
      guard !rules.contains(where: { $0.id == rule.id }) else {
        throw item.error(id: "id \"\(rule.id)\" sudah dipakai", en: "the id \"\(rule.id)\" is taken")
      }
      rules.append(rule)
    }
    guard rules.contains(where: \.enabled) else {
      throw try root.required("rules").error(
        id: "tidak ada aturan yang menyala (enabled: true); paling sedikit satu",
        en: "no rule is switched on (enabled: true); at least one must be")
    }
    self.init(
      rules: rules, coverage: try Self.coverage(try root.required("coverage")),
      kinds: try Self.kinds(try root.required("kinds")),
      backdatingDays: try root.required("backdating_days").integer(in: 0...366), hash: hash)
  }

  private static func rule(_ item: YAMLValue) throws(FileError) -> Rule {
    let map = try item.mapping(allowed: ["id", "enabled", "versions", "closed_axes"])
    let list = try map.required("versions")
    var versions: [RuleVersion] = []
    for value in try list.list() { versions.append(try version(value)) }
    try checkSuccession(versions, at: list)
    var axes: [ClosedAxis] = []
    for value in try map["closed_axes"]?.list() ?? [] {
      let map = try value.mapping(allowed: ["axis", "value", "elections", "citation", "known_from"])
      let axis: Axis = try map.required("axis").choice()
      var elections: [String] = []
      if let list = map["elections"] {
        for election in try list.list() { elections.append(try election.text()) }
        guard !elections.isEmpty else {
          throw list.error(
            id: "daftar kosong; sebut id pemilihan, atau hapus kunci ini agar berlaku untuk semua",
            en: "the list is empty; name ids of elections, or leave the key out to mean all")
        }
      }
      let closed = ClosedAxis(
        axis: axis, value: try map.required("value").word(of: axis.values), elections: elections,
        citation: try map.required("citation").instrument(), knownFrom: try map.required("known_from").date())
      let clash = axes.contains {
        $0.axis == axis && $0.value != closed.value
          && ($0.elections.isEmpty || elections.isEmpty || !Set($0.elections).isDisjoint(with: elections))
      }
      guard !clash else {
        throw value.error(
          id:
            "sumbu \(axis.rawValue) ditutup dua kali dengan nilai berbeda untuk pemilihan yang sama; pilih satu",
          en:
            "the axis \(axis.rawValue) is closed twice with different values for the same election; keep one")
      }
      axes.append(closed)
    }
    return Rule(
      id: try map.required("id").text(), enabled: try map["enabled"]?.flag() ?? true, versions: versions,
      closedAxes: axes)
  }

  private static func version(_ value: YAMLValue) throws(FileError) -> RuleVersion {
    let map = try value.mapping(allowed: [
      "in_force_from", "in_force_until", "known_from", "opens", "closes", "citation", "approval",
      "exceptions",
    ])
    let from = try map.required("in_force_from").date()
    let untilValue = try map.required("in_force_until")
    let until = try untilValue.dateOrOpen()
    if let until, until < from {
      throw untilValue.error(
        id: "\(until) lebih awal daripada in_force_from \(from)",
        en: "\(until) is before in_force_from \(from)")
    }
    var exceptions: [RuleException] = []
    for value in try map["exceptions"]?.list() ?? [] { exceptions.append(try exception(value)) }
    let approval = try map["approval"]?.word(of: ["counts", "does not count"])
    let version = RuleVersion(
      inForceFrom: from, inForceUntil: until, knownFrom: try map.required("known_from").date(),
      opens: try edge(try map.required("opens")), closes: try edge(try map.required("closes")),
      citation: try map.required("citation").instrument(), isApprovable: approval != "does not count",
      exceptions: exceptions)
    if version.opens.months > 0 || version.closes.months < 0 {
      throw value.error(
        id: "opens.months harus 0 atau negatif dan closes.months 0 atau positif",
        en: "opens.months must be 0 or negative and closes.months 0 or positive")
    }
    if version.opens.anchor.event != version.closes.anchor.event {
      throw value.error(
        id:
          "opens dan closes harus berpangkal pada peristiwa yang sama: inauguration, acting_from/acting_until, atau determination/term_end",
        en:
          "opens and closes must be anchored on the same event: inauguration, acting_from/acting_until, or determination/term_end"
      )
    }
    if version.opens.anchor == version.closes.anchor, mayOpenLate(version.opens, version.closes) {
      throw value.error(
        id: "masa larangan mulai setelah berakhir; opens harus mendahului closes",
        en: "the window opens after it closes; opens must come before closes")
    }
    return version
  }

  private static func exception(_ value: YAMLValue) throws(FileError) -> RuleException {
    let map = try value.mapping(allowed: ["act", "from", "until", "known_from", "citation"])
    return RuleException(
      act: try map.required("act").choice(), from: try map.required("from").date(),
      until: try map.required("until").dateOrOpen(), knownFrom: try map.required("known_from").date(),
      citation: try map.required("citation").instrument())
  }

  /// Whether on some day the window would open after it closes. A month has 28 to 31 days; months before count back, months
  /// after forward.
  private static func mayOpenLate(_ opens: EdgeRule, _ closes: EdgeRule) -> Bool {
    if opens.months == closes.months { return opens.days > closes.days }
    return opens.months * 28 + opens.days > closes.months * 28 + closes.days
  }

  private static func edge(_ value: YAMLValue) throws(FileError) -> EdgeRule {
    let map = try value.mapping(allowed: ["anchor", "months", "days"])
    return EdgeRule(
      anchor: try map.required("anchor").choice(), months: try map["months"]?.integer(in: -120...120) ?? 0,
      days: try map["days"]?.integer(in: -366...366) ?? 0)
  }

  /// At every state of knowledge the versions follow each other day by day. Two versions from the same day are allowed
  /// only as an earlier and a later state of knowledge.
  private static func checkSuccession(_ versions: [RuleVersion], at list: YAMLValue) throws(FileError) {
    guard !versions.isEmpty else {
      throw list.error(id: "paling sedikit satu versi", en: "at least one version is needed")
    }
    for known in Set(versions.map(\.knownFrom)).sorted() {
      var state: [RuleVersion] = []
      for version in versions where version.knownFrom <= known {
        if let index = state.firstIndex(where: { $0.inForceFrom == version.inForceFrom }) {
          guard state[index].knownFrom != version.knownFrom else {
            throw list.error(
              id:
                "dua versi berlaku sejak \(version.inForceFrom) dengan known_from yang sama: tumpang tindih tidak boleh",
              en:
                "two versions are in force from \(version.inForceFrom) with the same known_from: overlaps are not allowed"
            )
          }
          if state[index].knownFrom < version.knownFrom { state[index] = version }
        } else {
          state.append(version)
        }
      }
      try checkOneAfterAnother(state.sorted { $0.inForceFrom < $1.inForceFrom }, at: list)
    }
  }

  private static func checkOneAfterAnother(_ versions: [RuleVersion], at list: YAMLValue) throws(FileError) {
    for (version, following) in zip(versions, versions.dropFirst()) {
      let (from, next) = (version.inForceFrom, following.inForceFrom)
      guard let until = version.inForceUntil, until < next else {
        throw list.error(
          id:
            "versi sejak \(from) tumpang tindih dengan versi sejak \(next); in_force_until harus sehari sebelum \(next)",
          en:
            "the version from \(from) overlaps the one from \(next); in_force_until must be the day before \(next)"
        )
      }
      guard until.adding(days: 1) == next else {
        throw list.error(
          id: "ada celah antara \(until) dan \(next); in_force_until harus sehari sebelum versi berikutnya",
          en:
            "there is a gap between \(until) and \(next); in_force_until must be the day before the next version"
        )
      }
    }
  }

  private static func coverage(_ list: YAMLValue) throws(FileError) -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for value in try list.list() {
      let map = try value.mapping(allowed: ["post", "covered", "from", "until", "known_from", "citation"])
      let row = CoverageRow(
        post: try map.required("post").choice(), covered: try map.required("covered").choice(),
        from: try map.required("from").date(), until: try map.required("until").dateOrOpen(),
        knownFrom: try map.required("known_from").date(), citation: try map.required("citation").instrument())
      if row.post == .unknown {
        throw value.error(
          id: "post \"unknown\" tidak boleh diatur: bila catatan tidak menyebut jabatan, cakupan diandaikan",
          en: "the post \"unknown\" cannot be ruled on: where a record names no post, coverage is assumed")
      }
      if let until = row.until, until < row.from {
        throw value.error(id: "until lebih awal daripada from", en: "until is before from")
      }
      let clash = rows.first {
        $0.post == row.post && $0.knownFrom == row.knownFrom && $0.from <= row.until ?? .max
          && row.from <= $0.until ?? .max
      }
      if let clash {
        throw value.error(
          id:
            "tumpang tindih dengan baris \(clash.post.rawValue) sejak \(clash.from) yang diketahui pada hari yang sama",
          en: "overlaps the row \(clash.post.rawValue) from \(clash.from) that became known on the same day")
      }
      rows.append(row)
    }
    return rows
  }

  private static func kinds(_ value: YAMLValue) throws(FileError) -> KindLabels {
    let map = try value.mapping(allowed: ["citation", "in_scope", "out_of_scope", "leaving", "fillers"])
    var seen: Set<String> = []
    func twice(_ value: YAMLValue, _ label: String) -> FileError {
      value.error(
        id: "label \"\(label)\" sudah ada (huruf besar, titik dan spasi tidak membedakan)",
        en: "the label \"\(label)\" is there already (case, dots and blanks make no difference)")
    }
    var inScope: [String: Kind?] = [:]
    for (label, kind) in try map.required("in_scope").pairs() {
      let word = try kind.word(of: ["any"] + Kind.allCases.map(\.rawValue))
      guard seen.insert(KindLabels.normalised(label)).inserted else { throw twice(kind, label) }
      inScope[label] = .some(Kind(rawValue: word))
    }
    var outOfScope: [String] = []
    for value in try map.required("out_of_scope").list() {
      let label = try value.text()
      guard seen.insert(KindLabels.normalised(label)).inserted else { throw twice(value, label) }
      outOfScope.append(label)
    }
    var leaving: [String] = []
    for value in try map["leaving"]?.list() ?? [] {
      let label = try value.text()
      guard seen.insert(KindLabels.normalised(label)).inserted else { throw twice(value, label) }
      leaving.append(label)
    }
    var fillers: [String] = []
    for value in try map["fillers"]?.list() ?? [] { fillers.append(try value.text()) }
    return KindLabels(
      inScope: inScope, outOfScope: outOfScope, leaving: leaving, fillers: fillers,
      citation: try map.required("citation").instrument())
  }
}

extension EdgeRule.Anchor {
  /// Which kind of entry of the calendar has this day.
  fileprivate var event: Int {
    switch self {
    case .determination, .termEnd: 0
    case .inauguration: 1
    case .actingFrom, .actingUntil: 2
    }
  }
}
