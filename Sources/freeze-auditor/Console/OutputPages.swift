import AuditBase
import AuditReports
import Synchronization

/// The files of a report that may be cut: `laporan-1.html`, `laporan-2.html` beside `laporan.html`.
final class OutputPages: Sendable {
  private let folder: String
  private let stem: String
  private let ending: String
  private let written = Mutex(0)

  init(beside path: String) {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let file = path[cut...]
    let dot = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : $0 } ?? file.endIndex
    (folder, stem, ending) = (String(path[..<cut]), String(file[..<dot]), String(file[dot...]))
  }

  /// The file of a page; 0 is the report itself.
  private func name(_ number: Int) -> String { number == 0 ? stem + ending : "\(stem)-\(number)\(ending)" }

  /// What the report asks of them.
  var pages: ReportPages {
    ReportPages(name: { self.name($0) }) { number, body in
      let output = try Output(path: self.folder + self.name(number))
      do {
        try body { try output.write($0) }
        try output.finish()
      } catch {
        output.discard()
        throw error
      }
      self.written.withLock { $0 = max($0, number) }
    }
  }

  /// Once the report stands there: removes the pages of an earlier one that had more, and says what looks like one and is not.
  func removeStale() {
    let stale = StalePages(
      path: { self.folder + self.name($0) }, mark: ReportPages.mark(of: name(0)).bytes)
    let last = written.withLock { $0 }
    let others = stale.remove(after: last)
    // Beside a report of one file nobody looks for pages.
    for path in last > 0 ? others : [] {
      Console.note(
        Text(
          "\(path): bukan halaman laporan ini, atau tidak dapat dihapus; periksa, agar tidak dibaca sebagai halamannya",
          "\(path): no page of this report, or it cannot be removed; look at it, lest it is read as one"))
    }
  }

  /// What is said of a report of so many findings that is written to the standard output or to a file.
  static func said(_ findings: Int, _ path: String?) -> Text? {
    guard findings > ReportPages.limit else { return nil }
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
