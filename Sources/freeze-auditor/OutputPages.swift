import AuditBase
import AuditReports

extension ReportPages {
  /// Files beside the report: `laporan-1.html`, `laporan-2.html` beside `laporan.html`.
  static func beside(_ path: String) -> ReportPages {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, file) = (path[..<cut], path[cut...])
    let dot = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : $0 } ?? file.endIndex
    let (stem, ending) = (file[..<dot], file[dot...])
    let name: @Sendable (Int) -> String = { $0 == 0 ? String(file) : "\(stem)-\($0)\(ending)" }
    return ReportPages(name: name) { number, body in
      let output = try Output(path: folder + name(number))
      do {
        try body { try output.write($0) }
        try output.finish()
      } catch {
        output.discard()
        throw error
      }
    }
  }

  /// What is said of a report of so many findings that is written to the standard output or to a file.
  static func said(_ findings: Int, _ path: String?) -> Text? {
    guard findings > limit else { return nil }
    guard let path else {
      return Text(
        "\(findings) temuan dalam satu halaman HTML: beri --output LAPORAN.html agar dibagi menjadi beberapa berkas",
        "\(findings) findings in one HTML page: give --output REPORT.html to have it cut into several files")
    }
    return Text(
      "\(findings) temuan: \(path) memuat ringkasan dan daftar halaman, halamannya berkas di sebelahnya; salin semuanya bersama",
      "\(findings) findings: \(path) has the summary and lists the pages, which are files beside it; copy them together"
    )
  }
}
