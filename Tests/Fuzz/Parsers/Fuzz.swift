import AlertLedger
import Glibc
import AuditBase

@testable import AlertMail
@testable import AuditService
@testable import FreezeRules
@testable import HRRecords
@testable import RuleFiles
@testable import SystemLog
@testable import Workbook

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main struct Fuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runFuzzer(&count, &arguments, fuzz))
  }
}

/// What libFuzzer calls with each input: its first byte chooses the parser. A trap, a hang or a broken promise is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count).dropFirst())
  let text = String(decoding: bytes, as: UTF8.self)
  switch start[0] % 12 {
  case 0: date(text)
  case 1: person(text)
  case 2: csv(bytes)
  case 3: json(text)
  case 4: log(text)
  case 5: journalLine(bytes)
  case 6: rules(text)
  case 7: configuration(text)
  case 8: _ = MailAddress(text)
  case 9: xml(bytes)
  case 10: workbook(bytes)
  default: sheet(bytes)
  }
  return 0
}

private func date(_ text: String) {
  if case .known(let span, let original) = DirtyDate.read(text) {
    precondition(span.first <= span.last && original == text)
    precondition(RecordedDate.plausibleYears.contains(span.first.year))
  }
  if let day = CivilDate(iso: text) { precondition(day.description == text) }
}

private func person(_ text: String) {
  if let number = NIP.number(text) { precondition(String(number).utf8.count <= 18) }
  _ = Echelon.read(text)
  _ = AlertID(source: text, actionID: text, rule: text, election: text).description
}

private func csv(_ bytes: [UInt8]) {
  var reader = CSVReader(OddPieces(bytes))
  do throws(SourceError) {
    reader.separator = CSVLayout.separator(try reader.head(4096), ColumnMap.known.score)
    var file = try ActionFile(rows: reader, name: "fuzz", region: nil, zone: .wib)
    while try file.next() != nil {}
  } catch {}
}

/// Pieces of odd sizes, so that rows lie across them.
private final class OddPieces: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read() -> [UInt8] {
    defer { position = min(bytes.count, position + 7) }
    return Array(bytes[position..<min(bytes.count, position + 7)])
  }

  func rewind() { position = 0 }
}

private func json(_ text: String) {
  guard let value = JSON(parsing: text) else { return }
  precondition(JSON(parsing: value.text) == value)
}

/// What is written is one line, and reads back as what the entry holds.
private func log(_ text: String) {
  var entry = LogEntry(.raised, priority: .warning, message: text, event: text)
  entry.set(.decreeNo, text)
  let line = entry.jsonLine
  precondition(line.count { $0 == UInt8(ascii: "\n") } == 1)
  let read = JSON(parsing: String(decoding: line, as: UTF8.self))
  precondition(read?["MESSAGE"]?.string == entry.fields.first { $0.name.text == "MESSAGE" }?.value)
}

private func journalLine(_ bytes: [UInt8]) {
  guard let line = JournalLine(bytes) else { return }
  _ = LogEvent(line)
}

private func rules(_ text: String) {
  do throws(FileError) { _ = try Rulebook(yaml: text, file: "fuzz", hash: "") } catch {}
  do throws(FileError) { _ = try ElectionCalendar(yaml: text, file: "fuzz", hash: "") } catch {}
}

private func configuration(_ text: String) {
  let path = "/dev/shm/freeze-auditor-fuzz-\(getpid()).yaml"
  guard let file = fopen(path, "w") else { return }
  fputs(text, file)
  fclose(file)
  do throws(FileError) { _ = try Configuration(path: path, environment: [:]) } catch {}
  unlink(path)
}

/// However the bytes come, the same events.
private func xml(_ bytes: [UInt8]) {
  func events(_ size: Int) -> [UInt8]? {
    var rest = bytes[...]
    var reader = XMLReader(part: "fuzz") { () throws(WorkbookError) in
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return piece
    }
    var events: [UInt8] = []
    do {
      while true {
        switch try reader.next() {
        case .finished: return events
        case .start: events += [0xFF] + reader.buffer[reader.name]
        case .end: events.append(0xFE)
        case .text: reader.appendText(to: &events)
        }
      }
    } catch { return nil }
  }
  precondition(events(1 << 16) == events(5))
}

private func workbook(_ bytes: [UInt8]) {
  var limits = WorkbookLimits()
  (limits.ratioFloor, limits.cells) = (1 << 20, 1 << 20)
  do {
    let workbook = try WorkbookReader(ByteFile(bytes), limits: limits)
    for sheet in workbook.sheets {
      var reader = try workbook.open(sheet)
      var row = WorkbookRow()
      while try reader.next(&row) {
        precondition(row.number <= WorkbookLimits.rows && row.cells.count <= WorkbookLimits.columns)
        for column in row.cells.indices { _ = row.text(column) }
      }
    }
  } catch {}
}

/// The bytes as the parts of a workbook that is sound otherwise: no checksum keeps the fuzzer out.
private func sheet(_ bytes: [UInt8]) {
  let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  let pointers = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  var zip: [UInt8] = []
  do {
    var writer = ZipWriter(zlib: nil) { zip += $0 }
    try writer.add(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(main)\" xmlns:r=\"\(pointers)\"><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>"
    )
    try writer.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"x/styles\" Target=\"t.xml\"/></Relationships>"
    )
    try writer.add(
      "xl/t.xml",
      "<styleSheet xmlns=\"\(main)\"><cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
    )
    try writer.begin("xl/s.xml")
    try writer.write(Array("<worksheet xmlns=\"\(main)\"><sheetData>".utf8) + bytes)
    try writer.write(Array("</sheetData></worksheet>".utf8))
    try writer.end()
    try writer.finish()
  } catch { preconditionFailure() }
  workbook(zip)
  _ = NumberFormat.meaning(String(decoding: bytes, as: UTF8.self))
}
