/// A workbook as Excel, LibreOffice, Google Sheets and the libraries of many languages write it (.xlsx, .xlsm), read sheet by
/// sheet and row by row. Macros, charts, links to other files and calculation are left alone.
package final class WorkbookReader {
  /// A sheet of cells.
  package struct Sheet: Sendable, Equatable {
    /// As on its tab.
    package let name: String
    /// Not shown, or so well hidden that only a program can show it.
    package let isHidden: Bool
    let part: String
  }

  /// In the order of their tabs.
  package let sheets: [Sheet]
  /// Days are counted from 1904, as by old Excel for Macintosh.
  package let is1904: Bool
  private let zip: ZipReader
  private let limits: WorkbookLimits
  private let stringsPart: String?
  private let stylesPart: String?
  private var strings: SharedStrings?
  private var styles: CellStyles?
  private var merged: [String: [MergedRange]] = [:]

  /// Opens a workbook. Says what the file is where it is none, and how to go on.
  package init(_ file: ByteFile, limits: WorkbookLimits = WorkbookLimits()) throws(WorkbookError) {
    switch FileKind(head: try file.read(at: 0, count: 8)) {
    case .zip: break
    case .ancientExcel: throw .oldExcel
    case .compound:
      if try FileKind.compound(file, holds: "EncryptedPackage") { throw .encrypted }
      if try FileKind.compound(file, holds: "WordDocument") { throw .other("Word (.doc)") }
      throw .oldExcel
    case nil: throw .broken("ZIP")
    }
    zip = try ZipReader(file, limits: limits)
    self.limits = limits
    let package = Package(zip: zip, limits: limits)
    guard let workbook = try package.workbookPart() else { throw .other(try FileKind.format(zip)) }
    let pointers = try package.relationships(of: workbook)
    stringsPart = pointers.first { $0.isKind("sharedStrings") }?.part
    stylesPart = pointers.first { $0.isKind("styles") }?.part
    (sheets, is1904) = try Self.read(try package.xml(workbook), pointers)
    if sheets.isEmpty {
      throw WorkbookError(
        .otherKind, "buku kerja ini tidak berisi satu lembar pun yang bersel. Periksa berkas itu",
        "this workbook has not a single sheet of cells. Check the file")
    }
  }

  /// The sheet of a name in any case, or of a place counted from 1.
  package func sheet(_ wanted: String) throws(WorkbookError) -> Sheet {
    func key(_ name: String) -> String {
      name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    if let exact = sheets.first(where: { $0.name == wanted })
      ?? sheets.first(where: { key($0.name) == key(wanted) })
    {
      return exact
    }
    if let place = Int(wanted), sheets.indices.contains(place - 1) { return sheets[place - 1] }
    throw .noSuchSheet(wanted, sheets.map(\.name))
  }

  /// Opens a sheet for reading from its first row.
  /// - Parameter isMerged: blocks of cells shown as one are looked for, which takes a look at the whole sheet.
  package func open(_ sheet: Sheet, isMerged: Bool = true) throws(WorkbookError) -> SheetReader {
    let package = Package(zip: zip, limits: limits)
    let strings = try sharedStrings(package)
    let styles = try cellStyles(package)
    guard let entry = zip[sheet.part] else { throw .broken(ZipReader.printable(sheet.part)) }
    let stream = try zip.stream(entry)
    return SheetReader(
      SheetReader.Content(
        sheet: sheet.name, strings: strings, styles: styles, is1904: is1904, limits: limits,
        merged: isMerged ? try merged(sheet, entry) : []),
      XMLReader(part: sheet.part, limits: limits) { () throws(WorkbookError) in try stream.read() },
      fraction: { stream.fraction })
  }

  private func merged(_ sheet: Sheet, _ entry: ZipReader.Entry) throws(WorkbookError) -> [MergedRange] {
    if let known = merged[sheet.part] { return known }
    let found = try MergedRange.all(in: zip.stream(entry, isChecked: false))
    merged[sheet.part] = found
    return found
  }

  private func sharedStrings(_ package: Package) throws(WorkbookError) -> SharedStrings {
    if let strings { return strings }
    guard let stringsPart else { return SharedStrings() }
    let read = try SharedStrings(try package.xml(stringsPart), limits: limits)
    strings = read
    return read
  }

  private func cellStyles(_ package: Package) throws(WorkbookError) -> CellStyles {
    if let styles { return styles }
    guard let stylesPart else { return CellStyles() }
    let read = try CellStyles(try package.xml(stylesPart))
    styles = read
    return read
  }

  private static func read(_ reader: consuming XMLReader, _ pointers: [Package.Relationship])
    throws(WorkbookError) -> (sheets: [Sheet], is1904: Bool)
  {
    var sheets: [Sheet] = []
    var is1904 = false
    while true {
      switch try reader.next() {
      case .finished: return (sheets, is1904)
      case .text, .end: break
      case .start:
        guard reader.namespace == .sheet else { continue }
        if reader.isNamed("workbookPr") {
          is1904 = ["1", "true", "on"].contains(reader.string("date1904") ?? "")
        } else if reader.isNamed("sheet"), let name = reader.string("name"),
          let id = reader.string("id", in: .pointer),
          // Charts have sheets of their own.
          let pointer = pointers.first(where: { $0.id == id && $0.isKind("worksheet") })
        {
          let state = reader.string("state") ?? "visible"
          sheets.append(Sheet(name: name, isHidden: state != "visible", part: pointer.part))
          if sheets.count > 10_000 { throw .bomb("xl/workbook.xml") }
        }
      }
    }
  }
}

/// The parts of a package and how they point to each other.
struct Package {
  struct Relationship {
    let id: String
    let type: String
    let part: String

    func isKind(_ kind: String) -> Bool { type.hasSuffix("/" + kind) }
  }

  let zip: ZipReader
  let limits: WorkbookLimits

  func xml(_ part: String) throws(WorkbookError) -> XMLReader {
    guard let entry = zip[part] else { throw .broken(ZipReader.printable(part)) }
    let stream = try zip.stream(entry)
    return XMLReader(part: ZipReader.printable(part), limits: limits) { () throws(WorkbookError) in
      try stream.read()
    }
  }

  /// The part that is the workbook; `nil` where the package holds something else.
  func workbookPart() throws(WorkbookError) -> String? {
    let part = try relationships(of: "").first { $0.isKind("officeDocument") }?.part ?? "xl/workbook.xml"
    guard zip[part] != nil, part.lowercased().hasSuffix(".xml") else { return nil }
    var reader = try xml(part)
    while true {
      switch try reader.next() {
      case .start: return reader.isNamed("workbook") && reader.namespace == .sheet ? part : nil
      case .finished: return nil
      case .text, .end: break
      }
    }
  }

  /// Where a part points; the empty name is the package itself.
  func relationships(of part: String) throws(WorkbookError) -> [Relationship] {
    let (folder, name) = Self.split(part)
    let file = folder + "_rels/" + name + ".rels"
    guard zip[file] != nil else { return [] }
    var reader = try xml(file)
    var found: [Relationship] = []
    while true {
      switch try reader.next() {
      case .finished: return found
      case .text, .end: break
      case .start:
        guard reader.isNamed("Relationship"), reader.namespace == .relationships,
          reader.string("TargetMode") != "External", let id = reader.string("Id"),
          let type = reader.string("Type"), let target = reader.string("Target")
        else { continue }
        found.append(Relationship(id: id, type: type, part: Self.resolve(target, in: folder)))
        if found.count > 20_000 { throw .bomb(file) }
      }
    }
  }

  private static func split(_ part: String) -> (folder: String, name: String) {
    guard let slash = part.lastIndex(of: "/") else { return ("", part) }
    return (String(part[...slash]), String(part[part.index(after: slash)...]))
  }

  private static func resolve(_ target: String, in folder: String) -> String {
    let target = target.replacing("\\", with: "/")
    var steps: [Substring] = []
    for step in ((target.hasPrefix("/") ? "" : folder) + target).split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}
