import AuditBase
import FreezeRules

/// A small page of one subject, to print or to mail: no script, nothing fetched, light on paper and dark on a dark screen.
package enum PrintedPage {
  /// The page.
  /// - Parameter body: everything after the heading.
  package static func html(_ title: String, _ language: Language, body: HTML) -> String {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(HTMLStyle.palettes)
      *{box-sizing:border-box}html{color-scheme:light dark}body{font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem 1rem;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
      h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.1rem;margin:1.25rem 0 .3rem}h3{font-size:1rem;margin:0}p,dl,dd,ul{margin:.2rem 0;padding:0}.s{color:var(--soft);font-size:.9rem}.red{color:var(--red)}
      table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);font-weight:400}thead th{font-weight:650}
      .w{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;margin:.6rem 0;break-inside:avoid}.w dl>div{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;font-size:.9rem}.w dt{color:var(--soft)}li{margin-left:1.2rem}
      @media screen and (max-width:40rem){.w dl>div{grid-template-columns:1fr}.cards thead{display:none}.cards,.cards tbody,.cards tr,.cards th,.cards td{display:block;border:0;padding:.05rem 0}.cards tr{border-bottom:1px solid var(--line);padding:.4rem 0}}
      @page{size:A4;margin:14mm}@media print{html{font-size:10pt;color-scheme:light}body{padding:0;max-width:none}}
      </style>
      </head>
      <body>
      <main><h1>\(title)</h1>
      \(body)</main>
      </body>
      </html>

      """
    return page.string
  }
}

extension Array where Element == Window {
  /// Windows as one page: the law, the days, and how they were counted.
  package func html(_ language: Language, title: String, calendar: String) -> String {
    let text = HTMLText(language: language)
    let cards = enumerated().map { HTMLTally.card($0.element, number: $0.offset + 1, text) }
    let none = text(
      "Tidak ada masa larangan yang diketahui; bukan berarti bebas.",
      "No window is known; that does not mean free.")
    let body: HTML =
      isEmpty ? "<p>\(none)</p>\n" : "<h2>\(text("Ketentuan dan harinya", "Rules and days"))</h2>\n\(cards)"
    return PrintedPage.html(title, language, body: "<p class=s>\(calendar)</p>\n" + body)
  }
}

extension PlannedDay {
  /// The answer as one page.
  package func html(_ language: Language) -> String {
    let lines = text(language).split(separator: "\n").map(String.init)
    let rest = lines.dropFirst().map { line -> HTML in
      line.hasPrefix("    ") ? "<p class=s>\(line)</p>\n" : "<p>\(line)</p>\n"
    }
    return PrintedPage.html(lines.first ?? "", language, body: rest.joined())
  }
}
