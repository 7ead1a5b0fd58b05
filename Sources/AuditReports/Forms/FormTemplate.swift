import AuditBase

/// A form as text, one line a thing: `#` the title, `##` a heading, `| label | {{field}} |` a row of a table, `*|` the row that
/// is repeated for each person, `%` a remark, anything else a paragraph. `{{field / who}}` says who fills in what the facts
/// do not give.
package struct FormTemplate: Sendable {
  /// Text, or a place for a value.
  enum Piece: Sendable, Equatable {
    case text(String)
    case field(FormField, who: String?)
    case person(FormPersonField, who: String?)
  }

  enum Line: Sendable {
    case title([Piece])
    case heading([Piece])
    case paragraph([Piece])
    case row([[Piece]], isRepeated: Bool)
    case gap
  }

  /// The name of the files made from it.
  package let name: String
  let lines: [Line]

  /// Fields without which a form is not the one that its name says.
  static let required: [String: [FormField]] = [
    "form-a": [.object, .region, .eventDay, .account],
    "temuan": [.event, .eventDay, .known],
    "laporan-menteri": [.decreeNo, .decreeDate, .oath, .letter, .reportBy],
  ]
  /// The forms that name every person.
  static let listing: Set<String> = ["form-a", "temuan", "laporan-menteri"]

  /// The forms compiled in.
  package static var shipped: [(name: String, text: String)] {
    [
      ("form-a", String(decoding: PackageResources.form_a_txt, as: UTF8.self)),
      ("temuan", String(decoding: PackageResources.temuan_txt, as: UTF8.self)),
      ("laporan-menteri", String(decoding: PackageResources.laporan_menteri_txt, as: UTF8.self)),
    ]
  }

  /// Reads a template.
  /// - Parameters:
  ///   - name: without its ending; one of the shipped names must have that form's fields.
  ///   - file: for complaints.
  package init(name: String, file: String, text: String) throws(Failure) {
    self.name = name
    var lines: [Line] = []
    var fields: Set<FormField> = []
    var namesPeople = false
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = try Self.line(line.drop(while: \.isWhitespace), file, index + 1)
      lines.append(line)
      for piece in line.pieces {
        if case .field(let field, _) = piece { fields.insert(field) }
        if case .person = piece { namesPeople = true }
      }
    }
    for field in Self.required[name] ?? [] where !fields.contains(field) {
      throw Self.wrong(
        file, 0, "tidak memuat {{\(field.rawValue)}}, yang harus ada dalam \(name)",
        "does not hold {{\(field.rawValue)}}, which \(name) must have")
    }
    if Self.listing.contains(name), !namesPeople {
      throw Self.wrong(
        file, 0, "tidak memuat baris \"*|\" dengan {{orang.…}}: orang-orangnya tidak akan disebut",
        "has no row \"*|\" with {{orang.…}}: the people would not be named")
    }
    self.lines = lines
  }

  private static func line(_ line: Substring, _ file: String, _ number: Int) throws(Failure) -> Line {
    if line.isEmpty || line.hasPrefix("%") { return .gap }
    func pieces(_ text: Substring, ofPerson: Bool = false) throws(Failure) -> [Piece] {
      try Self.pieces(text, ofPerson, file, number)
    }
    if line.hasPrefix("##") { return .heading(try pieces(line.dropFirst(2))) }
    if line.hasPrefix("#") { return .title(try pieces(line.dropFirst())) }
    let isRepeated = line.hasPrefix("*|")
    guard isRepeated || line.hasPrefix("|") else { return .paragraph(try pieces(line)) }
    var cells = line.dropFirst(isRepeated ? 2 : 1).split(separator: "|", omittingEmptySubsequences: false)
    if cells.last?.allSatisfy(\.isWhitespace) == true { cells.removeLast() }
    var row: [[Piece]] = []
    for cell in cells { row.append(try pieces(cell, ofPerson: isRepeated)) }
    guard !row.isEmpty, row.count <= 20 else {
      throw Self.wrong(
        file, number, "baris tabel harus berisi 1 sampai 20 sel", "the row of a table must have 1 to 20 cells"
      )
    }
    return .row(row, isRepeated: isRepeated)
  }

  private static func pieces(_ text: Substring, _ ofPerson: Bool, _ file: String, _ number: Int)
    throws(Failure) -> [Piece]
  {
    var pieces: [Piece] = []
    var rest = trimmed(text)
    while let open = rest.firstRange(of: "{{") {
      if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
        throw Self.wrong(file, number, "\"{{\" tanpa \"}}\"", "\"{{\" without \"}}\"")
      }
      let parts = rest[open.upperBound..<close.lowerBound].split(separator: "/", maxSplits: 1)
      let name = parts.first.map { String(trimmed($0)) } ?? ""
      let who = parts.count > 1 ? String(trimmed(parts[1])) : nil
      if let field = FormField(rawValue: name) {
        pieces.append(.field(field, who: who))
      } else if ofPerson, let field = FormPersonField(rawValue: name) {
        pieces.append(.person(field, who: who))
      } else {
        throw unknown(name, ofPerson, file, number)
      }
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  private static func unknown(_ name: String, _ ofPerson: Bool, _ file: String, _ number: Int) -> Failure {
    let shown = PlainText.line(name, limit: 60)
    if FormPersonField(rawValue: name) != nil {
      return wrong(
        file, number, "{{\(shown)}} hanya boleh di baris \"*|\", yang diulang untuk tiap orang",
        "{{\(shown)}} may stand only in a row \"*|\", which is repeated for each person")
    }
    let allowed =
      (FormField.allCases.map(\.rawValue) + (ofPerson ? FormPersonField.allCases.map(\.rawValue) : []))
      .joined(
        separator: ", ")
    return wrong(
      file, number, "isian {{\(shown)}} tidak dikenal; yang ada: \(allowed)",
      "unknown field {{\(shown)}}; there are: \(allowed)")
  }

  /// What is wrong with a template: file, line, and what is allowed.
  private static func wrong(_ file: String, _ line: Int, _ indonesian: String, _ english: String) -> Failure {
    let place = line > 0 ? "\(file):\(line): " : "\(file): "
    return Failure(.configuration, place + indonesian, place + english)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension FormTemplate.Line {
  var pieces: [FormTemplate.Piece] {
    switch self {
    case .title(let pieces), .heading(let pieces), .paragraph(let pieces): pieces
    case .row(let cells, _): cells.flatMap { $0 }
    case .gap: []
    }
  }
}
