import AlertMail
import AuditBase
import AuditReports
import FreezeRules
import RuleFiles

/// What the configuration says of mail beyond `mail.to`: desks with a part of the alerts each, the next desk for what nobody
/// answered, and the site's own words.
package struct MailDesks: Sendable {
  /// `mail.routes`.
  package var routes: [Desk] = []
  /// `mail.escalate`: one level, or several, the quickest first.
  package var escalations: [Escalation] = []
  /// `mail.head` and `mail.foot`.
  package var head: String?
  package var foot: String?

  /// Nothing beyond `mail.to`.
  package init() {}

  /// Nobody beyond `mail.to`.
  package var isEmpty: Bool { routes.isEmpty && escalations.isEmpty }

  private static let keys = [
    "name", "to", "regions", "units", "outcomes", "urgency", "language", "personal_data", "head", "foot",
  ]

  init(
    routes: YAMLValue?, escalate: YAMLValue?, head: YAMLValue?, foot: YAMLValue?
  ) throws(FileError) {
    self.head = try head?.text()
    self.foot = try foot?.text()
    for item in try routes?.list() ?? [] {
      let map = try item.mapping(allowed: Self.keys)
      let desk = try Self.desk(map, standardName: nil)
      guard !self.routes.contains(where: { $0.name == desk.name }) else {
        throw item.error(
          id: "nama \"\(desk.name)\" sudah dipakai; beri setiap tujuan name yang unik",
          en: "the name \"\(desk.name)\" is taken; give each route a name of its own")
      }
      self.routes.append(desk)
    }
    guard let escalate else { return }
    for item in escalate.isList ? try escalate.list() : [escalate] {
      let map = try item.mapping(allowed: ["working_days"] + Self.keys)
      let days = try map["working_days"]?.integer(in: 1...250) ?? 3
      let standardName = escalations.isEmpty ? "escalate" : "escalate \(escalations.count + 1)"
      let desk = try Self.desk(map, standardName: standardName)
      guard !escalations.contains(where: { $0.desk.name == desk.name || $0.workingDays == days }) else {
        throw item.error(
          id: "setiap tingkat memerlukan name dan working_days yang lain",
          en: "each level needs a name and working_days of its own")
      }
      escalations.append(Escalation(desk: desk, workingDays: days))
    }
    escalations.sort { $0.workingDays < $1.workingDays }
  }

  private static func desk(_ map: YAMLMapping, standardName: String?) throws(FileError) -> Desk {
    let list = try map.required("to")
    var to: [MailAddress] = []
    for item in list.isList ? try list.list() : [list] {
      let address = try item.mailAddress()
      if !to.contains(address) { to.append(address) }
    }
    guard let first = to.first else {
      throw list.error(id: "paling sedikit satu alamat", en: "at least one address is needed")
    }
    var desk = Desk(name: try map["name"]?.text() ?? standardName ?? first.address, to: to)
    if let regions = try map["regions"].map({ value throws(FileError) in try RegionReader().regions(value) })
    {
      desk.filter.regions = regions.members(RegionRegistry.shipped)
    }
    desk.filter.units = try texts(map["units"])
    if let outcomes = map["outcomes"] {
      for item in outcomes.isList ? try outcomes.list() : [outcomes] {
        desk.filter.outcomes.insert(try item.choice())
      }
    }
    desk.filter.urgency = try map["urgency"]?.choice()
    desk.language = try map["language"]?.choice()
    desk.personalData = try map["personal_data"]?.choice()
    desk.head = try map["head"]?.text()
    desk.foot = try map["foot"]?.text()
    return desk
  }

  private static func texts(_ value: YAMLValue?) throws(FileError) -> [String] {
    guard let value else { return [] }
    var texts: [String] = []
    for item in value.isList ? try value.list() : [value] { texts.append(try item.text()) }
    return texts
  }
}

extension Configuration {
  /// Everybody who gets mail, in the order of the configuration: those of `mail.to` together, all others one by one.
  package var desks: [Desk] {
    mailTo.isEmpty ? mailDesks.routes : [Desk(name: "mail.to", to: mailTo)] + mailDesks.routes
  }

  /// Addresses in all, with the next desk's.
  package var recipientCount: Int {
    desks.reduce(0) { $0 + $1.to.count } + mailDesks.escalations.reduce(0) { $0 + $1.desk.to.count }
  }

  /// The region of each source that has one.
  package var regionsOfSources: [String: String] {
    Dictionary(
      sources.compactMap { source in source.region.map { (source.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
