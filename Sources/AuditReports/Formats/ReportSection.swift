import AuditBase
import FreezeRules
import Workbook

/// A table that a report holds beside its records: what changed since another one, the letters against the oaths. Plain text,
/// so that each format shows it in its own way.
package struct ReportSection: Sendable {
  /// Its place in a page.
  package let id: String
  /// Its heading, and the name of its sheet.
  package let title: Text
  /// Sentences before the table.
  package var lines: [String] = []
  /// Column names.
  package var columns: [String] = []
  /// Cells, a row each.
  package var rows: [[String]] = []
  /// Before the findings, not after them.
  package var isLeading = false

  /// A section without a row yet.
  package init(id: String, title: Text) {
    self.id = id
    self.title = title
  }

  /// More rows than this nobody reads on a page or a screen; a workbook holds them all.
  static let mostOnPage = 2_000
}

extension ReportHeader {
  /// As HTML, those that lead or those that follow.
  func sectionsHTML(isLeading: Bool) -> HTML {
    var html = HTML()
    for section in sections where section.isLeading == isLeading {
      html +=
        "<section id=\"\(section.id)\" class=\"more\" style=\"margin:1.25rem 0\"><h3>\(section.title[language])</h3>\n"
      for line in section.lines { html += "<p>\(PlainText.line(line, limit: 2000))</p>\n" }
      if !section.rows.isEmpty {
        html += "<table class=\"data\"><thead><tr>"
        for column in section.columns { html += "<th scope=\"col\">\(column)</th>" }
        html += "</tr></thead><tbody>\n"
        for row in section.rows.prefix(ReportSection.mostOnPage) {
          html += "<tr>"
          for cell in row { html += "<td>\(PlainText.line(cell, limit: 300))</td>" }
          html += "</tr>\n"
        }
        html += "</tbody></table>\n"
        if let more = more(section) { html += "<p>\(more)</p>\n" }
      }
      html += "</section>\n"
    }
    return html
  }

  private func more(_ section: ReportSection) -> String? {
    let hidden = section.rows.count - ReportSection.mostOnPage
    guard hidden > 0 else { return nil }
    return Text(
      "dan \(hidden) baris lain; semuanya ada di --format xlsx dan json",
      "and \(hidden) rows more; all of them are in --format xlsx and json")[language]
  }

  /// As lines for a terminal.
  package func sectionLines() -> [String] {
    var lines: [String] = []
    for section in sections {
      lines += TextWidth.wrap(section.title[language].uppercased(), indent: "", width)
      for line in section.lines {
        lines += TextWidth.wrap(PlainText.line(line, limit: 2000), indent: "", width)
      }
      for row in section.rows.prefix(ReportSection.mostOnPage) {
        let cells = row.map { PlainText.line($0, limit: 120) }.filter { !$0.isEmpty }
        lines += TextWidth.wrap(cells.joined(separator: " · "), indent: "  ", width)
      }
      if let more = more(section) { lines += TextWidth.wrap(more, indent: "  ", width) }
      lines.append("")
    }
    return lines
  }

  /// As the rows of a sheet.
  func sectionRows(_ section: ReportSection?) -> [[OutputCell]] {
    guard let section else { return [[.text("-", .text)]] }
    var rows: [[OutputCell]] = [[.text(section.title[language], .title)]]
    rows += section.lines.map { [.text($0, .text)] }
    rows.append([])
    if !section.rows.isEmpty {
      rows.append(section.columns.map { .text($0, .addedHeader) })
      rows += section.rows.map { $0.map { .text($0, .wrapped) } }
    }
    return rows
  }
}
