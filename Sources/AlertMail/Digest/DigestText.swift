import AuditBase
import AuditReports

/// The digest as plain text.
enum DigestText {
  static func render(_ digest: Digest) -> String {
    let words = DigestWords(settings: digest.settings, zone: digest.moment.zone, room: digest.room)
    let language = digest.settings.language
    var lines = words.paragraphs(digest.settings.head)
    if !lines.isEmpty { lines.append("") }
    lines.append(digest.lead)
    if digest.saysCaution { lines.append(words.caution) }
    if !digest.attention.isEmpty {
      lines += ["", Text("PERHATIAN", "ATTENTION")[language]] + digest.attention.map { "! " + $0 }
    }
    lines += words.lines(digest.decrees, hidden: digest.hiddenDecrees)
    if digest.isStepAttached { lines += ["", words.stepsAreAttached + "."] }
    for section in digest.sections where section.count > 0 { lines += render(section, digest, words) }
    lines += heading(words.openTitle) + digest.openLines
    if digest.notices.count > 0 { lines += render(digest.notices, digest, words) }
    lines += heading(words.figuresTitle) + digest.tally
    if !digest.note.isEmpty { lines += [""] + digest.note }
    let foot = words.paragraphs(digest.settings.foot)
    if !foot.isEmpty { lines += [""] + foot }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func heading(_ title: String) -> [String] { ["", title.uppercased()] }

  private static func render(_ section: Digest.Section, _ digest: Digest, _ words: DigestWords) -> [String] {
    var lines = heading("\(section.title) (\(section.count))")
    if !section.common.isEmpty {
      lines += ["  \(words.appliesToAll):"] + section.common.map { "  - " + $0 }
    }
    for group in section.groups {
      lines += ["", group.title]
      var number = 0
      let page = group.page(isLong: digest.isLong, digest.room)
      for block in page.blocks {
        for row in block.rows {
          number += 1
          lines.append("  \(number). \(row.sentence)" + (row.facts.isEmpty ? "" : " [\(row.facts)]"))
        }
        if !block.details.isEmpty {
          lines.append("     \(words.applies(block.of)):")
          lines += block.details.map { "     - " + $0 }
        }
      }
      if page.hidden > 0 { lines.append("  " + words.more(page.hidden, digest)) }
      if let command = group.command { lines.append("  \(words.answerWith): \(command)") }
    }
    if section.hidden > 0 { lines += ["", words.more(section.hidden, digest)] }
    return lines
  }
}
