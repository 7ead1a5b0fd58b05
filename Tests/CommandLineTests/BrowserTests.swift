import AuditBase
import Foundation
import TestSupport
import Testing

private let browser = ["chromium", "chromium-browser", "google-chrome"].compactMap { findExecutable($0) }
  .first

/// The HTML report in a real browser. Chromium is optional: `apt install chromium`.
@Suite(
  .serialized, .enabled(if: browser != nil, "Chromium is not installed: apt install chromium"))
struct BrowserTests {
  /// Runs the browser without a window.
  private func browse(_ arguments: [String], in folder: URL) throws -> ProcessResult {
    let common = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
    ]
    return try runProcess(try #require(browser), common + arguments, directory: folder, timeout: 120)
  }

  /// What each of the widths looks like from inside: a copy of the report with a probe in it, in a frame of that width.
  private static let probe = """
    <script>addEventListener("load",()=>{const e=document.documentElement;const wide=[...document.querySelectorAll("main *,header *")]\
    .filter(x=>!x.closest("svg")&&x.getBoundingClientRect().right>innerWidth+1).length;\
    const tl=[...document.querySelectorAll("svg.tl")].filter(x=>getComputedStyle(x).display!="none");\
    const out=tl.filter(s=>[...s.querySelectorAll("text,rect,use")].some(x=>{const r=x.getBoundingClientRect(),b=s.getBoundingClientRect();\
    return r.right>b.right+3||r.left<b.left-3||r.bottom>b.bottom+3})).length;\
    parent.postMessage({width:innerWidth,overflow:e.scrollWidth-e.clientWidth,wide,drawings:tl.length,out,\
    findings:document.querySelectorAll("tr.f").length,height:e.scrollHeight},"*")})</script>
    """

  @Test func nothingOverflowsAtThreeWidthsAndTheConsoleIsSilent() throws {
    let place = try Workplace(["a.csv": dirtyCSV(rows: 150, seed: 11)])
    for language in ["id", "en"] {
      _ = try place.run(
        "audit", "--csv", "a.csv", "--show", "all", "--format", "html", "--output", "r.html", "--lang",
        language,
        "--region", "16.05", "--known-on", "2026-01-01")
      let html = try place.read("r.html")
      let probed = html.replacing(#/<meta http-equiv="Content-Security-Policy"[^>]*>/#, with: "")
        .replacing("</body>", with: Self.probe + "</body>")
      try place.write("probed.html", probed)
      try place.write(
        "frames.html",
        "<!DOCTYPE html><body><pre id=o></pre><script>addEventListener('message',e=>{o.textContent+=JSON.stringify(e.data)+'\\n'})</script>"
          + [360, 600, 1200].map {
            "<iframe src=probed.html style='width:\($0)px;height:900px;border:0'></iframe>"
          }
          .joined())
      let result = try browse(
        ["--virtual-time-budget=10000", "--dump-dom", "file://\(place.folder.path)/frames.html"],
        in: place.folder)
      let reports = result.outputText.matches(of: #/\{"width":.*?\}/#).map { String($0.0) }
      #expect(reports.count == 3, "\(result.errorText.suffix(2000))")
      for report in try reports.map(object) {
        #expect(report["overflow"] as? Int == 0, "\(report)")
        #expect(report["wide"] as? Int == 0, "\(report)")
        #expect((report["drawings"] as? Int ?? 0) >= 1 && report["out"] as? Int == 0, "\(report)")
        #expect(report["findings"] as? Int == 150)
      }
      let plain = try browse(["--dump-dom", "file://\(place.folder.path)/r.html"], in: place.folder)
      #expect(!plain.errorText.contains("CONSOLE"), "\(plain.errorText)")
      // Nothing on the page needs scripts: the page as it is forbids them and is whole.
      #expect(plain.outputText.matches(of: #/data-id=/#).count == 150)
    }
  }

  @Test func itPrintsOnA4() throws {
    let place = try Workplace()
    _ = try place.run("audit", "--sample", "--output", "a.csv")
    _ = try place.run("audit", "--csv", "a.csv", "--format", "html", "--output", "r.html")
    _ = try browse(
      [
        "--no-pdf-header-footer", "--print-to-pdf=\(place.folder.path)/r.pdf",
        "file://\(place.folder.path)/r.html",
      ],
      in: place.folder)
    let pdf = try Data(contentsOf: place.folder.appendingPathComponent("r.pdf"))
    #expect(pdf.starts(with: Array("%PDF".utf8)))
    let text = String(decoding: pdf, as: UTF8.self)
    let boxes = text.matches(of: #/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/#)
    #expect(!boxes.isEmpty)
    for box in boxes {
      let (width, height) = (Double(box.1) ?? 0, Double(box.2) ?? 0)
      #expect(abs(width - 595) < 2 && abs(height - 842) < 2, "A4")
    }
  }
}
