import AuditBase
import Testing

/// JSON that is written member by member reads as the tree does.
@Suite struct JSONWriterTests {
  @Test func `Commas stand between, and nowhere else`() throws {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("text")
    writer.value("a \"quoted\", line\n{[:,")
    writer.key("none")
    writer.value(nil as String?)
    writer.key("number")
    writer.value(7)
    writer.key("flag")
    writer.value(true)
    writer.key("empty")
    writer.beginArray()
    writer.endArray()
    writer.key("list")
    writer.beginArray()
    writer.beginObject()
    writer.endObject()
    writer.value("x")
    writer.value(written: Array("[1]".utf8))
    writer.value(JSON.object(["a": .null]))
    writer.endArray()
    writer.key("parts")
    writer.beginText()
    writer.add("a: ")
    writer.add("{\"")
    writer.add(escaped: Array("\\u2028".utf8))
    writer.endText()
    writer.endObject()
    let text = String(decoding: writer.take(), as: UTF8.self)
    #expect(
      text
        == #"{"text":"a \"quoted\", line\n{[:,","none":null,"number":7,"flag":true,"empty":[],"list":[{},"x",[1],{"a":null}],"parts":"a: {\"\u2028"}"#
    )
    #expect(JSON(parsing: text)?.text == text)
    #expect(writer.bytes.isEmpty)
  }
}
