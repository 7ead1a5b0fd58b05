/// The digest as plain text.
enum DigestText {
  static func render(_ digest: Digest) -> String {
    let page = Page(settings: digest.settings)
    var lines = [digest.lead]
    if digest.rows.contains(where: { $0.event["FREEZE_ALERT_ID"] != nil }) || digest.openGroups.count > 0 {
      lines.append(page.caution)
    }
    if !digest.attention.isEmpty {
      lines += ["", page.say("PERHATIAN", "ATTENTION")] + digest.attention.map { "! " + $0 }
    }
    for section in digest.sections where section.count > 0 { lines += render(section, page, digest.isLong) }
    lines += heading(page.say("Peringatan terbuka", "Open alerts")) + digest.openLines
    lines += digest.openGroups.map { "  \($0.count) × \($0.title)" }
    if digest.notices.count > 0 { lines += render(digest.notices, page, digest.isLong) }
    lines += heading(page.say("Hitungan", "Figures")) + digest.tally
    return lines.joined(separator: "\n") + "\n"
  }

  private static func heading(_ title: String) -> [String] { ["", title.uppercased()] }

  private static func render(_ section: Digest.Section, _ page: Page, _ isLong: Bool) -> [String] {
    var lines = heading("\(section.title) (\(section.count))")
    for group in section.groups.prefix(Digest.shownGroups) {
      lines += ["", group.title]
      var number = 0
      var hidden = 0
      for (index, block) in group.blocks.enumerated() {
        let room = isLong ? max(0, Digest.shownRows - number) : block.rows.count
        let shown = index < Digest.shownBlocks || !isLong ? block.rows.prefix(room) : []
        for row in shown {
          number += 1
          lines.append("  \(number). \(row.sentence)" + (row.facts.isEmpty ? "" : " [\(row.facts)]"))
        }
        hidden += block.rows.count - shown.count
        if !shown.isEmpty, !block.details.isEmpty {
          lines.append("     \(page.applies(block.rows.count)):")
          lines += block.details.map { "     - " + $0 }
        }
      }
      if hidden > 0 { lines.append("  " + page.more(hidden)) }
    }
    let rest = section.groups.dropFirst(Digest.shownGroups)
    if !rest.isEmpty { lines += ["", page.more(rest.reduce(0) { $0 + $1.count })] }
    return lines
  }
}
