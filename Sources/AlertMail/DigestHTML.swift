import Mustache

/// The digest as HTML: one file, no script, no picture, nothing fetched.
enum DigestHTML {
  static func render(_ digest: Digest) -> String {
    template?.render(context(digest), reload: false) ?? "<pre>\(escape(DigestText.render(digest)))</pre>"
  }

  /// By scalars, and so `{{{…}}}` in the template: the library escapes by characters, and a mark that joins `<` into
  /// another character would carry it past.
  static func escape(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func context(_ digest: Digest) -> [String: Any] {
    let page = Page(settings: digest.settings)
    return [
      "lang": digest.settings.language.rawValue, "subject": escape(digest.subject),
      "lead": escape(digest.lead), "caution": escape(page.caution),
      "attention": digest.attention.map(escape), "hasAttention": !digest.attention.isEmpty,
      "sections": digest.sections.filter { $0.count > 0 }.map { section($0, page, digest.isLong) },
      "notices": digest.notices.count > 0 ? [section(digest.notices, page, digest.isLong)] : [],
      "openTitle": escape(page.say("Peringatan terbuka", "Open alerts")),
      "openLines": digest.openLines.map(escape),
      "openGroups": digest.openGroups.map { ["title": escape($0.title), "count": "\($0.count)"] },
      "hasOpenGroups": !digest.openGroups.isEmpty,
      "tallyTitle": escape(page.say("Hitungan", "Figures")), "tally": digest.tally.map(escape),
    ]
  }

  private static func section(_ section: Digest.Section, _ page: Page, _ isLong: Bool) -> [String: Any] {
    let rest = section.groups.dropFirst(Digest.shownGroups).reduce(0) { $0 + $1.count }
    return [
      "title": escape("\(section.title) (\(section.count))"),
      "groups": section.groups.prefix(Digest.shownGroups).map { group($0, page, isLong) },
      "rest": rest > 0 ? [escape(page.more(rest))] : [],
    ]
  }

  private static func group(_ group: Digest.Group, _ page: Page, _ isLong: Bool) -> [String: Any] {
    var blocks: [[String: Any]] = []
    var number = 0
    var hidden = 0
    for (index, block) in group.blocks.enumerated() {
      let room = isLong ? max(0, Digest.shownRows - number) : block.rows.count
      let shown = index < Digest.shownBlocks || !isLong ? block.rows.prefix(room) : []
      number += shown.count
      hidden += block.rows.count - shown.count
      if shown.isEmpty { continue }
      blocks.append([
        "rows": shown.map { ["sentence": escape($0.sentence), "facts": escape($0.facts)] },
        "detailTitle": escape(page.applies(block.rows.count)), "details": block.details.map(escape),
        "hasDetails": !block.details.isEmpty,
      ])
    }
    return [
      "title": escape(group.title), "blocks": blocks, "rest": hidden > 0 ? [escape(page.more(hidden))] : [],
    ]
  }

  private static let template = try? MustacheTemplate(
    string: """
      <!DOCTYPE html>
      <html lang="{{lang}}"><head><meta charset="utf-8"><title>{{{subject}}}</title></head>
      <body style="font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.45;color:#1b1b1b;max-width:46em;margin:1em">
      <p style="font-size:17px"><strong>{{{lead}}}</strong></p>
      <p style="color:#555">{{{caution}}}</p>
      {{#hasAttention}}
      <ul style="background:#fff4e0;border-left:4px solid #b35c00;padding:.6em .6em .6em 2em">
      {{#attention}}
      <li>{{{.}}}</li>
      {{/attention}}
      </ul>
      {{/hasAttention}}
      {{#sections}}
      {{> section}}
      {{/sections}}
      <h2 style="font-size:16px;border-bottom:1px solid #999">{{{openTitle}}}</h2>
      {{#openLines}}
      <p>{{{.}}}</p>
      {{/openLines}}
      {{#hasOpenGroups}}
      <table style="border-collapse:collapse">
      {{#openGroups}}
      <tr><td style="text-align:right;padding:1px 12px 1px 0">{{count}}</td><td>{{{title}}}</td></tr>
      {{/openGroups}}
      </table>
      {{/hasOpenGroups}}
      {{#notices}}
      {{> section}}
      {{/notices}}
      <h2 style="font-size:16px;border-bottom:1px solid #999">{{{tallyTitle}}}</h2>
      {{#tally}}
      <p style="color:#555;font-size:13px;word-break:break-word">{{{.}}}</p>
      {{/tally}}
      </body></html>
      """.replacing("{{> section}}", with: section))

  private static let section = """
    <h2 style="font-size:16px;border-bottom:1px solid #999">{{{title}}}</h2>
    {{#groups}}
    <h3 style="font-size:15px;margin-bottom:.3em">{{{title}}}</h3>
    {{#blocks}}
    <ol style="margin:.2em 0">
    {{#rows}}
    <li>{{{sentence}}} <span style="color:#555;font-size:13px">[{{{facts}}}]</span></li>
    {{/rows}}
    </ol>
    {{#hasDetails}}
    <div style="color:#444;font-size:13px;margin:.2em 0 .8em 2.5em"><em>{{{detailTitle}}}</em><ul style="margin:.1em 0">
    {{#details}}
    <li>{{{.}}}</li>
    {{/details}}
    </ul></div>
    {{/hasDetails}}
    {{/blocks}}
    {{#rest}}
    <p>{{{.}}}</p>
    {{/rest}}
    {{/groups}}
    {{#rest}}
    <p>{{{.}}}</p>
    {{/rest}}
    """
}
