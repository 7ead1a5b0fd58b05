import AuditBase
import FreezeRules

/// The picture of one stretch of time: windows as bars, their key days as lines, acts per day as marks in a lane per
/// outcome, letters of the Minister in a lane of their own. Every lane is named and every mark has a shape, so that
/// nothing depends on colour.
struct Timeline {
  /// What is drawn.
  struct Content {
    var windows: [Window]
    var acts: [Outcome: [CivilDate: Int]]
    var letters: [CivilDate: Set<String>]
    var knownOn: CivilDate
  }

  let content: Content
  let text: HTMLText
  /// User units; the drawing is scaled to the page.
  let width: Double
  let fontSize: Double

  /// The first and last day drawn.
  static func range(_ windows: [Window], knownOn: CivilDate) -> (first: CivilDate, last: CivilDate)? {
    guard let first = windows.map(\.earliest).min() else { return nil }
    // A window whose end is not known is drawn to the day of knowledge, or a year on.
    let ends = windows.map {
      $0.closes ?? $0.uncertainEnd ?? max(knownOn, $0.earliest.adding(days: 365) ?? $0.earliest)
    }
    guard let last = ends.max() else { return nil }
    let margin = max(20, first.days(until: last) / 16)
    return (first.adding(days: -margin) ?? first, last.adding(days: margin) ?? last)
  }

  /// The drawing.
  func svg(id: String, cssClass: String) -> HTML {
    guard let range = Self.range(content.windows, knownOn: content.knownOn) else { return HTML() }
    var drawing = Drawing(timeline: self, first: range.first, last: range.last)
    drawing.axis()
    drawing.windows()
    drawing.keyDays()
    for outcome in Outcome.allCases {
      let days = (content.acts[outcome] ?? [:]).filter { $0.key >= range.first && $0.key <= range.last }
      if !days.isEmpty { drawing.lane(outcome.phrase[text.language], glyph: outcome.rawValue, days) }
    }
    let letters = content.letters.filter { $0.key >= range.first && $0.key <= range.last }
    if !letters.isEmpty {
      drawing.lane(
        text("surat persetujuan Menteri", "approval letters of the Minister"), glyph: "letter",
        letters.mapValues(\.count))
    }
    return drawing.finish(id: id, cssClass: cssClass, description: description)
  }

  /// The picture in one paragraph, for those who do not see it.
  var description: String {
    let windows = content.windows.map { window in
      "\(window.ruleTitle) (\(window.election)): \(text.day(window.earliest)) – "
        + (window.closes.map(text.day) ?? text("belum diketahui", "not known yet"))
        + ", \(window.anchorKind.phrase[text.language]) \(window.anchor.value.exact.map(text.day) ?? window.anchor.value.text(text.language))"
    }
    let acts = Outcome.allCases.compactMap { outcome -> String? in
      guard let days = content.acts[outcome], !days.isEmpty else { return nil }
      let number = text.number(days.values.reduce(0, +))
      return "\(outcome.phrase[text.language]): \(number) "
        + text("tindakan pada \(days.count) hari", "acts on \(days.count) days")
    }
    return (windows + acts).joined(separator: ". ") + "."
  }

  /// The same as rows of a table: day, what, number.
  var rows: [(day: CivilDate, what: String, count: Int)] {
    var rows: [(CivilDate, String, Int)] = []
    for (outcome, days) in content.acts {
      rows += days.map { ($0.key, outcome.phrase[text.language], $0.value) }
    }
    rows += content.letters.map {
      (
        $0.key,
        text("surat persetujuan", "approval letter") + " "
          + $0.value.sorted().prefix(3).joined(separator: ", "),
        $0.value.count
      )
    }
    return rows.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }
}

/// A drawing that grows downward.
private struct Drawing {
  let timeline: Timeline
  let first: CivilDate
  let last: CivilDate
  var y = 0.0
  var shapes: [HTML] = []
  /// Drawn behind everything, once the height is known.
  var lines: [(x: Double, top: Double, isDashed: Bool)] = []

  init(timeline: Timeline, first: CivilDate, last: CivilDate) {
    self.timeline = timeline
    self.first = first
    self.last = last
  }

  private var width: Double { timeline.width }
  private var size: Double { timeline.fontSize }
  private var text: HTMLText { timeline.text }
  private let padding = 8.0

  private func x(_ day: CivilDate) -> Double {
    let span = Double(max(1, first.days(until: last)))
    return padding + Double(first.days(until: day)) / span * (width - 2 * padding)
  }

  private func width(of label: String, _ size: Double) -> Double { Double(TextWidth.of(label)) * size * 0.56 }

  /// A word over whatever is drawn behind it: a line through a text makes it another one.
  private mutating func label(_ content: String, _ x: Double, _ y: Double, _ kind: String, end: Bool = false)
  {
    let room = width(of: content, size)
    let left = max(0, (end ? x - room : x) - 2)
    shapes.append(
      "<rect class=bg x=\"\(n(left))\" y=\"\(n(y - size))\" width=\"\(n(min(room + 4, width - left)))\" height=\"\(n(size * 1.25))\"/>"
    )
    let anchor: HTML = end ? " text-anchor=\"end\"" : ""
    shapes.append("<text class=\"\(kind)\" x=\"\(n(x))\" y=\"\(n(y))\"\(anchor)>\(content)</text>")
  }

  /// Months, and the year where it changes.
  mutating func axis() {
    let days = Double(max(1, first.days(until: last)))
    let perMonth = (width - 2 * padding) * 30.4 / days
    let step = [1, 2, 3, 6, 12].first { Double($0) * perMonth > size * 2.6 } ?? 12
    var year = 0
    var month = CivilDate(year: first.year, month: first.month, day: 1)
    y = size * 2.5
    while let day = month, day <= last {
      defer { month = day.moved(byMonths: 1).rounded(.down) }
      guard day >= first else { continue }
      let at = x(day)
      let isLabelled = (day.month - 1) % step == 0
      shapes.append(
        "<path class=\"tick\" d=\"M\(n(at)) \(n(y))v\(isLabelled ? 6 : 3)\"/>")
      guard isLabelled, at + width(of: "Mmm", size) < width else { continue }
      label(text.month(day), at, size * 2.1, "mo")
      if day.year != year { label(String(day.year), at, size, "yr") }
      year = day.year
    }
    shapes.append("<path class=\"axis\" d=\"M0 \(n(y))H\(n(width))\"/>")
    y += size
  }

  mutating func windows() {
    for window in timeline.content.windows {
      let left = x(window.earliest)
      let right = window.closes.map { x($0.adding(days: 1) ?? $0) } ?? width
      let end = window.closes.map(text.day) ?? text("belum diketahui", "not known yet")
      let span = "\(text.day(window.earliest)) – \(end)"
      let full = "\(window.ruleTitle) · \(window.election): \(span)"
      let candidates = [full, "\(window.election): \(span)", span]
      let title = candidates.first { width(of: $0, size) <= width } ?? span
      place(title, at: left, "wl")
      let pattern =
        window.anchorKind == .inauguration ? "dots" : window.version.opens.months == 0 ? "hatch" : "solid"
      shapes.append(
        "<rect class=\"win \(pattern)\" x=\"\(n(left))\" y=\"\(n(y + 4))\" width=\"\(n(max(2, right - left)))\" height=\"\(n(size))\"><title>\(full)</title></rect>"
      )
      if window.latest > window.earliest {
        let until = max(3, x(window.latest) - left)
        shapes.append(
          "<rect class=\"open\" x=\"\(n(left))\" y=\"\(n(y + 4))\" width=\"\(n(until))\" height=\"\(n(size))\"><title>\(text("hari yang diperselisihkan", "days in dispute"))</title></rect>"
        )
      }
      y += size + 10
    }
  }

  /// A label that starts at its place, or ends at the edge where there is no room; takes a line.
  private mutating func place(_ content: String, at x: Double, _ kind: String) {
    y += size
    let needed = width(of: content, size)
    if x + needed <= width {
      label(content, x, y, kind)
    } else {
      label(content, width - 1, y, kind, end: true)
    }
  }

  /// The boundary day and the determination, each a line through all lanes.
  mutating func keyDays() {
    var marks: [(day: CivilDate, name: String, isDashed: Bool)] = []
    func add(_ day: CivilDate, _ name: String, _ isDashed: Bool) {
      if !marks.contains(where: { $0.day == day && $0.name == name }) { marks.append((day, name, isDashed)) }
    }
    for window in timeline.content.windows {
      if window.version.opens.months != 0 {
        add(window.earliest, text("hari batas", "boundary day"), false)
      }
      if let day = window.anchor.value.exact {
        add(day, window.anchorKind.phrase[text.language], true)
      }
    }
    var rowEnds: [Double] = []
    let top = y + 2
    for mark in marks.sorted(by: { $0.day < $1.day }) {
      let at = x(mark.day)
      let content = "\(mark.name) \(text.day(mark.day))"
      let needed = width(of: content, size) + 8
      let fitsRight = at + needed <= width
      let start = fitsRight ? at : at - needed
      let row = rowEnds.firstIndex { $0 <= start } ?? rowEnds.count
      if row == rowEnds.count { rowEnds.append(0) }
      rowEnds[row] = start + needed + 6
      label(content, fitsRight ? at + 4 : at - 4, top + Double(row + 1) * (size + 3), "key", end: !fitsRight)
      lines.append((at, size * 2.5, mark.isDashed))
    }
    y = top + Double(rowEnds.count) * (size + 3) + 6
  }

  /// One outcome: a mark for each day, larger where there were more acts.
  mutating func lane(_ name: String, glyph: String, _ days: [CivilDate: Int]) {
    let total = days.values.reduce(0, +)
    let most = Double(days.values.max() ?? 1)
    // Where a lane is full of days, small marks tell more than one smear.
    let isDense = Double(days.count) * 13 > width
    shapes.append("<path class=\"rule\" d=\"M0 \(n(y))H\(n(width))\"/>")
    y += size + 3
    label("\(name) (\(text.number(total)))", 0, y, "lane")
    y += size + 2
    let middle = y + 12
    shapes.append("<g class=\"m \(glyph)\">")
    for (day, count) in days.sorted(by: { $0.key < $1.key }) {
      let r = radius(count, most, isDense)
      let at = x(day)
      shapes.append(
        "<use href=\"#g-\(glyph)\" x=\"\(n(at - r))\" y=\"\(n(middle - r))\" width=\"\(n(2 * r))\" height=\"\(n(2 * r))\"><title>\(text.day(day)): \(count)</title></use>"
      )
    }
    numbers(days, middle, most, isDense)
    shapes.append("</g>")
    y = middle + 15
  }

  private func radius(_ count: Int, _ most: Double, _ isDense: Bool) -> Double {
    isDense
      ? 1.5 + 10.5 * (Double(count) / max(1, most)).squareRoot()
      : min(12, 6 + Double(count - 1).squareRoot())
  }

  /// The numbers over the marks: the largest first, the others where there is room left.
  private mutating func numbers(_ days: [CivilDate: Int], _ middle: Double, _ most: Double, _ isDense: Bool) {
    var taken: [ClosedRange<Double>] = []
    for (day, count) in days.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) where count > 1 {
      let number = text.number(count)
      let half = width(of: number, size) / 2
      let at = min(max(x(day), half), width - half)
      let place = (at - half - 1)...(at + half + 1)
      if taken.contains(where: { $0.overlaps(place) }) { continue }
      taken.append(place)
      if taken.count > 60 { return }
      shapes.append(
        "<text class=\"n\" x=\"\(n(at))\" y=\"\(n(middle - radius(count, most, isDense) - 2))\">\(number)</text>"
      )
    }
  }

  func finish(id: String, cssClass: String, description: String) -> HTML {
    let height = y + 4
    let behind = lines.map { line -> HTML in
      "<path class=\"at\(line.isDashed ? " det" : "")\" d=\"M\(n(line.x)) \(n(line.top))V\(n(height))\"/>"
    }
    return """
      <svg class="tl \(cssClass)" role="img" aria-labelledby="\(id)-t \(id)-d" viewBox="0 0 \(n(width)) \(n(height))" font-size="\(n(size))">\
      <title id="\(id)-t">\(text("Garis waktu masa larangan dan tindakan", "Timeline of frozen periods and acts"))</title>\
      <desc id="\(id)-d">\(description)</desc>\(behind)\(shapes)</svg>
      """
  }

  /// A coordinate with one decimal.
  private func n(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    return tenths % 10 == 0 ? String(tenths / 10) : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}

extension Timeline {
  /// Windows that touch or nearly touch belong in one picture; elections years apart do not.
  static func clusters(_ windows: [Window], knownOn: CivilDate) -> [[Window]] {
    var clusters: [[Window]] = []
    var end: CivilDate?
    for window in windows.sorted(by: { ($0.earliest, $0.closes ?? .max) < ($1.earliest, $1.closes ?? .max) })
    {
      if let limit = end, limit.days(until: window.earliest) <= 62 {
        clusters[clusters.count - 1].append(window)
      } else {
        clusters.append([window])
        end = nil
      }
      let closes = window.closes ?? .max
      end = max(end ?? closes, closes)
    }
    return clusters
  }
}
