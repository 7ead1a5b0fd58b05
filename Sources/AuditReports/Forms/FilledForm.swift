import AuditBase

/// A form with what is known filled in: what the page and the document are both written from.
package struct FilledForm: Sendable {
  /// Text, or a place that a person fills in.
  struct Run: Sendable, Equatable {
    var text: String
    var isBlank = false
  }

  typealias Cell = [Run]

  enum Block: Sendable, Equatable {
    case title(Cell)
    case heading(Cell)
    case paragraph(Cell)
    /// Rows before the repeated one are its header; a table without one has its labels in the first column.
    case table(header: [[Cell]], rows: [[Cell]])
  }

  /// The name of its files.
  package let name: String
  let blocks: [Block]

  /// Fills a template in.
  package init(_ template: FormTemplate, _ values: FormValues) {
    name = template.name
    var blocks: [Block] = []
    var table: [(row: [Cell], isRepeated: Bool)] = []
    func end() {
      guard !table.isEmpty else { return }
      let first = table.firstIndex { $0.isRepeated } ?? 0
      blocks.append(.table(header: table[..<first].map(\.row), rows: table[first...].map(\.row)))
      table = []
    }
    func fill(_ pieces: [FormTemplate.Piece], _ person: [FormPersonField: String]? = nil) -> Cell {
      pieces.map { Self.run($0, values, person) }
    }
    for line in template.lines {
      switch line {
      case .row(let cells, let isRepeated):
        if !isRepeated {
          table.append((cells.map { fill($0) }, false))
        } else {
          for person in values.people { table.append((cells.map { fill($0, person) }, true)) }
        }
        continue
      case .title(let pieces):
        end()
        blocks.append(.title(fill(pieces)))
      case .heading(let pieces):
        end()
        blocks.append(.heading(fill(pieces)))
      case .paragraph(let pieces):
        end()
        blocks.append(.paragraph(fill(pieces)))
      case .gap: end()
      }
    }
    end()
    self.blocks = blocks
  }

  private static func run(
    _ piece: FormTemplate.Piece, _ values: FormValues, _ person: [FormPersonField: String]?
  ) -> Run {
    switch piece {
    case .text(let text): Run(text: PlainText.line(text, limit: 4000))
    case .field(let field, let who): run(values.fields[field], who)
    case .person(let field, let who): run(person?[field], who)
    }
  }

  /// A fact, or room for it: never a guess.
  private static func run(_ value: String?, _ who: String?) -> Run {
    let text = PlainText.line(value ?? "", limit: 4000)
    guard text.isEmpty else { return Run(text: text) }
    return Run(text: "………………… (diisi oleh \(PlainText.line(who ?? "pengisi", limit: 60)))", isBlank: true)
  }

  /// For the title of a window.
  var title: String {
    for block in blocks { if case .title(let cell) = block { return cell.map(\.text).joined() } }
    return name
  }
}

// MARK: A page to print

extension FilledForm {
  /// The form as a page that needs nothing but itself.
  package var html: HTML {
    let parts: [HTML] = blocks.map(Self.html)
    return """
      <!DOCTYPE html>
      <html lang="id"><head><meta charset="utf-8"><title>\(title)</title><style>\(Self.style)</style></head>
      <body>
      \(parts)</body></html>

      """
  }

  private static let style: HTML = """
    @page{size:A4;margin:18mm}body{font:12pt/1.4 "Times New Roman",serif;color:#000;max-width:50em;margin:1em auto;padding:0 1em}
    h1{font-size:1.25em;text-align:center}h2{font-size:1.05em}table{border-collapse:collapse;width:100%;margin:.5em 0}
    th,td{border:1px solid #000;padding:.25em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}th:first-child:nth-last-child(2){width:32%}
    thead{display:table-header-group}tr{break-inside:avoid}.blank{color:#555}
    """

  private static func html(_ block: Block) -> HTML {
    switch block {
    case .title(let cell): "<h1>\(runs(cell))</h1>\n"
    case .heading(let cell): "<h2>\(runs(cell))</h2>\n"
    case .paragraph(let cell): "<p>\(runs(cell))</p>\n"
    case .table(let header, let rows): table(header, rows)
    }
  }

  private static func table(_ header: [[Cell]], _ rows: [[Cell]]) -> HTML {
    let head: [HTML] = header.map { row in
      let cells: [HTML] = row.map { "<th>\(runs($0))</th>" }
      return "<tr>\(cells)</tr>"
    }
    let body: [HTML] = rows.map { row in
      let cells: [HTML] = row.enumerated().map { place, cell in
        header.isEmpty && place == 0 ? "<th>\(runs(cell))</th>" : "<td>\(runs(cell))</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return header.isEmpty
      ? "<table><tbody>\n\(body)</tbody></table>\n"
      : "<table><thead>\(head)</thead><tbody>\n\(body)</tbody></table>\n"
  }

  private static func runs(_ cell: Cell) -> HTML {
    let parts: [HTML] = cell.map {
      $0.isBlank ? "<span class=\"blank\">\($0.text)</span>" : HTML(text: $0.text)
    }
    return parts.joined()
  }
}
