import AuditBase
import FreezeRules

/// What the first bytes of a text file tell: that it is a CSV at all, and what stands between its cells.
enum CSVLayout {
  /// Bytes that are looked at.
  static let headBytes = 256 << 10

  /// The separator under which the rows look most like a table with known names.
  static func separator(_ head: ArraySlice<UInt8>, _ score: ([String]) -> Int) -> UInt8 {
    if let said = said(head) { return said }
    var best: (separator: UInt8, score: Int, fitting: Int)?
    for separator in CSVReader.separators {
      let rows = rows(head, separator)
      let header = FileHeader.find(rows, score)
      let width = header?.names.count ?? 1
      let fitting = width < 2 ? 0 : rows.count { $0.cells.count == width }
      let found = (separator: separator, score: header?.score ?? 0, fitting: fitting)
      if best.map({ ($0.score, $0.fitting) < (found.score, found.fitting) }) ?? true { best = found }
    }
    return best?.separator ?? UInt8(ascii: ",")
  }

  /// Excel's own first line, `sep=;`.
  private static func said(_ head: ArraySlice<UInt8>) -> UInt8? {
    let line = head.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == UInt8(ascii: "\"") }
      .prefix { $0 != 10 && $0 != 13 }
    guard line.count >= 5, line.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8.map { $0 | 0x20 }),
      line.dropFirst(5).allSatisfy({ $0 == UInt8(ascii: "\"") })
    else { return nil }
    return line[line.startIndex + 4]
  }

  /// The first rows as text, blank ones and those that cannot be split left out.
  private static func rows(_ head: ArraySlice<UInt8>, _ separator: UInt8) -> [(line: Int, cells: [String])] {
    var reader = CSVReader(HeadBytes(Array(head)))
    reader.separator = separator
    return first(&reader)
  }

  /// The first rows of any file.
  static func first(_ reader: inout some RowReader) -> [(line: Int, cells: [String])] {
    var row = FileRow()
    var rows: [(line: Int, cells: [String])] = []
    while rows.count < FileHeader.rowsLookedAt, (try? reader.next(into: &row)) ?? false {
      if row.isReadable, !row.isBlank { rows.append((row.line, row.texts)) }
    }
    return rows
  }

  /// Bytes at hand.
  private final class HeadBytes: ByteSource {
    private let bytes: [UInt8]
    private var isTaken = false
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    func read() -> [UInt8] {
      defer { isTaken = true }
      return isTaken ? [] : bytes
    }
    func rewind() { isTaken = false }
  }

  /// Refuses what only carries the name of a CSV, with the way to make one of it.
  static func refuseOthers(_ head: ArraySlice<UInt8>, _ name: String) throws(SourceError) {
    func starts(_ text: String) -> Bool { head.starts(with: text.utf8) }
    func refused(id: String, en: String) -> SourceError {
      SourceError(.shape, Text("\(name): " + id, "\(name): " + en))
    }
    if starts("PK\u{3}\u{4}") || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw refused(
        id:
          "ini berkas Excel, bukan CSV. Di Excel pilih File > Save As > \"CSV UTF-8 (Comma delimited)\", lalu jalankan lagi dengan berkas itu",
        en:
          "this is an Excel file, not CSV. In Excel choose File > Save As > \"CSV UTF-8 (Comma delimited)\" and run again with that file"
      )
    }
    let other: (id: String, en: String)? =
      starts("%PDF")
      ? ("PDF", "a PDF")
      : starts("{\\rtf")
        ? ("RTF", "RTF")
        : starts("SQLite format 3")
          ? ("SQLite", "an SQLite database")
          : head.starts(with: [0x1F, 0x8B]) ? ("berkas gzip", "a gzip file") : nil
    if let other {
      throw refused(
        id: "ini \(other.id), bukan CSV. Ekspor datanya sebagai CSV UTF-8, lalu jalankan lagi",
        en: "this is \(other.en), not CSV. Export the data as CSV UTF-8 and run again")
    }
    let text = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let next = text.dropFirst().first { $0 > 32 }
    let isJSON =
      text.first == UInt8(ascii: "{") && (next == UInt8(ascii: "\"") || next == UInt8(ascii: "}"))
      || text.first == UInt8(ascii: "[") && (next.map { "{[\"]".utf8.contains($0) } ?? true)
    if isJSON {
      throw refused(
        id:
          "ini JSON, bukan CSV. Ubah dulu menjadi tabel: di Excel pilih Data > Get Data > From JSON, lalu simpan sebagai \"CSV UTF-8\"",
        en:
          "this is JSON, not CSV. Turn it into a table first: in Excel choose Data > Get Data > From JSON, then save as \"CSV UTF-8\""
      )
    }
    let tag = text.prefix(400).map { $0 | 0x20 }
    if text.first == UInt8(ascii: "<"),
      ["<!doctype", "<html", "<table", "<meta", "<head", "<body", "<?xml", "<style", "<div", "<!--"].contains(
        where: {
          tag.starts(with: $0.utf8.map { $0 | 0x20 })
        })
    {
      throw refused(
        id:
          "ini halaman HTML atau XML yang hanya bernama CSV/XLS. Buka di Excel, lalu simpan sebagai \"CSV UTF-8 (Comma delimited)\"",
        en:
          "this is an HTML or XML page that only bears the name of a CSV/XLS. Open it in Excel and save it as \"CSV UTF-8 (Comma delimited)\""
      )
    }
  }
}
