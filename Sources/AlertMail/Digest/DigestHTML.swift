import AuditBase
import AuditReports

/// The digest as HTML: one file, no script, no picture, nothing fetched.
enum DigestHTML {
  static func render(_ digest: Digest) -> HTML {
    let words = DigestWords(settings: digest.settings, zone: digest.moment.zone, room: digest.room)
    let body = [
      own(words.paragraphs(digest.settings.head)), top(digest, words),
      DigestDecreesHTML.render(digest.decrees, hidden: digest.hiddenDecrees, words),
      digest.isStepAttached ? "<p>\(words.stepsAreAttached).</p>\n" : HTML(),
      digest.sections.filter { $0.count > 0 }.map { section($0, digest, words) }.joined(),
      open(digest, words), digest.notices.count > 0 ? section(digest.notices, digest, words) : HTML(),
      figures(digest, words), own(words.paragraphs(digest.settings.foot)),
    ]
    return """
      <!DOCTYPE html>
      <html lang="\(digest.settings.language.rawValue)"><head><meta charset="utf-8"><title>\(digest.subject)</title>\(DigestDecreesHTML.style)</head>
      <body style="font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.45;color:#1b1b1b;max-width:46em;margin:1em">
      <div role="main">
      \(body)</div></body></html>
      """
  }

  private static func top(_ digest: Digest, _ words: DigestWords) -> HTML {
    var html: HTML = """
      <h1 style="font-size:17px;margin:1em 0">\(digest.lead)</h1>
      <p class="soft" style="color:#555">\(words.caution)</p>

      """
    if !digest.attention.isEmpty {
      html += """
        <ul class="warn" style="background:#fff4e0;border-left:4px solid #b35c00;padding:.6em .6em .6em 2em">
        \(digest.attention.map { "<li>\($0)</li>\n" })</ul>

        """
    }
    return html
  }

  /// The site's own words.
  private static func own(_ paragraphs: [String]) -> HTML {
    paragraphs.reduce(into: HTML()) { html, paragraph in html += "<p>\(paragraph)</p>\n" }
  }

  private static func heading(_ title: String) -> HTML {
    "<h2 style=\"font-size:16px;border-bottom:1px solid #999\">\(title)</h2>\n"
  }

  private static func open(_ digest: Digest, _ words: DigestWords) -> HTML {
    var html = heading(words.openTitle)
    for line in digest.openLines { html += "<p>\(line)</p>\n" }
    return html
  }

  private static func figures(_ digest: Digest, _ words: DigestWords) -> HTML {
    var html = heading(words.figuresTitle)
    for line in digest.tally {
      html += "<p class=\"soft\" style=\"color:#555;font-size:13px;word-break:break-word\">\(line)</p>\n"
    }
    if !digest.note.isEmpty {
      let note = digest.note.joined(separator: "\n")
      html +=
        "<pre style=\"color:#555;font-size:12px;white-space:pre-wrap;word-break:break-all\">\(note)</pre>\n"
    }
    return html
  }

  private static func section(_ section: Digest.Section, _ digest: Digest, _ words: DigestWords) -> HTML {
    var html = heading("\(section.title) (\(section.count))")
    if !section.common.isEmpty {
      html += """
        <div class="soft" style="color:#444;font-size:13px"><em>\(words.appliesToAll)</em><ul style="margin:.1em 0">
        \(section.common.map { "<li>\($0)</li>\n" })</ul></div>

        """
    }
    for group in section.groups {
      let page = group.page(isLong: digest.isLong, digest.room)
      html += "<h3 style=\"font-size:15px;margin-bottom:.3em\">\(group.title)</h3>\n"
      for part in page.blocks { html += block(part, words) }
      if page.hidden > 0 { html += "<p>\(words.more(page.hidden, digest))</p>\n" }
      if let command = group.command {
        html +=
          "<p style=\"font-size:13px\">\(words.answerWith): <code style=\"word-break:break-word\">\(command)</code></p>\n"
      }
    }
    if section.hidden > 0 { html += "<p>\(words.more(section.hidden, digest))</p>\n" }
    return html
  }

  private static func block(_ block: Digest.ShownBlock, _ words: DigestWords) -> HTML {
    var html: HTML = "<ol style=\"margin:.2em 0\">\n"
    for row in block.rows {
      html +=
        "<li>\(row.sentence) <span class=\"soft\" style=\"color:#555;font-size:13px\">[\(row.facts)]</span></li>\n"
    }
    html += "</ol>\n"
    if block.details.isEmpty { return html }
    html += """
      <div class="soft" style="color:#444;font-size:13px;margin:.2em 0 .8em 2.5em"><em>\(words.applies(block.of))</em><ul style="margin:.1em 0">
      \(block.details.map { "<li>\($0)</li>\n" })</ul></div>

      """
    return html
  }
}
