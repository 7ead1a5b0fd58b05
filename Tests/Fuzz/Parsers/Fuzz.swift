import AlertLedger
import Glibc
import AuditBase

@testable import AlertMail
@testable import AuditService
@testable import FreezeRules
@testable import HRRecords
@testable import RuleFiles
@testable import SystemLog

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
  switch start[0] % 9 {
  case 0: date(text)
  case 1: person(text)
  case 2: csv(bytes)
  case 3: json(text)
  case 4: log(text)
  case 5: journalLine(bytes)
  case 6: rules(text)
  case 7: configuration(text)
  default: _ = MailAddress(text)
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
  var rest = bytes[...]
  do {
    var reader = try CSVReader {
      // Pieces of odd sizes, so that records lie across them.
      let piece = Array(rest.prefix(7))
      rest = rest.dropFirst(7)
      return piece
    }
    while try reader.next() != nil {}
  } catch {}
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
