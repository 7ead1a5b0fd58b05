import FreezeRules
import HRRecords
import RuleFiles

extension ColumnMap {
  /// Reads a mapping file: one line a column, `decree_date: tgl_sk`, or the other way round, `tgl_sk: decree_date`;
  /// `kind: =mutasi` says it of every record, `ignore: [tgl_rapat]` names columns that are not wanted.
  /// - Parameter path: `nil`: only the known names.
  init(file path: String?) throws(FileError) {
    self = .known
    guard let text = try RuleSet.text(path) else { return }
    let root = try YAMLValue(parsing: text.text, file: text.file)
    var pairs = try root.pairs()
    if pairs.count == 1, pairs[0].name == "columns" { pairs = try pairs[0].value.pairs() }
    for (name, value) in pairs {
      if name == "ignore" {
        let headers = value.isList ? try value.list() : [value]
        for header in headers { ignored.append(try header.text()) }
        continue
      }
      let other = try value.text()
      let column: ContractColumn
      let header: String
      if let known = ContractColumn(rawValue: name) {
        (column, header) = (known, other)
      } else if let known = ContractColumn(rawValue: other) {
        (column, header) = (known, name)
      } else {
        let columns = ContractColumn.allCases.map(\.rawValue).joined(separator: ", ")
        throw value.error(
          id: "baik \"\(name)\" maupun \"\(other)\" bukan kolom yang dikenal; yang boleh: \(columns), ignore",
          en: "neither \"\(name)\" nor \"\(other)\" is a column; allowed: \(columns), ignore")
      }
      guard explicit[column] == nil, constants[column] == nil else {
        throw value.error(
          id:
            "\(column.rawValue) dipetakan dua kali: \"\(explicit[column] ?? constants[column] ?? "")\" dan \"\(header)\"; pilih satu",
          en: "\(column.rawValue) is mapped twice: \"\(explicit[column] ?? "")\" and \"\(header)\"; keep one")
      }
      guard header.hasPrefix("=") else {
        explicit[column] = header
        continue
      }
      guard ContractColumn.dates.contains(column) == false else {
        throw value.error(
          id:
            "\(column.rawValue): sebuah tanggal tidak mungkin sama untuk semua catatan; tulis nama kolomnya",
          en: "\(column.rawValue): a date cannot be the same for all records; write the name of its column")
      }
      constants[column] = String(header.dropFirst().drop { $0 == " " })
    }
  }
}
