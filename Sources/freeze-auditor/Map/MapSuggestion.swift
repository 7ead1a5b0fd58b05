import AuditBase
import FreezeRules
import HRRecords

/// A mapping file for one file, as `audit FILE --suggest-map` writes it: what is understood already, and what a person has to
/// decide, each line ready to be kept or changed.
struct MapSuggestion {
  private let outline: FileOutline

  /// Looks at a file.
  init(_ file: TableFile, map: ColumnMap) throws(SourceError) { outline = try FileOutline(file, map: map) }

  func text(_ language: Language) -> String {
    var lines: [String] = [
      Text(
        "# Pemetaan untuk \(outline.name): kolom kontrak di kiri, kepala kolom berkas di kanan. Pakai dengan: --map BERKAS_INI",
        "# Mapping for \(outline.name): columns of the contract on the left, headers of the file on the right. Use with: --map THIS_FILE"
      )[language]
    ]
    for line in outline.lines {
      switch line {
      case .known(let column, let header): lines.append("\(column.rawValue): \(Self.scalar(header))")
      case .choice(let column, let headers):
        lines.append(
          Text(
            "# beberapa kolom berarti \(column.rawValue); pilih satu:",
            "# several columns mean \(column.rawValue); choose one:")[
              language])
        for header in headers {
          lines.append("# \(column.rawValue): \(Self.scalar(header))")
        }
      case .guess(let column, let header, let example):
        lines.append(
          Text(
            "# berisi tanggal, misalnya \(PlainText.line(example, limit: 40)); periksa artinya:",
            "# holds dates, such as \(PlainText.line(example, limit: 40)); check what they are:")[language])
        lines.append("\(column.rawValue): \(Self.scalar(header))")
      case .missingKind:
        lines.append(
          Text(
            "# tidak ada kolom jenis; bila semua catatan sejenis:",
            "# there is no column of kinds; where all are of one:")[
              language])
        lines.append("kind: =mutasi")
      }
    }
    if !outline.ignored.isEmpty {
      lines.append(
        Text(
          "# berisi tanggal yang bukan tanggal tindakan, atau petakan:",
          "# holds dates that are none of the act, or map it:")[
            language])
      lines.append("# ignore: [" + outline.ignored.map(Self.scalar).joined(separator: ", ") + "]")
    }
    if !outline.unused.isEmpty {
      lines.append(
        Text("# tidak dipakai: ", "# not used: ")[language]
          + outline.unused.map { PlainText.line($0, limit: 60) }.joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A header as YAML takes it.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter && $0.isASCII } ?? false
      && text.allSatisfy { $0.isLetter || $0.isNumber || " _./()-#".contains($0) } && text.last != " "
      && !text.contains(" #")
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      default: scalar.value < 32 || scalar.value == 127 ? " " : String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
