/// What the first bytes of a file say it is.
package enum FileKind: Sendable, Equatable {
  /// A ZIP: what Excel's own format is, and many others are.
  case zip
  /// A compound file: old Excel, or a locked workbook.
  case compound
  /// Excel before 1997.
  case ancientExcel

  /// `nil` for what is no workbook of any kind, such as a CSV.
  package init?(head: some Collection<UInt8>) {
    let head = Array(head.prefix(8))
    func starts(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
    if starts([0x50, 0x4B, 3, 4]) || starts([0x50, 0x4B, 5, 6]) || starts([0x50, 0x4B, 7, 8]) {
      self = .zip
    } else if starts([0xD0, 0xCF, 0x11, 0xE0]) {
      self = .compound
    } else if starts([9, 8, 0x10, 0]) || starts([9, 8, 8, 0]) || starts([9, 4, 6, 0]) || starts([9, 2, 6, 0])
      || starts([9, 0, 4, 0])
    {
      self = .ancientExcel
    } else {
      return nil
    }
  }

  /// Whether a compound file holds a stream of this name. Names stand in it as UTF-16, wherever its directory is.
  static func compound(_ file: ByteFile, holds name: String) throws(WorkbookError) -> Bool {
    let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    var offset = 0
    while offset < file.size {
      let piece = try file.read(at: offset, count: 1 << 20)
      if piece.isEmpty { return false }
      if piece.place(of: wanted) != nil { return true }
      // A name may lie across two pieces.
      offset += piece.count > wanted.count ? piece.count - wanted.count : piece.count
    }
    return false
  }

  /// The name of a ZIP's own format where it is no workbook of ours.
  static func format(_ zip: ZipReader) throws(WorkbookError) -> String {
    if let entry = zip["mimetype"], entry.size < 200 {
      let mime = String(decoding: try zip.stream(entry).read(), as: UTF8.self)
      if mime.contains("opendocument") {
        return mime.contains("spreadsheet") ? "OpenDocument (.ods)" : "OpenDocument"
      }
    }
    if zip.entries.keys.contains(where: {
      $0.hasSuffix(".iwa") || $0 == "index.zip" || $0 == "index.apxl" || $0.hasSuffix(".numbers/index.zip")
    }) {
      return "Apple Numbers (.numbers)"
    }
    if zip["xl/workbook.bin"] != nil { return "Excel Binary (.xlsb)" }
    if zip["word/document.xml"] != nil { return "Word (.docx)" }
    if zip["ppt/presentation.xml"] != nil { return "PowerPoint (.pptx)" }
    return "ZIP"
  }
}
