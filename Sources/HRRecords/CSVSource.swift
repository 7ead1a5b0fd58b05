import AuditBase
import FreezeRules
import Glibc

/// Reads acts from a CSV with the contract view's column names, or those that ``ColumnMap`` knows, in any order;
/// unknown columns are ignored.
package struct CSVSource {
  private var reader: CSVReader
  private let columns: [ContractColumn: Int]
  private let defaults: [ContractColumn: String]
  private let file: File
  private let width: Int
  private let name: String
  private let region: String?
  private let zone: Zone
  private var ids = DuplicateIDs()

  /// Opens a file (`-`: standard input) and reads its header.
  /// - Parameters:
  ///   - region: the site's code for records without one.
  ///   - zone: for instants of records whose region does not tell.
  ///   - map: which header means which column.
  ///   - defaults: text for a column that the file does not have; such a column is not required. A required
  ///     `action_id` without one is given the line's place.
  package init(
    path: String, region: String?, zone: Zone, map: ColumnMap = .known,
    defaults: [ContractColumn: String] = [:]
  ) throws(SourceError) {
    name = path == "-" ? "stdin" : path
    self.region = region
    self.zone = zone
    self.defaults = defaults
    let (file, reader, header) = try Self.open(path, name)
    self.file = file
    self.reader = reader
    width = header.count
    let columns = try map.resolve(header, file: name)
    self.columns = columns
    let missing = ContractColumn.required.filter { columns[$0] == nil && defaults[$0] == nil }.map(\.rawValue)
    if !missing.isEmpty || ContractColumn.dates.allSatisfy({ columns[$0] == nil }) {
      let dates = ContractColumn.dates.map(\.rawValue).joined(separator: ", ")
      let found = header.prefix(30).joined(separator: ", ")
      throw SourceError(
        .shape,
        Text(
          "\(name): kolom wajib tidak ada: \(missing.isEmpty ? "satu dari \(dates)" : missing.joined(separator: ", ")). Kolom yang ditemukan: \(found). Ganti nama kolom di baris pertama, misalnya action_id, kind, decree_date, atau petakan dengan --map",
          "\(name): a required column is missing: \(missing.isEmpty ? "one of \(dates)" : missing.joined(separator: ", ")). Columns found: \(found). Rename the columns in the first line, for example action_id, kind, decree_date, or map them with --map"
        ))
    }
  }

  /// Bytes taken from the file so far, and its size where it has one.
  package var progress: (read: Int, of: Int?) { (file.bytesRead, file.size) }

  /// Calls `body` with every act in file order; a line that cannot be split becomes an act that cannot be judged.
  package mutating func forEach(_ body: (PersonnelAction) throws -> Void) throws {
    while let item = try next() { try body(item) }
  }

  /// The next act, `nil` at the end.
  package mutating func next() throws(SourceError) -> PersonnelAction? {
    let item: CSVReader.Item?
    do { item = try reader.next() } catch { throw Self.unreadable(name, error) }
    switch item {
    case nil: return nil
    case .record(let line, let cells):
      // Never guessed: an unquoted comma in a name shifts every cell after it, and where the last columns are empty
      // such a row looks like one that a spreadsheet padded.
      guard cells.count == width else {
        return unreadable(line, cells.joined(separator: [reader.separator]).map { $0 })
      }
      return action(line, cells)
    case .unreadable(let line, let bytes): return unreadable(line, bytes)
    }
  }

  private mutating func action(_ line: Int, _ cells: [[UInt8]]) -> PersonnelAction {
    var isRepaired = false
    var action = PersonnelAction(
      cells: { column in
        guard let index = columns[column] else { return defaults[column] }
        if let text = String(validating: cells[index], as: UTF8.self) {
          return Cell.text(text) == nil ? defaults[column] ?? text : text
        }
        isRepaired = true
        return String(decoding: cells[index], as: UTF8.self)
      }, place: place(line), region: region, zone: zone)
    if isRepaired { action.readerNotes.append(.encodingRepaired) }
    ids.mark(&action)
    return action
  }

  private func unreadable(_ line: Int, _ bytes: [UInt8]) -> PersonnelAction {
    var action = PersonnelAction(
      actionID: place(line), kind: String(decoding: bytes.prefix(200), as: UTF8.self))
    action.regionCode = region
    action.readerNotes = [.unreadableLine]
    return action
  }

  private func place(_ line: Int) -> String { "line:\(line)" }

  /// Opens a CSV of any kind and reads its header.
  fileprivate static func open(_ path: String, _ name: String) throws(SourceError) -> (
    File, CSVReader, [String]
  ) {
    let descriptor = path == "-" ? dup(0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = SystemError.last
      throw SourceError(
        errno == EACCES ? .privilege : .unreachable,
        Text(
          "\(name): berkas tidak dapat dibuka (\(reason)). Periksa nama dan hak baca berkas itu",
          "\(name): the file cannot be opened (\(reason)). Check its name and that you may read it"))
    }
    let file = File(descriptor)
    do {
      var reader = try CSVReader { try file.read() }
      try refuseOthers(reader.head, name)
      guard case .record(_, let cells)? = try reader.next() else {
        throw SourceError(
          .notEvaluated,
          Text(
            "\(name): berkas kosong. Baris pertama harus berisi nama kolom",
            "\(name): the file is empty. Its first line must hold the column names"))
      }
      return (file, reader, cells.map { DirtyDate.trim(String(decoding: $0, as: UTF8.self)) })
    } catch let error as SourceError {
      throw error
    } catch {
      throw unreadable(name, error)
    }
  }

  private static func refuseOthers(_ head: ArraySlice<UInt8>, _ name: String) throws(SourceError) {
    if head.starts(with: Array("PK\u{3}\u{4}".utf8)) || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw SourceError(
        .shape,
        Text(
          "\(name): ini berkas Excel, bukan CSV. Di Excel pilih File > Save As > \"CSV UTF-8 (Comma delimited)\", lalu jalankan lagi dengan berkas itu",
          "\(name): this is an Excel file, not CSV. In Excel choose File > Save As > \"CSV UTF-8 (Comma delimited)\" and run again with that file"
        ))
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw SourceError(
        .shape,
        Text(
          "\(name): berkas ini UTF-16. Simpan ulang sebagai \"CSV UTF-8\"",
          "\(name): this file is UTF-16. Save it again as \"CSV UTF-8\""))
    }
  }

  private static func unreadable(_ name: String, _ error: any Error) -> SourceError {
    SourceError(
      .notEvaluated,
      Text(
        "\(name): pembacaan terhenti (\(error)). Periksa berkas atau media penyimpanannya",
        "\(name): reading stopped (\(error)). Check the file or the medium it is on"))
  }
}

/// A file descriptor read in pieces and closed at the end. A class because the reader's closure holds it.
private final class File {
  private let descriptor: Int32
  private(set) var bytesRead = 0
  /// Bytes in all; `nil` for a pipe or a terminal.
  let size: Int?

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : nil
  }
  deinit { close(descriptor) }

  struct Failure: Error, CustomStringConvertible {
    let code: Int32
    var description: String { SystemError.reason(code) }
  }

  func read() throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      while true {
        let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if got >= 0 {
          count = got
          bytesRead += got
          return
        }
        if errno != EINTR { throw Failure(code: errno) }
      }
    }
  }
}

extension Approvals {
  /// Reads an approvals CSV: `letter_no, letter_date, nip, post_to` and, where there, `region_code`; one line a person.
  /// A line that cannot be read stops the reading: an annex with a hole would turn approved acts into alerts.
  package init(csv path: String) throws(SourceError) {
    var (_, reader, header) = try CSVSource.open(path, path)
    let names = header.map(ColumnMap.normalised)
    func index(_ column: ApprovalColumn) -> Int? {
      column.names.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    func required(_ column: ApprovalColumn) throws(SourceError) -> Int {
      guard let index = index(column) else {
        throw SourceError(
          .shape,
          Text(
            "\(path): kolom \(column.rawValue) tidak ada. Berkas persetujuan memerlukan letter_no, letter_date, nip, post_to",
            "\(path): the column \(column.rawValue) is missing. An approvals file needs letter_no, letter_date, nip, post_to"
          ))
      }
      return index
    }
    let letterNo = try required(.letterNo)
    let letterDate = try required(.letterDate)
    let nip = try required(.nip)
    let postTo = try required(.postTo)
    let regionCode = index(.regionCode)
    var lines: [ApprovalLine] = []
    func bad(_ line: Int) -> SourceError {
      SourceError(
        .notEvaluated,
        Text(
          "\(path):\(line): baris persetujuan tidak terbaca. Perbaiki baris itu; persetujuan yang hilang akan menjadi peringatan palsu",
          "\(path):\(line): this approval line cannot be read. Mend it; a lost approval would become a false alarm"
        ))
    }
    while true {
      let item: CSVReader.Item?
      do { item = try reader.next() } catch { throw bad(0) }
      guard let item else { break }
      guard case .record(let line, let cells) = item, cells.count >= header.count else {
        if case .record(let line, _) = item { throw bad(line) }
        if case .unreadable(let line, _) = item { throw bad(line) }
        break
      }
      func text(_ index: Int) -> String? {
        Cell.text(String(decoding: cells[index], as: UTF8.self))
      }
      guard let letter = text(letterNo) else { throw bad(line) }
      lines.append(
        ApprovalLine(
          letterNo: letter, letterDate: DirtyDate.read(text(letterDate)), nip: text(nip),
          postTo: text(postTo),
          regionCode: regionCode.flatMap(text)))
    }
    self.init(lines)
  }
}
