import AuditBase
import Testing

@Suite struct HTMLTests {
  @Test("what is put into markup is escaped, marks that join a quote or not")
  func escaping() {
    let name = "<b a=\"x\" b='y'>&\"\u{301}"
    let html: HTML = "<li title=\"\(name)\">\(name)</li>"
    let text = "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;&quot;\u{301}"
    #expect(html.string == "<li title=\"\(text)\">\(text)</li>")
  }

  @Test("markup, numbers and lists of markup stand as they are")
  func nesting() {
    let item: HTML = "<i>\(7)</i>"
    let items: [HTML] = ["<b>", item, HTML(text: "<")]
    let html: HTML = "<p>\(item)\(items)</p>"
    #expect(html.string == "<p><i>7</i><b><i>7</i>&lt;</p>")
    #expect(items.joined(separator: ", ").string == "<b>, <i>7</i>, &lt;")
  }
}
