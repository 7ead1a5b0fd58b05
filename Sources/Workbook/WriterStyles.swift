/// How a cell of a written sheet looks. Every colour has another lightness, and bold or italic letters with it, so that a
/// sheet printed in grey tells the same.
package enum CellLook: Int, Sendable, CaseIterable {
  /// Whatever the program makes of it.
  case plain
  /// Text that stays text: codes and numbers of persons.
  case text
  /// Longer text, over several lines.
  case wrapped
  /// The first line of a sheet.
  case title
  /// A column's name, as the file had it.
  case header
  /// A column's name, added here.
  case addedHeader
  /// A day.
  case date
  /// A day and a time.
  case dateTime
  /// A whole number.
  case integer
  /// White on dark.
  case alert
  /// Black on a middle tone.
  case caution
  /// Italic on a light tone.
  case notice
  /// Green on a very light tone.
  case good
  /// A frame for somebody to write into.
  case answer

  fileprivate var font: Int {
    switch self {
    case .title: 2
    case .header, .caution: 1
    case .addedHeader, .alert: 3
    case .notice: 4
    default: 0
    }
  }

  fileprivate var fill: Int {
    switch self {
    case .header: 2
    case .addedHeader: 3
    case .alert: 4
    case .caution: 5
    case .notice: 6
    case .good: 7
    default: 0
    }
  }

  fileprivate var format: Int {
    switch self {
    case .plain: 0
    case .integer: 3
    case .date: 164
    case .dateTime: 165
    default: 49
    }
  }

  fileprivate var hasFrame: Bool {
    switch self {
    case .header, .addedHeader, .alert, .caution, .notice, .good, .answer: true
    default: false
    }
  }

  var wraps: Bool {
    switch self {
    case .wrapped, .header, .addedHeader, .answer: true
    default: false
    }
  }
}

/// The styles part of a written workbook.
enum WriterStyles {
  /// - Parameter locale: of the names of months: 0x0421 Indonesian, 0x0409 English.
  static func xml(locale: Int) -> String {
    let code = "[$-\(String(locale, radix: 16, uppercase: true))]d mmmm yyyy"
    let fonts = [
      "", "<b/>", "<b/>", "<b/><color rgb=\"FFFFFFFF\"/>", "<i/>",
    ].enumerated().map { index, font in
      let parts = font.split(separator: "<color", maxSplits: 1)
      let weight = parts.first.map { $0.hasPrefix("<") ? String($0) : "" } ?? ""
      let colour = parts.count > 1 ? "<color" + parts[1] : ""
      return
        "<font>\(weight)<sz val=\"\(index == 2 ? 14 : 11)\"/>\(colour)<name val=\"Calibri\"/><family val=\"2\"/></font>"
    }
    let colours = ["D9D9D9", "404040", "8B1A1A", "E6A23C", "DDE3EA", "EEF6E8"]
    let fills =
      [
        "<fill><patternFill patternType=\"none\"/></fill>",
        "<fill><patternFill patternType=\"gray125\"/></fill>",
      ]
      + colours.map {
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF\($0)\"/><bgColor indexed=\"64\"/></patternFill></fill>"
      }
    let side = "style=\"thin\"><color rgb=\"FF808080\"/>"
    let frame =
      "<border><left \(side)</left><right \(side)</right><top \(side)</top><bottom \(side)</bottom><diagonal/></border>"
    let looks = CellLook.allCases.map { look in
      "<xf numFmtId=\"\(look.format)\" fontId=\"\(look.font)\" fillId=\"\(look.fill)\" borderId=\"\(look.hasFrame ? 1 : 0)\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"\(look.wraps ? " wrapText=\"1\"" : "")/></xf>"
    }
    return SheetXML.head
      + "<styleSheet xmlns=\"\(SheetXML.main)\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"\(code)\"/><numFmt numFmtId=\"165\" formatCode=\"\(code) hh:mm\"/></numFmts>"
      + "<fonts count=\"\(fonts.count)\">\(fonts.joined())</fonts>"
      + "<fills count=\"\(fills.count)\">\(fills.joined())</fills>"
      + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\(frame)</borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"\(looks.count + 1)\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\(looks.joined())</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
  }
}
