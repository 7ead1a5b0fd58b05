import AuditBase
import FreezeRules

/// Regions and units of the page, numbered as they come: what its filters and its sums go by.
struct HTMLFilters {
  /// Names with what was counted of each.
  private struct Names {
    var places: [String: Int] = [:]
    var names: [String] = []
    var counts: [Counts] = []

    mutating func place(_ name: String, _ outcome: Outcome) -> Int {
      let place = places[name] ?? names.count
      if place == names.count {
        places[name] = place
        names.append(name)
        counts.append(Counts())
      }
      counts[place].add(outcome)
      return place + 1
    }

    /// Those with most first.
    var ordered: [Int] {
      names.indices.sorted { (counts[$1].read, names[$0]) < (counts[$0].read, names[$1]) }
    }
  }

  /// Where a shown act stands among them: what the filters look for in its classes.
  struct Place: Hashable {
    let outcome: Outcome
    let region: Int
    let unit: Int?

    func hash(into hasher: inout Hasher) {
      hasher.combine(region)
      hasher.combine(unit ?? 0)
    }

    /// The classes, one by one.
    var words: [String] { [outcome.rawValue, "r\(region)"] + (unit.map { ["u\($0)"] } ?? []) }

    /// The classes but for the outcome, each after a blank.
    var classes: HTML { unit.map { " r\(region) u\($0)" } ?? " r\(region)" }
  }

  private var regions = Names()
  private var units = Names()
  private var outcomes = Counts()
  private var latest: (code: String, label: String)?

  /// More than these no reader looks through, and the style sheet stays small.
  private static let most = 60

  /// Takes a shown act, and says where it stands.
  mutating func place(_ judgement: Judgement, _ text: HTMLText) -> Place {
    let outcome = judgement.outcome
    outcomes.add(outcome)
    let region = regions.place(PlainText.line(label(judgement, text), limit: 80), outcome)
    let unit = judgement.action.unitTo ?? judgement.action.unitFrom
    return Place(
      outcome: outcome, region: region,
      unit: unit.map { units.place(PlainText.line($0, limit: 120), outcome) })
  }

  /// The region's label, most often that of the act before.
  private mutating func label(_ judgement: Judgement, _ text: HTMLText) -> String {
    guard let code = judgement.region?.code else { return judgement.regionLabel(text.language) }
    if let latest, latest.code == code { return latest.label }
    let label = judgement.regionLabel(text.language)
    latest = (code, label)
    return label
  }

  /// Radio buttons that need no script, and the rules that make them work.
  func html(_ text: HTMLText) -> HTML {
    let outcomes = Outcome.allCases.filter { self.outcomes[$0] > 0 }.map {
      (id: $0.rawValue, label: $0.phrase[text.language], count: self.outcomes[$0])
    }
    func choices(_ names: Names, _ letter: String) -> [(id: String, label: String, count: Int)] {
      names.ordered.prefix(Self.most).map { ("\(letter)\($0 + 1)", names.names[$0], names.counts[$0].read) }
    }
    let groups: [(name: String, title: String, choices: [(id: String, label: String, count: Int)])] = [
      ("fo", text[.outcome], outcomes), ("fr", text("Wilayah", "Region"), choices(regions, "r")),
      ("fu", text("Unit", "Unit"), choices(units, "u")),
    ]
    let shown = groups.filter { $0.choices.count > 1 }
    if shown.isEmpty { return HTML() }
    let fields = shown.map { group -> HTML in
      let all: HTML =
        "<input type=radio name=\(group.name) id=\(group.name)-all checked><label for=\(group.name)-all>\(text[.all])</label>"
      let rest = group.choices.map { choice -> HTML in
        "<input type=radio name=\(group.name) id=\(group.name)-\(choice.id)><label for=\(group.name)-\(choice.id)>\(choice.label) (\(text.number(choice.count)))</label>"
      }
      return "<fieldset><legend>\(group.title)</legend>\(all)\(rest)</fieldset>\n"
    }
    let rules = shown.flatMap { group in
      group.choices.map { choice -> HTML in
        "body:has(#\(group.name)-\(choice.id):checked) :is(.f,.sk,.row):not(.\(choice.id)){display:none}\n"
      }
    }
    return """
      <details class=filters><summary>\(text[.filters])</summary><style>
      \(rules)</style>
      \(fields)</details>

      """
  }

  /// What was shown of each region and unit.
  func sums(_ text: HTMLText) -> HTML {
    let columns = [
      text("Ditampilkan", "Shown"), text("Perlu klarifikasi", "Need clarification"),
      text("Pembatalan", "Reversals"), text("Tidak dapat dinilai", "Cannot be judged"),
    ]
    let tables = [
      (text("Wilayah", "Region"), regions), (text("Unit yang dituju", "Unit gone to"), units),
    ].filter { $0.1.names.count > 1 }.map { title, names -> HTML in
      let rows = names.ordered.prefix(200).map { place -> HTML in
        let counts = names.counts[place]
        let numbers = [counts.read, counts.alerts, counts[.reversal], counts[.unjudgeable]]
        let cells = zip(columns, numbers).map {
          "<td class=num data-l=\"\($0.0)\">\(text.number($0.1))" as HTML
        }
        return "<tr><th scope=row>\(names.names[place])\(cells)\n"
      }
      let more =
        names.names.count > 200
        ? text("… dan \(names.names.count - 200) lagi", "… and \(names.names.count - 200) more") : ""
      return """
        <table class="data cards"><thead><tr><th scope=col>\(title)\(columns.map { "<th scope=col class=num>\($0)" as HTML })</thead><tbody>
        \(rows)</tbody></table><p class=help>\(more)</p>

        """
    }
    if tables.isEmpty { return HTML() }
    return "<section id=\"sums\">\n<h2>\(text[.sums])</h2>\n\(tables)</section>\n"
  }
}
