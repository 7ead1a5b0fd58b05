import FreezeRules

extension Rulebook {
  /// Reads `rules.yaml`; the format is in the README.
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name for complaints.
  ///   - hash: SHA-256 of the text, lower-case hex.
  public init(yaml text: String, file: String, hash: String) throws(FileError) {
    let root = try YAMLValue(parsing: text, file: file)
      .mapping(allowed: ["rules", "coverage", "kinds", "backdating_days"])
    var rules: [Rule] = []
    for item in try root.required("rules").list() {
      let rule = try Self.rule(item)
      guard !rules.contains(where: { $0.id == rule.id }) else {
        throw item.error(id: "id \"\(rule.id)\" sudah dipakai", en: "the id \"\(rule.id)\" is taken")
      }
      rules.append(rule)
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
      for election in try map["elections"]?.list() ?? [] { elections.append(try election.text()) }
      let closed = ClosedAxis(
        axis: axis, value: try map.required("value").word(of: axis.values), elections: elections,
        citation: try map.required("citation").text(), knownFrom: try map.required("known_from").date())
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
      "in_force_from", "in_force_until", "known_from", "opens", "closes", "citation",
    ])
    let from = try map.required("in_force_from").date()
    let untilValue = try map.required("in_force_until")
    let until = try untilValue.dateOrOpen()
    if let until, until < from {
      throw untilValue.error(
        id: "\(until) lebih awal daripada in_force_from \(from)",
        en: "\(until) is before in_force_from \(from)")
    }
    let version = RuleVersion(
      inForceFrom: from, inForceUntil: until, knownFrom: try map.required("known_from").date(),
      opens: try edge(try map.required("opens")), closes: try edge(try map.required("closes")),
      citation: try map.required("citation").text())
    if version.opens.months > 0 || version.closes.months < 0 {
      throw value.error(
        id: "opens.months harus 0 atau negatif dan closes.months 0 atau positif",
        en: "opens.months must be 0 or negative and closes.months 0 or positive")
    }
    return version
  }

  private static func edge(_ value: YAMLValue) throws(FileError) -> EdgeRule {
    let map = try value.mapping(allowed: ["anchor", "months", "days"])
    return EdgeRule(
      anchor: try map.required("anchor").choice(), months: try map["months"]?.integer(in: -120...120) ?? 0,
      days: try map["days"]?.integer(in: -366...366) ?? 0)
  }

  /// Versions follow each other day by day. Two versions over the same stretch are allowed only as a later state of
  /// knowledge of it.
  private static func checkSuccession(_ versions: [RuleVersion], at list: YAMLValue) throws(FileError) {
    guard !versions.isEmpty else {
      throw list.error(id: "paling sedikit satu versi", en: "at least one version is needed")
    }
    let stretches = Dictionary(grouping: versions, by: \.inForceFrom)
    for (from, same) in stretches where Set(same.map(\.knownFrom)).count != same.count {
      throw list.error(
        id: "dua versi berlaku sejak \(from) dengan known_from yang sama: tumpang tindih tidak boleh",
        en: "two versions are in force from \(from) with the same known_from: overlaps are not allowed")
    }
    let ordered = stretches.keys.sorted()
    for (from, next) in zip(ordered, ordered.dropFirst()) {
      for version in stretches[from] ?? [] {
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
  }

  private static func coverage(_ list: YAMLValue) throws(FileError) -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for value in try list.list() {
      let map = try value.mapping(allowed: ["post", "covered", "from", "until", "known_from", "citation"])
      let row = CoverageRow(
        post: try map.required("post").choice(), covered: try map.required("covered").choice(),
        from: try map.required("from").date(), until: try map.required("until").dateOrOpen(),
        knownFrom: try map.required("known_from").date(), citation: try map.required("citation").text())
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
    let map = try value.mapping(allowed: ["citation", "in_scope", "out_of_scope"])
    var inScope: [String: Kind?] = [:]
    for (label, kind) in try map.required("in_scope").pairs() {
      let word = try kind.word(of: ["any"] + Kind.allCases.map(\.rawValue))
      inScope[label] = .some(Kind(rawValue: word))
    }
    var outOfScope: [String] = []
    for label in try map.required("out_of_scope").list() { outOfScope.append(try label.text()) }
    return KindLabels(inScope: inScope, outOfScope: outOfScope, citation: try map.required("citation").text())
  }
}
